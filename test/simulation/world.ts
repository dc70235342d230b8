import type { SQSEvent } from 'aws-lambda';
import { dayOf } from '../../functions/kernel/calendar.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { commandHandler } from '../../functions/kernel/http/command-handler.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { makeLog } from '../../functions/kernel/log.ts';
import {
  type Bus,
  type BusAnswer,
  type BusEntry,
  type CommitRecord,
  type KeyRing,
  type LedgerStore,
  Throttled,
  type ViewStore,
} from '../../functions/kernel/ports.ts';
import { projectBatch } from '../../functions/kernel/project.ts';
import { publish, republish } from '../../functions/kernel/publish.ts';
import { queueHandler } from '../../functions/kernel/queue-handler.ts';
import { runSchedule } from '../../functions/kernel/run-schedule.ts';
import { makeKeyRing } from '../../functions/kernel/seal.ts';
import { type ApiAnswer, httpEvent } from '../support/api.ts';
import type { Bug } from './bugs.ts';
import { Chance } from './chance.ts';
import { type Fault, PROBABILITY } from './faults.ts';
import type { Act } from './history.ts';
import { madePolicy } from './made-policy.ts';
import { MemoryDataKeyStore } from './memory-data-keys.ts';
import { MemoryLedgerStore, MemoryViewStore } from './memory-store.ts';
import { Scheduler } from './scheduler.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What the platform promises, and no more. */
const PLATFORM = {
  /** A function is stopped after this long. Longer than the visibility timeout: a slow handler and a second delivery overlap. */
  functionTimeout: 90 * SECOND,
  /** The gateway answers for a function after this long. */
  gatewayTimeout: 29 * SECOND,
  visibility: 30 * SECOND,
  maxReceiveCount: 5,
  queueBatch: 10,
  streamBatch: 10,
  streamRetries: 4,
  streamRetention: 24 * HOUR,
  shards: 2,
  outage: 30 * HOUR,
  scheduleEvery: 12 * HOUR,
} as const;

/** One run of one function. Once it is dead, nothing that it awaits ever comes back. */
class Invocation {
  dead = false;
  calls = 0;
  readonly name: string;
  readonly skew: number;
  constructor(name: string, skew: number) {
    this.name = name;
    this.skew = skew;
  }
}

type Invoked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false };

interface Message {
  readonly id: string;
  readonly body: string;
  visibleAt: number;
  receives: number;
}

export interface WorldOptions {
  readonly seed: number;
  readonly definitions: Definitions;
  readonly faults: ReadonlySet<Fault>;
  readonly bug?: Bug;
  /** ISO instant at which it begins. */
  readonly start: string;
}

/** A province's system in one process, in virtual time, on ports that keep the promises of AWS and no more. */
export class World {
  readonly ledger = new MemoryLedgerStore();
  readonly views = new MemoryViewStore();
  readonly dataKeys = new MemoryDataKeyStore();
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly keyRing: KeyRing;
  readonly definitions: Definitions;
  /** Every entry that the bus took, when, and every log line: searched for what must not be there. */
  readonly archive: { readonly entry: BusEntry; readonly at: number }[] = [];
  readonly lines: string[] = [];
  readonly bodies: string[] = [];
  readonly answers = new Map<number, ApiAnswer>();
  /** What the schedules found due, by `<schedule>/<once>`. */
  readonly due = new Map<string, unknown>();
  readonly deadLetters = new Map<string, Message[]>();
  /** What a stream's consumer gave up on. */
  readonly failureDestination: { readonly consumer: Consumer; readonly record: CommitRecord }[] = [];
  /** How often each fault befell the run. */
  readonly met = new Map<Fault, number>();
  private readonly faults: ReadonlySet<Fault>;
  private readonly bug: Bug | undefined;
  private readonly queues = new Map<string, Message[]>();
  private readonly shards: { readonly record: CommitRecord; readonly at: number }[][] = Array.from({ length: PLATFORM.shards }, () => []);
  private readonly consumers: Consumer[] = [];
  private readonly outageFrom: number;
  private healed = false;
  private invocations = 0;
  private trimmed = false;

