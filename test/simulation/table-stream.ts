import type { Kernel } from '../../functions/kernel/kernel.ts';
import type { CommitRecord } from '../../functions/kernel/ports.ts';
import { projectBatch } from '../../functions/kernel/project.ts';
import { publish } from '../../functions/kernel/publish.ts';
import type { Bug } from './bugs.ts';
import type { Fate } from './fate.ts';
import type { Invoked } from './machine.ts';
import { DAY, MINUTE, PLATFORM, SECOND } from './platform.ts';
import type { Scheduler } from './scheduler.ts';

/** Runs a function of the province on a machine. */
export type Run = <T>(name: string, timeout: number, body: (kernel: Kernel) => Promise<T>) => Promise<Invoked<T>>;

export interface Consumer {
  readonly name: 'publish' | 'project';
  readonly shard: number;
  position: number;
  attempt: number;
  busy: boolean;
}

/** The table's stream (变更流): shards in order, read by publish and by project in batches, again and again until they are done or given up. */
export class TableStream {
  /** What a consumer gave up on. */
  readonly failureDestination: { readonly consumer: Consumer; readonly record: CommitRecord }[] = [];
  /** The stream forgot what nobody had read in time. */
  trimmed = false;
  /** Instant at which nothing is published any more for {@link PLATFORM}`.outage`; never: infinite. */
  readonly outageFrom: number;
  private readonly shards: { readonly record: CommitRecord; readonly at: number }[][] = Array.from({ length: PLATFORM.shards }, () => []);
  private readonly consumers: Consumer[] = [];
  private readonly scheduler: Scheduler;
  private readonly fate: Fate;
  private readonly run: Run;
  private readonly bug: Bug | undefined;
  private reads = 0;

  constructor(scheduler: Scheduler, fate: Fate, run: Run, bug: Bug | undefined) {
    this.scheduler = scheduler;
    this.fate = fate;
    this.run = run;
    this.bug = bug;
    for (let shard = 0; shard < PLATFORM.shards; shard += 1) {
      this.consumers.push({ name: 'publish', shard, position: 0, attempt: 0, busy: false }, { name: 'project', shard, position: 0, attempt: 0, busy: false });
    }
    const offset = fate.chance.between('outage', 1, 20);
    this.outageFrom = fate.happens('outage') && fate.chance.hit('outage?', 0.35) ? scheduler.now + offset * DAY : Number.POSITIVE_INFINITY;
  }

  tell(record: CommitRecord): void {
    const shard = hashOf(record.stream) % PLATFORM.shards;
    this.shards[shard]?.push({ record, at: this.scheduler.now });
    for (const consumer of this.consumers) if (consumer.shard === shard) this.wake(consumer);
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
      this.fate.meet('outage');
    }
    const again = (delay: number) => {
      consumer.busy = false;
      this.wake(consumer, delay);
    };
    if (consumer.position >= log.length) {
      consumer.busy = false;
      return;
    }
    if (consumer.name === 'publish' && !this.fate.healed && this.scheduler.now >= this.outageFrom && this.scheduler.now < this.outageFrom + PLATFORM.outage) {
      return again(20 * MINUTE);
    }
    const size = consumer.attempt > 1 ? 1 : PLATFORM.streamBatch;
    const batch = log.slice(consumer.position, consumer.position + size).map(({ record }) => record);
    this.reads += 1;
    const name = `${consumer.name}${consumer.shard}@${consumer.position}.${consumer.attempt}.${this.reads}`;
    this.consume(consumer, name, batch).then((done) => {
      if (done === 'all') {
        consumer.position += batch.length;
        consumer.attempt = 0;
        if (this.fate.befalls('reread', name)) consumer.position = Math.max(0, consumer.position - this.fate.chance.between(`back:${name}`, 1, batch.length));
        return again(1);
      }
      consumer.position += done;
      consumer.attempt = done > 0 ? 0 : consumer.attempt + 1;
      const givenUp = consumer.attempt > PLATFORM.streamRetries || (consumer.attempt > 0 && this.fate.befalls('give-up', name));
      if (givenUp && !this.fate.healed) {
        const given = log[consumer.position];
        if (given) this.failureDestination.push({ consumer, record: given.record });
        consumer.position += 1;
        consumer.attempt = 0;
      }
      again(2 * SECOND);
    });
  }

  /** How many records from the first were done. */
  async consume(consumer: Pick<Consumer, 'name' | 'shard'>, name: string, batch: readonly CommitRecord[]): Promise<number | 'all'> {
    const project = this.bug?.projectBatch ?? projectBatch;
    const done = await this.run(name, PLATFORM.functionTimeout, async (kernel) =>
      consumer.name === 'publish' ? (await publish(kernel, batch))[0] : project(kernel, batch, String(consumer.shard)),
    );
    if (!done.ok) return 0;
    return done.value ?? 'all';
  }
}

const hashOf = (text: string): number => [...text].reduce((sum, each) => (Math.imul(sum, 31) + each.charCodeAt(0)) >>> 0, 7);
