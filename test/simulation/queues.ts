import type { SQSEvent } from 'aws-lambda';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import type { BusEntry } from '../../functions/kernel/ports.ts';
import { queueHandler } from '../../functions/kernel/queue-handler.ts';
import type { Bug } from './bugs.ts';
import type { Fate } from './fate.ts';
import { MINUTE, PLATFORM } from './platform.ts';
import type { Scheduler } from './scheduler.ts';
import type { Run } from './table-stream.ts';

interface Message {
  readonly id: string;
  readonly body: string;
  visibleAt: number;
  receives: number;
}

/** The rules and queues of the reactions (队列): at least once, in no order, visible again when nobody has deleted in time, dead letters in the end. */
export class Queues {
  readonly deadLetters = new Map<string, Message[]>();
  private readonly queues = new Map<string, Message[]>();
  private readonly scheduler: Scheduler;
  private readonly fate: Fate;
  private readonly definitions: Definitions;
  private readonly run: Run;
  private readonly bug: Bug | undefined;

  constructor(scheduler: Scheduler, fate: Fate, definitions: Definitions, run: Run, bug: Bug | undefined) {
    this.scheduler = scheduler;
    this.fate = fate;
    this.definitions = definitions;
    this.run = run;
    this.bug = bug;
  }

  deliver(entry: BusEntry, name: string): void {
    for (const reaction of this.definitions.reactions.values()) {
      if (!reaction.hears.some((heard) => heard.name === entry.detailType)) continue;
      const copies = this.fate.befalls('duplicate', `${name}:${reaction.name}`) ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        const id = `${name}:${reaction.name}:${copy}`;
        const delay = this.fate.befalls('late', id) ? this.fate.chance.between(`late:${id}`, 1, 120) * MINUTE : this.fate.chance.between(`bus:${id}`, 5, 400);
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
    this.run(`${first.id}!${first.receives}`, PLATFORM.functionTimeout, (kernel) => (this.bug?.queueHandler ?? queueHandler)(kernel, reaction)(event)).then(
      (done) => {
        if (!done.ok) return;
        const failed = new Set(done.value.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        for (const message of taken) {
          if (failed.has(message.id) || this.fate.befalls('duplicate', `delete:${message.id}!${message.receives}`)) continue;
          const at = queue.indexOf(message);
          if (at >= 0) queue.splice(at, 1);
        }
      },
    );
  }

  /** An operator's redrive of every dead letter. */
  redrive(): void {
    for (const [reaction, messages] of this.deadLetters) {
      for (const message of messages.splice(0)) this.enqueue(reaction, { ...message, visibleAt: this.scheduler.now, receives: 0 });
    }
  }

  /** Messages that no redrive got rid of. */
  get stuck(): number {
    return [...this.deadLetters.values(), ...this.queues.values()].reduce((sum, list) => sum + list.length, 0);
  }
}
