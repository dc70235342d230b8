import { type AnyDispatch, type DispatchContext, type DueItem, isTaken } from './dispatch.ts';
import { execute } from './execute.ts';
import { readFacts } from './facts.ts';
import { openKept } from './kept-secret.ts';
import type { Kernel } from './kernel.ts';
import { decodeCommit } from './ledger.ts';
import { receiptOf } from './receipts.ts';
import { streamName } from './stream.ts';

/** How a run of a dispatch goes (外发节奏): milliseconds and counts. */
export const PACE = {
  /** Between two looks at what is due. */
  lookMs: 1_000,
  /** After so long a run begins nothing new; what is in work comes to its end. */
  runMs: 50_000,
  /** Messages of one lane on their way at a time; one, from its first failure on. */
  abreast: 4,
  /** Failures in a row after which the lane is left alone, and for how long. */
  patience: 3,
  restMs: 30_000,
  /** What is read of a lane at a time. */
  page: 50,
} as const;

/** How a run is begun in the cloud each minute: it looks on until the next is near. */
export const LINGERING = { lingerMs: PACE.runMs } as const;

export interface RunOptions {
  /** Looks on for so long, though there is nothing to do; 0 ends when there is nothing. */
  readonly lingerMs?: number;
  readonly wait?: (ms: number) => Promise<void>;
  /** Milliseconds of a clock that nobody moves. */
  readonly monotonic?: () => number;
}

/** Tells how many messages were sent and what came of them written. */
export async function runDispatch(
  kernel: Kernel,
  dispatch: AnyDispatch,
  { lingerMs = 0, wait = sleep, monotonic = () => performance.now() }: RunOptions = {},
): Promise<number> {
  const began = monotonic();
  const run = new Run(kernel, dispatch, monotonic);
  for (;;) {
    await run.look();
    const lingers = monotonic() < began + lingerMs;
    await (lingers ? wait(PACE.lookMs) : Promise.race([run.ended(), wait(PACE.lookMs)]));
    if (run.idle && !lingers) return run.sent;
  }
}

/** One run: its lanes side by side, each with a worker of its own while it has something to do. */
class Run {
  sent = 0;
  readonly #kernel: Kernel;
  readonly #dispatch: AnyDispatch;
  readonly #monotonic: () => number;
  /** Begins nothing from then on. */
  readonly #until: number;
  readonly #working = new Map<string, Promise<void>>();
  readonly #resting = new Map<string, number>();
  /** What was taken in this run: the listing may still show it when it is read again. */
  readonly #taken = new Set<string>();

  constructor(kernel: Kernel, dispatch: AnyDispatch, monotonic: () => number) {
    this.#kernel = kernel;
    this.#dispatch = dispatch;
    this.#monotonic = monotonic;
    this.#until = monotonic() + PACE.runMs;
  }

  get idle(): boolean {
    return this.#working.size === 0;
  }

  /** Resolves when all lanes that are at work have come to their end. */
  async ended(): Promise<void> {
    await Promise.all(this.#working.values());
  }

  /** Sets a worker to each lane that holds something, and neither has one nor rests. */
  async look(): Promise<void> {
    const now = this.#monotonic();
    if (now >= this.#until) return;
    const { lanes } = this.#dispatch;
    for (const { counter, value } of await this.#kernel.views.counters(lanes)) {
      const lane = counter.slice(lanes.length);
      if (value <= 0 || this.#working.has(lane) || (this.#resting.get(lane) ?? 0) > now) continue;
      const work = this.#work(lane)
        .catch((error: unknown) => {
          this.#kernel.log.warn('dispatch-failed', { command: this.#dispatch.name, error });
          this.#rest(lane);
        })
        .finally(() => this.#working.delete(lane));
      this.#working.set(lane, work);
    }
  }

  #rest(lane: string): void {
    this.#resting.set(lane, this.#monotonic() + PACE.restMs);
  }

  /** Until nothing is due in the lane, or its receiver does not take what it is sent. */
  async #work(lane: string): Promise<void> {
    let failures = 0;
    while (this.#monotonic() < this.#until) {
      const due = await this.#due(lane);
      if (due.length === 0) return;
      while (due.length > 0 && this.#monotonic() < this.#until) {
        const taken = due.splice(0, failures > 0 ? 1 : PACE.abreast);
        const went = await Promise.all(taken.map((each) => this.#send(each)));
        failures = went.includes(true) ? 0 : failures + went.length;
        if (failures >= PACE.patience) return this.#rest(lane);
      }
    }
  }

  async #due(lane: string): Promise<DueItem[]> {
    const now = new Date(this.#kernel.clock.now()).toISOString();
    const due = await this.#dispatch.due(this.#kernel.views, lane, now, PACE.page);
    return due.filter(({ once }) => !this.#taken.has(once));
  }

  /** Whether the receiver has it. */
  async #send({ item, once }: DueItem): Promise<boolean> {
    const { message, outcome, command, name } = this.#dispatch;
    this.#taken.add(once);
    const made = await message(item, this.#context());
    if (!made) return true;
    const sent = 'url' in made ? await this.#kernel.network.post(made) : made;
    const input = command.input.parse(outcome(item, sent));
    await execute(this.#kernel, command, input, { actor: 'system', receipt: receiptOf.schedule(name, once) });
    this.sent += 1;
    return isTaken(sent);
  }

  #context(): DispatchContext {
    const kernel = this.#kernel;
    const { opens } = this.#dispatch;
    return {
      province: kernel.province,
      now: new Date(kernel.clock.now()).toISOString(),
      fact: async <T>(fact: Parameters<DispatchContext['fact']>[0], key: readonly string[]) => {
        const { facts } = await readFacts(kernel, { it: { fact, key, guarded: false, required: undefined } });
        return facts.it.state as T | undefined;
      },
      open: (key, kept) => openKept(kernel, streamName(opens.name, key), kept),
      events: async (stream, version) => {
        const [record] = await kernel.ledger.read(stream, { after: version - 1, limit: 1 });
        if (!record) throw new Error('the ledger lacks a commit that is to be dispatched');
        const { recordedAt, events } = decodeCommit(record);
        return { recordedAt, events: events.map(({ sealed: _, ...open }) => open) };
      },
    };
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
