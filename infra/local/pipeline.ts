import type { Log } from '../../functions/kernel/log.ts';
import type { Clock } from '../../functions/kernel/ports.ts';
import { BackPressure } from './back-pressure.ts';
import type { Deployment } from './deployment.ts';
import type { Ground } from './ground.ts';
import { QueueConsumer } from './queue-consumer.ts';
import { ScheduleRunner } from './schedule-runner.ts';
import type { SqlitePositions } from './sqlite/sqlite-positions.ts';
import type { SqliteQueues } from './sqlite/sqlite-queues.ts';
import { StreamPump } from './stream-pump.ts';
import { WatchedFunctions } from './watched-functions.ts';

export interface PipelineParts {
  readonly deployment: Deployment;
  readonly ground: Pick<Ground, 'functions' | 'stream' | 'silent'>;
  readonly queues: SqliteQueues;
  readonly positions: SqlitePositions;
  readonly clock: Clock;
  readonly log: Log;
}

/** Messages of one queue at which no more are made until some are done. */
const CROWD = 2_000;
/** Milliseconds between two looks at a stream that tells nobody of new records: while something happens, and else. */
const LOOK = { busy: 20, quiet: 250, busyFor: 2_000 } as const;

/** All that follows from what was written (后续处理): pumps on the stream, consumers of the queues, schedules. */
export class Pipeline {
  readonly #deployment: Deployment;
  readonly #queues: SqliteQueues;
  readonly #silent: boolean;
  readonly #functions: WatchedFunctions;
  readonly #pumps: readonly StreamPump[];
  readonly #consumers: readonly QueueConsumer[];
  readonly #schedules: ScheduleRunner;
  readonly #pressure: BackPressure;
  /** Commits that were told of, less those that a pump is done with, a pump at a time. */
  #unread = 0;
  #looking: NodeJS.Timeout | undefined;

  constructor({ deployment, ground, queues, positions, clock, log }: PipelineParts) {
    this.#deployment = deployment;
    this.#queues = queues;
    this.#silent = ground.silent;
    this.#pressure = new BackPressure(() => this.#unread + this.waiting());
    const functions = new WatchedFunctions(ground.functions);
    this.#functions = functions;
    const giveUp = (queue: string, body: string) => queues.send([{ queue, body }]);
    const crowded = () => deployment.queueMappings.some(({ queue }) => queues.count(queue).visible > CROWD);
    const read = (records: number) => {
      this.#unread = Math.max(0, this.#unread - records);
      this.#pressure.look();
    };
    const done = () => this.#pressure.look();
    this.#pumps = deployment.streamMappings.map(
      (mapping) => new StreamPump({ mapping, source: ground.stream, functions, positions, giveUp, log, crowded, done: read }),
    );
    this.#consumers = deployment.queueMappings.map((mapping) => new QueueConsumer({ mapping, queues, functions, log, done }));
    this.#schedules = new ScheduleRunner({ schedules: deployment.schedules, functions, looking: ground.functions, positions, giveUp, clock, log });
  }

  /** Goes on with what was left, and begins to look. */
  start(): void {
    if (this.#silent) this.#look();
    else this.#wake();
    for (const consumer of this.#consumers) consumer.wake();
    this.#schedules.start();
  }

  /** A commit was written. */
  written(): void {
    this.#unread += this.#pumps.length;
    this.#wake();
  }

  /** The clock was set. */
  clockSet(): void {
    this.#schedules.look();
  }

  /** Runs a function for a request: a command waits while the consequences of earlier ones lie too thick. */
  async invoke(name: string, event: unknown, isCommand: boolean): Promise<unknown> {
    if (isCommand) await this.#pressure.room();
    return this.#functions.invoke(name, event);
  }

  /** Messages that wait in queues or are being worked on. */
  waiting(): number {
    let sum = 0;
    for (const { queue } of this.#deployment.queueMappings) {
      const { visible, held } = this.#queues.count(queue);
      sum += visible + held;
    }
    return sum;
  }

  /** Resolves when everything accepted so far has had all its consequences. Rejects when one failed and waits to be tried again. */
  async settle(): Promise<void> {
    for (;;) {
      const before = this.#functions.ended;
      this.#wake();
      while (!this.#idle) await new Promise((resolve) => setTimeout(resolve, 2));
      if (this.#functions.ended === before) break;
    }
    const failed = this.#deployment.queueMappings.filter(({ queue }) => this.#queues.count(queue).delayed > 0).map(({ queue }) => queue);
    if (failed.length > 0) throw new Error(`a consequence failed and waits to be tried again in ${failed.join(', ')}`);
  }

  /** Runs every schedule once, with all consequences. */
  async sweep(): Promise<void> {
    await this.#schedules.runAll();
    await this.settle();
  }

  /** Resolves when what is in work has come to its end. */
  async stop(): Promise<void> {
    clearTimeout(this.#looking);
    await this.#schedules.stop();
    await Promise.all(this.#pumps.map((pump) => pump.stop()));
    await Promise.all(this.#consumers.map((consumer) => consumer.stop()));
  }

  get #idle(): boolean {
    return this.#pumps.every(({ idle }) => idle) && this.#schedules.idle && this.#functions.running === 0 && this.waiting() === 0;
  }

  #wake(): void {
    for (const pump of this.#pumps) pump.wake();
  }

  /** Often while something happens. */
  #look(): void {
    this.#wake();
    const busy = this.#functions.running > 0 || this.#functions.quietFor < LOOK.busyFor;
    this.#looking = setTimeout(() => this.#look(), busy ? LOOK.busy : LOOK.quiet);
  }
}
