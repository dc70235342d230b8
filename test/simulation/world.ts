import { dayOf } from '../../functions/kernel/calendar.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { commandHandler } from '../../functions/kernel/http/command-handler.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { makeLog } from '../../functions/kernel/log.ts';
import type { Bus, BusAnswer, BusEntry, KeyRing, LedgerStore, Network, ViewStore } from '../../functions/kernel/ports.ts';
import { republish } from '../../functions/kernel/publish.ts';
import { runSchedule } from '../../functions/kernel/run-schedule.ts';
import { makeKeyRing } from '../../functions/kernel/seal.ts';
import { type ApiAnswer, httpEvent } from '../support/api.ts';
import type { Bug } from './bugs.ts';
import { Dispatches } from './dispatches.ts';
import { Fate } from './fate.ts';
import type { Fault } from './faults.ts';
import type { Act } from './history.ts';
import { type Invocation, type Invoked, Machine, type Wrap } from './machine.ts';
import { madePolicyOf } from './made-policy.ts';
import { MemoryDataKeyStore } from './memory-data-keys.ts';
import { MemoryLedgerStore, MemoryViewStore } from './memory-store.ts';
import { type Answered, Outside } from './outside.ts';
import { DAY, HOUR, PLATFORM, SECOND } from './platform.ts';
import { Queues } from './queues.ts';
import { Scheduler } from './scheduler.ts';
import { TableStream } from './table-stream.ts';

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
  readonly keyRing: KeyRing;
  readonly definitions: Definitions;
  readonly policyFor: Kernel['policyFor'];
  /** Every entry that the bus took, when, and every log line: searched for what must not be there. */
  readonly archive: { readonly entry: BusEntry; readonly at: number }[] = [];
  readonly lines: string[] = [];
  readonly bodies: string[] = [];
  readonly answers = new Map<number, ApiAnswer>();
  /** What the schedules found due, and what came of what the dispatches sent, by `<schedule or dispatch>/<once>`. */
  readonly due = new Map<string, unknown>();
  /** Instant at which each commit was there to be read, by `<stream> <version>`. */
  readonly writtenAt = new Map<string, number>();
  readonly outside: Outside;
  private readonly fate: Fate;
  private readonly machine: Machine;
  private readonly tableStream: TableStream;
  private readonly queues: Queues;
  private readonly dispatches: readonly Dispatches[];
  private readonly bug: Bug | undefined;

  constructor({ seed, definitions, faults, bug, start }: WorldOptions) {
    this.fate = new Fate(seed, faults);
    this.policyFor = madePolicyOf(seed);
    this.scheduler = new Scheduler(Date.parse(start));
    this.bug = bug;
    this.definitions = watchRoots(bug?.definitions?.(definitions) ?? definitions, this.due);
    this.outside = new Outside(this.scheduler, this.fate);
    this.keyRing = makeKeyRing({ dataKeys: this.dataKeys, master: MASTER, clock: { now: () => this.scheduler.now } });
    this.machine = new Machine(this.scheduler, this.fate);
    const run = <T>(name: string, timeout: number, act: (kernel: Kernel) => Promise<T>) => this.invoke(name, timeout, act);
    this.tableStream = new TableStream(this.scheduler, this.fate, run, bug);
    this.queues = new Queues(this.scheduler, this.fate, this.definitions, run, bug);
    this.dispatches = [...this.definitions.dispatches.values()].map((each) => new Dispatches(this.scheduler, this.fate, each, this.views, run));
  }

  /** How often each fault befell the run. */
  get met(): ReadonlyMap<Fault, number> {
    return this.fate.met;
  }

  /** Messages that no redrive got rid of. */
  get stuck(): number {
    return this.queues.stuck;
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
    if (this.fate.happens('replay')) this.scheduleReplays();
    await this.scheduler.run(budget, () => open === 0);
    this.fate.healed = true;
    await this.mend(budget);
  }

  private async walk(lane: readonly Act[]): Promise<void> {
    for (const act of lane) {
      await this.sleep(act.pause);
      await Promise.all([this.ask(act), ...(act.rival ? [this.ask(act.rival)] : [])]);
    }
  }

  private async ask(act: Act): Promise<void> {
    const copies = this.fate.befalls('duplicate', `act${act.index}`) ? ['', 'again'] : [''];
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
      await this.sleep(this.fate.chance.between(`retry:act${act.index}${which}.${attempt}`, 1, 40) * SECOND);
    }
  }

  private readonly sleep = (delay: number) => new Promise<void>((resolve) => this.scheduler.after(delay, resolve));

  private invoke<T>(name: string, timeout: number, run: (kernel: Kernel) => Promise<T>): Promise<Invoked<T>> {
    return this.machine.invoke(name, timeout, (invocation, wrap) => run(this.kernelFor(invocation, wrap)));
  }

  private kernelFor(invocation: Invocation, wrap: Wrap): Kernel {
    const clock = { now: () => this.scheduler.now + invocation.skew };
    const kernel: Kernel = {
      definitions: this.definitions,
      province: PROVINCE,
      policyFor: this.bug?.policyFor?.(this.policyFor) ?? this.policyFor,
      ledger: wrap<LedgerStore>('ledger', this.watched(), ['head', 'read', 'append', 'receipt', 'receipts', 'feed', 'feedFrom']),
      views: wrap<ViewStore>('views', this.shown(), ['mark', 'apply', 'row', 'rows', 'counter', 'counters', 'clear']),
      bus: wrap<Bus>('bus', { put: (entries) => this.put(invocation, entries) }, ['put']),
      keyRing: this.keysFor(wrap),
      network: this.networkFor(wrap),
      clock,
      log: makeLog({ sink: (line) => this.lines.push(line), clock }),
    };
    return this.bug?.kernel?.(kernel) ?? kernel;
  }

  /** What is asked before a new key is made is a call of its own: none may be under way inside another. */
  private keysFor(wrap: Wrap): KeyRing {
    const keys = wrap<Pick<KeyRing, 'seal' | 'open' | 'destroy'>>('keys', this.keyRing, ['seal', 'open', 'destroy']);
    return {
      ...keys,
      pseudonym: this.keyRing.pseudonym,
      seal: async (scope, place, plain, beforeNewKey) => {
        if ((await this.dataKeys.get(scope)) === undefined) await beforeNewKey?.();
        return keys.seal(scope, place, plain);
      },
    };
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
          this.writtenAt.set(`${write.commit.stream} ${write.commit.version}`, this.scheduler.now);
          this.tableStream.tell(write.commit);
        }
        return outcome;
      },
    };
  }

  /** The views, and the dispatches that find in them what is due. */
  private shown(): ViewStore {
    const { views } = this;
    return {
      mark: (stream) => views.mark(stream),
      row: (...name) => views.row(...name),
      rows: (...asked) => views.rows(...asked),
      counter: (name) => views.counter(name),
      counters: (prefix) => views.counters(prefix),
      clear: () => views.clear(),
      apply: async (step) => {
        const outcome = await views.apply(step);
        if (outcome === 'applied') for (const each of this.dispatches) each.tell(step);
        return outcome;
      },
    };
  }

  /** What a port calls throttling is here that nobody can be reached. An answer that takes its time is awaited after the message went. */
  private networkFor(wrap: Wrap): Network {
    const outside = wrap<Pick<Outside, 'check' | 'post'>>('network', this.outside, ['check', 'post']);
    return {
      check: (url) => outside.check(url).catch(() => 'unknown-host'),
      post: async (message) => {
        const { answer, after = 0 } = await outside.post(message).catch(() => UNREACHED);
        if (after > 0) await this.sleep(after);
        return answer;
      },
    };
  }

  private async put(invocation: Invocation, entries: readonly BusEntry[]): Promise<readonly BusAnswer[]> {
    return entries.map((entry, at): BusAnswer => {
      const name = `${invocation.name}/${invocation.calls}#${at}`;
      if (this.fate.befalls('partial-put', name)) return { errorCode: 'InternalFailure', errorMessage: 'try again' };
      this.archive.push({ entry, at: this.scheduler.now });
      this.queues.deliver(entry, name);
      return { eventId: name };
    });
  }

  private tick(): void {
    this.scheduler.after(PLATFORM.scheduleEvery, () => {
      if (this.fate.healed) return;
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
      if (!this.fate.chance.hit(`replay${at}`, 0.3)) continue;
      this.scheduler.after(this.fate.chance.between(`replay-at${at}`, 1, 25) * DAY, () => {
        if (this.fate.healed) return;
        this.fate.meet('replay');
        const from = Math.floor(this.fate.chance.of(`replay-from${at}`) * this.archive.length);
        for (const [offset, { entry }] of this.archive.slice(from, from + 20).entries()) this.queues.deliver(entry, `replay${at}.${offset}`);
      });
    }
  }

  /** Faults are over: rest, redrive what gave up, publish from the feed what the stream forgot, let the schedules look once more. */
  private async mend(budget: number): Promise<void> {
    await this.rest(budget);
    for (const { consumer, record } of this.tableStream.failureDestination)
      await this.settled(this.tableStream.consume(consumer, `redrive:${consumer.name}:${record.stream}@${record.version}`, [record]), budget);
    if (this.tableStream.trimmed)
      await this.settled(
        this.invoke('republish', HOUR, (kernel) => republish(kernel, dayOf(this.tableStream.outageFrom - DAY))),
        budget,
      );
    await this.rest(budget);
    this.queues.redrive();
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
}

export const PROVINCE = '360000';
/** A made key of a made province. */
export const MASTER = new Uint8Array(32).fill(7);

const UNREACHED: Answered = { answer: { fault: 'not-connected' } };

/** The same definitions, whose schedules tell what they found due, and whose dispatches tell what came of it. */
function watchRoots(definitions: Definitions, due: Map<string, unknown>): Definitions {
  const schedules = [...definitions.schedules.values()].map((schedule) => ({
    ...schedule,
    due: async (...args: Parameters<typeof schedule.due>) => {
      const page = await schedule.due(...args);
      for (const each of page.due) due.set(`${schedule.name}/${each.once}`, each.input);
      return page;
    },
  }));
  const dispatches = [...definitions.dispatches.values()].map((dispatch) => {
    const once = new Map<unknown, string>();
    return {
      ...dispatch,
      due: async (...args: Parameters<typeof dispatch.due>) => {
        const found = await dispatch.due(...args);
        for (const each of found) once.set(each.item, each.once);
        return found;
      },
      outcome: (...args: Parameters<typeof dispatch.outcome>) => {
        const input = dispatch.outcome(...args);
        due.set(`${dispatch.name}/${once.get(args[0])}`, input);
        return input;
      },
    };
  });
  return {
    ...definitions,
    schedules: new Map(schedules.map((schedule) => [schedule.name, schedule])),
    dispatches: new Map(dispatches.map((dispatch) => [dispatch.name, dispatch])),
  };
}
