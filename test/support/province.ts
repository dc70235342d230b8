import type { Definitions } from '../../functions/kernel/definitions.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { makeLog } from '../../functions/kernel/log.ts';
import type { BusEntry, Clock, FeedPosition, KeyRing, LedgerStore, ViewStore } from '../../functions/kernel/ports.ts';
import { projectBatch } from '../../functions/kernel/project.ts';
import { publish } from '../../functions/kernel/publish.ts';
import { queueHandler } from '../../functions/kernel/queue-handler.ts';
import { runDispatch } from '../../functions/kernel/run-dispatch.ts';
import { runSchedule } from '../../functions/kernel/run-schedule.ts';
import { policyFor } from '../../functions/policy/index.ts';
import { MadeNetwork } from './made-network.ts';

/** A clock that tests set. */
export class SetClock implements Clock {
  at: number;
  constructor(at: string | number) {
    this.at = typeof at === 'number' ? at : Date.parse(at);
  }
  now(): number {
    return this.at;
  }
}

export interface ProvinceParts {
  readonly definitions: Definitions;
  readonly ledger: LedgerStore;
  readonly views: ViewStore;
  readonly keyRing: KeyRing;
  readonly clock: Clock;
  readonly province?: string;
  readonly policyFor?: Kernel['policyFor'];
  readonly sink?: (line: string) => void;
}

/** One province in one process, everything delivered once and in order: what scenarios run on, and what the simulation compares with. */
export class Province {
  readonly kernel: Kernel;
  /** Every entry that the bus took. */
  readonly onBus: BusEntry[] = [];
  /** Whoever is sent something. */
  readonly outside = new MadeNetwork();
  /** Every log line. */
  readonly lines: string[] = [];
  private position: FeedPosition | undefined;
  private readonly queues = new Map<string, string[]>();

  constructor(parts: ProvinceParts) {
    const sink = parts.sink ?? ((line: string) => this.lines.push(line));
    this.kernel = {
      province: '360000',
      policyFor,
      network: this.outside,
      log: makeLog({ sink, clock: parts.clock }),
      bus: {
        put: async (entries) => entries.map((entry) => this.accept(entry)),
      },
      ...parts,
    };
  }

  private accept(entry: BusEntry): { eventId: string } {
    this.onBus.push(entry);
    for (const reaction of this.kernel.definitions.reactions.values()) {
      if (!reaction.hears.some(({ name }) => name === entry.detailType)) continue;
      const queue = this.queues.get(reaction.name) ?? [];
      queue.push(`{"detail":${entry.detail}}`);
      this.queues.set(reaction.name, queue);
    }
    return { eventId: String(this.onBus.length) };
  }

  /** Publishes, projects and reacts until nothing is left to do. */
  async settle(): Promise<void> {
    for (;;) {
      const page = await this.kernel.ledger.feed(this.position, 200);
      this.position = page.position;
      const failed = await publish(this.kernel, page.records);
      if (failed.length > 0 || (await projectBatch(this.kernel, page.records)) !== undefined)
        throw new Error('the plain province failed to publish or project');
      const reacted = await this.drainQueues();
      if (page.end && page.records.length === 0 && reacted === 0) return;
    }
  }

  private async drainQueues(): Promise<number> {
    let count = 0;
    for (const [name, messages] of this.queues) {
      const reaction = this.kernel.definitions.reactions.get(name);
      if (!reaction) continue;
      for (const body of messages.splice(0)) {
        count += 1;
        const { batchItemFailures } = await queueHandler(this.kernel, reaction)({ Records: [{ messageId: '1', body }] } as never);
        if (batchItemFailures.length > 0) throw new Error(`${name} failed on ${body}\n${this.lines.slice(-3).join('\n')}`);
      }
    }
    return count;
  }

  /** Runs every schedule once, then settles. */
  async sweep(): Promise<void> {
    for (const schedule of this.kernel.definitions.schedules.values()) await runSchedule(this.kernel, schedule);
    await this.settle();
    for (const dispatch of this.kernel.definitions.dispatches.values()) await runDispatch(this.kernel, dispatch);
    await this.settle();
  }
}
