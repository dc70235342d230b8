import { decodeCommit } from '../../functions/kernel/ledger.ts';
import type { EmbeddedRecord } from '../../infra/local/embedded/ledger-source.ts';
import type { Functions } from '../../infra/local/functions.ts';

/** What a host's functions were seen doing. Instants are milliseconds of the machine's monotonic clock, the same in every process. */
export interface Seen {
  /** Commits published, commits projected, messages that a reaction has worked off. */
  readonly deliveries: number;
  /** Those of them that were done when the last command was answered. */
  readonly doneAtLastAnswer: number;
  /** Milliseconds from the last answer of a command to the last delivery. */
  readonly rest: number;
  /** Microseconds of the host's own work since it began to look. */
  readonly busy: number;
  /** When the last delivery was done of all that followed from a command, by its correlation id; empty unless asked for. */
  readonly lastOf: readonly (readonly [correlationId: string, at: number])[];
  /** Deliveries that a function gave back as failed. */
  readonly failed: number;
}

export const machineTime = (): number => Number(process.hrtime.bigint()) / 1e6;

interface Delivered {
  readonly Records: readonly (EmbeddedRecord | { readonly body: string })[];
}

const isDelivery = (event: unknown): event is Delivered => (event as Partial<Delivered>).Records !== undefined;

/** Looks on as a host's services call its functions. */
export class Watch {
  #follow = false;
  #before = process.cpuUsage();
  #deliveries = 0;
  #doneAtLastAnswer = 0;
  #failed = 0;
  #lastAnswer = 0;
  #lastDelivery = 0;
  #lastOf = new Map<string, number>();

  /** Forgets what it saw. `follow`: keep from now on which command each delivery followed from, which costs the host time. */
  begin(follow: boolean): void {
    this.#follow = follow;
    this.#before = process.cpuUsage();
    this.#deliveries = 0;
    this.#doneAtLastAnswer = 0;
    this.#failed = 0;
    this.#lastOf = new Map();
  }

  get seen(): Seen {
    const { user, system } = process.cpuUsage(this.#before);
    return {
      busy: user + system,
      deliveries: this.#deliveries,
      doneAtLastAnswer: this.#doneAtLastAnswer,
      rest: Math.max(0, this.#lastDelivery - this.#lastAnswer),
      lastOf: [...this.#lastOf],
      failed: this.#failed,
    };
  }

  around(functions: Functions): Functions {
    return {
      invoke: async (name, event) => {
        const answer = await functions.invoke(name, event);
        if (isDelivery(event)) this.#delivered(event, answer);
        else this.#answered();
        return answer;
      },
      close: () => functions.close(),
    };
  }

  #answered(): void {
    this.#doneAtLastAnswer = this.#deliveries;
    this.#lastAnswer = machineTime();
  }

  #delivered({ Records }: Delivered, answer: unknown): void {
    this.#deliveries += Records.length;
    this.#failed += (answer as { batchItemFailures?: readonly unknown[] }).batchItemFailures?.length ?? 0;
    this.#lastDelivery = machineTime();
    if (this.#follow) for (const record of Records) this.#lastOf.set(causeOf(record), this.#lastDelivery);
  }
}

const causeOf = (record: Delivered['Records'][number]): string =>
  'commit' in record ? decodeCommit(record.commit).correlationId : JSON.parse(record.body).detail.correlationid;