  constructor({ seed, definitions, faults, bug, start }: WorldOptions) {
    this.chance = new Chance(seed);
    this.scheduler = new Scheduler(Date.parse(start));
    this.faults = faults;
    this.bug = bug;
    this.definitions = watchSchedules(bug?.definitions?.(definitions) ?? definitions, this.due);
    this.keyRing = makeKeyRing({ dataKeys: this.dataKeys, master: MASTER, clock: { now: () => this.scheduler.now } });
    for (let shard = 0; shard < PLATFORM.shards; shard += 1) {
      this.consumers.push({ name: 'publish', shard, position: 0, attempt: 0, busy: false }, { name: 'project', shard, position: 0, attempt: 0, busy: false });
    }
    const offset = this.chance.between('outage', 1, 20);
    this.outageFrom = this.happens('outage') && this.chance.hit('outage?', 0.35) ? this.scheduler.now + offset * DAY : Number.POSITIVE_INFINITY;
  }

  private happens(fault: Fault): boolean {
    return !this.healed && this.faults.has(fault);
  }

  private befalls(fault: keyof typeof PROBABILITY, name: string): boolean {
    return this.happens(fault) && this.chance.hit(`${fault}:${name}`, PROBABILITY[fault]) && this.meet(fault);
  }

  private meet(fault: Fault): true {
    this.met.set(fault, (this.met.get(fault) ?? 0) + 1);
    return true;
  }

  /** Plays a history to its end, then lets the operator mend what the faults left, as the handbook says. */
  async play(setup: readonly Act[], lanes: readonly (readonly Act[])[], budget: number): Promise<void> {
    let prepared = false;
    this.walk(setup).then(() => {
      prepared = true;
    });
    await this.scheduler.run(budget, () => prepared);
    let open = lanes.length;
    for (const lane of lanes) {
      this.walk(lane).then(() => {
        open -= 1;
      });
    }
    this.tick();
    if (this.happens('replay')) this.scheduleReplays();
    await this.scheduler.run(budget, () => open === 0);
    this.healed = true;
    await this.mend(budget);
  }

  private async walk(lane: readonly Act[]): Promise<void> {
    for (const act of lane) {
      await this.sleep(act.pause);
      await Promise.all([this.ask(act), ...(act.rival ? [this.ask(act.rival)] : [])]);
    }
  }

  private async ask(act: Act): Promise<void> {
    const copies = this.befalls('duplicate', `act${act.index}`) ? ['', 'again'] : [''];
    for (const answer of await Promise.all(copies.map((which) => this.send(act, which)))) {
      const best = this.answers.get(act.index);
      if (best === undefined || answer.status < best.status) this.answers.set(act.index, answer);
    }
  }

  /** A client: the same request under the same key until it is answered. */
  private async send(act: Act, which: string): Promise<ApiAnswer> {
    for (let attempt = 0; ; attempt += 1) {
      const command = this.definitions.commands.get(act.command);
      if (!command) return { status: 404, headers: {}, body: null };
      const event = httpEvent('POST', `/v1/${act.command}`, '', { 'idempotency-key': act.key }, JSON.stringify(act.input), act.claims);
      const done = await this.invoke(`act${act.index}${which}.${attempt}`, PLATFORM.gatewayTimeout, (kernel) => commandHandler(kernel, command)(event));
      if (done.ok && done.value.statusCode !== 429 && done.value.statusCode !== 503) {
        const answer = { status: done.value.statusCode ?? 0, headers: {}, body: JSON.parse(done.value.body ?? 'null') };
        this.bodies.push(done.value.body ?? '');
        return answer;
      }
      await this.sleep(this.chance.between(`retry:act${act.index}${which}.${attempt}`, 1, 40) * SECOND);
    }
  }

  private readonly sleep = (delay: number) => new Promise<void>((resolve) => this.scheduler.after(delay, resolve));

  /** Runs a function with ports of its own. It may die, be slow, or be stopped; then nothing is heard of it. */
  private invoke<T>(name: string, timeout: number, run: (kernel: Kernel) => Promise<T>): Promise<Invoked<T>> {
    this.invocations += 1;
    const skew = this.befalls('clock-jump', name) ? this.chance.between(`skew:${name}`, -2 * MINUTE, 2 * MINUTE) : 0;
    const invocation = new Invocation(name, skew);
    return new Promise((resolve) => {
      this.scheduler.after(timeout, () => {
        invocation.dead = true;
        resolve({ ok: false });
      });
      run(this.kernelFor(invocation, () => resolve({ ok: false }))).then(
        (value) => {
          if (!invocation.dead) resolve({ ok: true, value });
        },
        () => {
          if (!invocation.dead) resolve({ ok: false });
        },
      );
    });
  }

  private kernelFor(invocation: Invocation, died: () => void): Kernel {
    const clock = { now: () => this.scheduler.now + invocation.skew };
    const port = <P extends object>(prefix: string, target: P, methods: readonly (keyof P & string)[]): P =>
      Object.fromEntries(
        methods.map((method) => [
          method,
          (...args: unknown[]) =>
            this.call(invocation, died, `${prefix}.${method}`, () => (target[method] as (...all: unknown[]) => Promise<unknown>)(...args)),
        ]),
      ) as P;
    const kernel: Kernel = {
      definitions: this.definitions,
      province: PROVINCE,
      policyFor: this.bug?.policyFor?.(madePolicy) ?? madePolicy,
      ledger: port<LedgerStore>('ledger', this.watched(), ['head', 'read', 'append', 'receipt', 'receipts', 'feed', 'feedFrom']),
      views: port<ViewStore>('views', this.views, ['mark', 'apply', 'row', 'rows', 'counter', 'counters', 'clear']),
      bus: port<Bus>('bus', { put: (entries) => this.put(invocation, entries) }, ['put']),
      keyRing: { ...port('keys', this.keyRing, ['seal', 'open', 'destroy']), pseudonym: this.keyRing.pseudonym },
      clock,
      log: makeLog({ sink: (line) => this.lines.push(line), clock }),
    };
    return this.bug?.kernel?.(kernel) ?? kernel;
  }

  /** One await: takes its time, may fail, may be the last thing that the function does, before or after its effect. */
  private call<T>(invocation: Invocation, died: () => void, what: string, effect: () => Promise<T>): Promise<T> {
    const name = `${invocation.name}/${invocation.calls}:${what}`;
    invocation.calls += 1;
    if (invocation.dead) return new Promise<T>(() => undefined);
    const die = () => {
      invocation.dead = true;
      this.scheduler.after(SECOND, died);
    };
    return new Promise<T>((resolve, reject) => {
      this.scheduler.after(this.latency(name), async () => {
        if (invocation.dead) return;
        if (this.befalls('crash', `before:${name}`)) return die();
        if (this.befalls('throttle', name)) return reject(new Throttled(what));
        const came = await effect().then(
          (value) => ({ value }),
          (error: unknown) => ({ error }),
        );
        if (this.befalls('crash', `after:${name}`)) return die();
        this.scheduler.after(this.latency(`${name}>`), () => {
          if (invocation.dead) return;
          if ('error' in came) reject(came.error);
          else resolve(came.value);
        });
      });
    });
  }

  private latency(name: string): number {
    return this.befalls('slow', name) ? this.chance.between(`slow:${name}`, 10, 80) * SECOND : this.chance.between(name, 1, 15);
  }

  /** The ledger, and the table's stream that tells of every commit. */
  private watched(): LedgerStore {
    const { ledger } = this;
    return {
      head: (stream) => ledger.head(stream),
      read: (stream, options) => ledger.read(stream, options),
      receipt: (key) => ledger.receipt(key),
      receipts: (prefix) => ledger.receipts(prefix),
      feed: (position, limit) => ledger.feed(position, limit),
      feedFrom: (day) => ledger.feedFrom(day),
      append: async (write) => {
        const outcome = await ledger.append(write);
        if (outcome.ok && write.commit) {
          const shard = hashOf(write.commit.stream) % PLATFORM.shards;
          this.shards[shard]?.push({ record: write.commit, at: this.scheduler.now });
          for (const consumer of this.consumers) if (consumer.shard === shard) this.wake(consumer);
        }
        return outcome;
      },
    };
  }

  private wake(consumer: Consumer, delay = 5): void {
    if (consumer.busy) return;
    consumer.busy = true;
    this.scheduler.after(delay, () => this.poll(consumer));
  }

  private async poll(consumer: Consumer): Promise<void> {
    const log = this.shards[consumer.shard] ?? [];
    while (consumer.position < log.length && (log[consumer.position]?.at ?? 0) < this.scheduler.now - PLATFORM.streamRetention) {
      consumer.position += 1;
      this.trimmed = true;
      this.meet('outage');
    }
    const again = (delay: number) => {
      consumer.busy = false;
      this.wake(consumer, delay);
    };
    if (consumer.position >= log.length) {
      consumer.busy = false;
      return;
    }
    if (consumer.name === 'publish' && !this.healed && this.scheduler.now >= this.outageFrom && this.scheduler.now < this.outageFrom + PLATFORM.outage) {
      return again(20 * MINUTE);
    }
    const size = consumer.attempt > 1 ? 1 : PLATFORM.streamBatch;
    const batch = log.slice(consumer.position, consumer.position + size).map(({ record }) => record);
    const name = `${consumer.name}${consumer.shard}@${consumer.position}.${consumer.attempt}.${this.invocations}`;
    this.consume(consumer, name, batch).then((done) => {
      if (done === 'all') {
        consumer.position += batch.length;
        consumer.attempt = 0;
        if (this.befalls('reread', name)) consumer.position = Math.max(0, consumer.position - this.chance.between(`back:${name}`, 1, batch.length));
        return again(1);
      }
      consumer.position += done;
      consumer.attempt = done > 0 ? 0 : consumer.attempt + 1;
      const givenUp = consumer.attempt > PLATFORM.streamRetries || (consumer.attempt > 0 && this.befalls('give-up', name));
      if (givenUp && !this.healed) {
        const given = log[consumer.position];
        if (given) this.failureDestination.push({ consumer, record: given.record });
        consumer.position += 1;
        consumer.attempt = 0;
      }
      again(2 * SECOND);
    });
  }

  /** How many records from the first were done. */
  private async consume(consumer: Pick<Consumer, 'name' | 'shard'>, name: string, batch: readonly CommitRecord[]): Promise<number | 'all'> {
    const project = this.bug?.projectBatch ?? projectBatch;
    const done = await this.invoke(name, PLATFORM.functionTimeout, async (kernel) =>
      consumer.name === 'publish' ? (await publish(kernel, batch))[0] : project(kernel, batch, String(consumer.shard)),
    );
    if (!done.ok) return 0;
    return done.value ?? 'all';
  }

  private async put(invocation: Invocation, entries: readonly BusEntry[]): Promise<readonly BusAnswer[]> {
    return entries.map((entry, at): BusAnswer => {
      const name = `${invocation.name}/${invocation.calls}#${at}`;
      if (this.befalls('partial-put', name)) return { errorCode: 'InternalFailure', errorMessage: 'try again' };
      this.archive.push({ entry, at: this.scheduler.now });
      this.deliver(entry, name);
      return { eventId: name };
    });
  }

  private deliver(entry: BusEntry, name: string): void {
    for (const reaction of this.definitions.reactions.values()) {
      if (!reaction.hears.some((heard) => heard.name === entry.detailType)) continue;
      const copies = this.befalls('duplicate', `${name}:${reaction.name}`) ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        const id = `${name}:${reaction.name}:${copy}`;
        const delay = this.befalls('late', id) ? this.chance.between(`late:${id}`, 1, 120) * MINUTE : this.chance.between(`bus:${id}`, 5, 400);
        const body = JSON.stringify({ source: entry.source, 'detail-type': entry.detailType, detail: JSON.parse(entry.detail) });
        this.scheduler.after(delay, () => this.enqueue(reaction.name, { id, body, visibleAt: this.scheduler.now, receives: 0 }));
      }
    }
  }

  private enqueue(reaction: string, message: Message): void {
    const queue = this.queues.get(reaction) ?? [];
    this.queues.set(reaction, queue);
    queue.push(message);
    this.scheduler.after(1, () => this.receive(reaction));
  }

  private async receive(name: string): Promise<void> {
    const queue = this.queues.get(name) ?? [];
    const reaction = this.definitions.reactions.get(name);
    if (!reaction) return;
    const batch = queue.filter(({ visibleAt }) => visibleAt <= this.scheduler.now).slice(0, PLATFORM.queueBatch);
    for (const message of batch) {
      message.receives += 1;
      if (message.receives > PLATFORM.maxReceiveCount) {
        queue.splice(queue.indexOf(message), 1);
        this.deadLetters.set(name, [...(this.deadLetters.get(name) ?? []), message]);
      } else {
        message.visibleAt = this.scheduler.now + PLATFORM.visibility;
        this.scheduler.after(PLATFORM.visibility, () => this.receive(name));
      }
    }
    const taken = batch.filter(({ receives }) => receives <= PLATFORM.maxReceiveCount);
    const first = taken[0];
    if (!first) return;
    const event = { Records: taken.map(({ id, body }) => ({ messageId: id, body })) } as unknown as SQSEvent;
    this.invoke(`${first.id}!${first.receives}`, PLATFORM.functionTimeout, (kernel) => (this.bug?.queueHandler ?? queueHandler)(kernel, reaction)(event)).then(
      (done) => {
        if (!done.ok) return;
        const failed = new Set(done.value.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        for (const message of taken) {
          if (failed.has(message.id) || this.befalls('duplicate', `delete:${message.id}!${message.receives}`)) continue;
          const at = queue.indexOf(message);
          if (at >= 0) queue.splice(at, 1);
        }
      },
    );
  }

  private tick(): void {
    this.scheduler.after(PLATFORM.scheduleEvery, () => {
      if (this.healed) return;
      this.runSchedules();
      this.tick();
    });
  }

  private runSchedules(): Promise<unknown> {
    return Promise.all(
      [...this.definitions.schedules.values()].map((schedule) =>
        this.invoke(`${schedule.name}@${this.scheduler.now}`, PLATFORM.functionTimeout, (kernel) => runSchedule(kernel, schedule)),
      ),
    );
  }

  private scheduleReplays(): void {
    for (let at = 0; at < 2; at += 1) {
      if (!this.chance.hit(`replay${at}`, 0.3)) continue;
      this.scheduler.after(this.chance.between(`replay-at${at}`, 1, 25) * DAY, () => {
        if (this.healed) return;
        this.meet('replay');
        const from = Math.floor(this.chance.of(`replay-from${at}`) * this.archive.length);
        for (const [offset, { entry }] of this.archive.slice(from, from + 20).entries()) this.deliver(entry, `replay${at}.${offset}`);
      });
    }
  }

  /** Faults are over: rest, redrive what gave up, publish from the feed what the stream forgot, let the schedules look once more. */
  private async mend(budget: number): Promise<void> {
    await this.rest(budget);
    for (const { consumer, record } of this.failureDestination)
      await this.settled(this.consume(consumer, `redrive:${consumer.name}:${record.stream}@${record.version}`, [record]), budget);
    if (this.trimmed)
      await this.settled(
        this.invoke('republish', HOUR, (kernel) => republish(kernel, dayOf(this.outageFrom - DAY))),
        budget,
      );
    await this.rest(budget);
    for (const [reaction, messages] of this.deadLetters) {
      for (const message of messages.splice(0)) this.enqueue(reaction, { ...message, visibleAt: this.scheduler.now, receives: 0 });
    }
    await this.rest(budget);
    await this.settled(this.runSchedules(), budget);
    await this.rest(budget);
  }

  private rest(budget: number): Promise<void> {
    return this.scheduler.run(budget);
  }

  private async settled<T>(promise: Promise<T>, budget: number): Promise<void> {
    let done = false;
    promise.then(() => {
      done = true;
    });
    await this.scheduler.run(budget, () => done);
  }

  /** Messages that no redrive got rid of. */
  get stuck(): number {
    return [...this.deadLetters.values(), ...this.queues.values()].reduce((sum, list) => sum + list.length, 0);
  }
}

interface Consumer {
  readonly name: 'publish' | 'project';
  readonly shard: number;
  position: number;
  attempt: number;
  busy: boolean;
}

const DAY = 24 * HOUR;
export const PROVINCE = '360000';
/** A made key of a made province. */
export const MASTER = new Uint8Array(32).fill(7);

const hashOf = (text: string): number => [...text].reduce((sum, each) => (Math.imul(sum, 31) + each.charCodeAt(0)) >>> 0, 7);

/** The same definitions, whose schedules tell what they found due. */
function watchSchedules(definitions: Definitions, due: Map<string, unknown>): Definitions {
  const schedules = [...definitions.schedules.values()].map((schedule) => ({
    ...schedule,
    due: async (...args: Parameters<typeof schedule.due>) => {
      const page = await schedule.due(...args);
      for (const each of page.due) due.set(`${schedule.name}/${each.once}`, each.input);
      return page;
    },
  }));
  return { ...definitions, schedules: new Map(schedules.map((schedule) => [schedule.name, schedule])) };
}
