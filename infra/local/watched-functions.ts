import type { Functions } from './functions.ts';

/** Functions, with how many are at work, how many have ended, and how long ago the last one did (静默时间). */
export class WatchedFunctions implements Pick<Functions, 'invoke'> {
  readonly #functions: Pick<Functions, 'invoke'>;
  #running = 0;
  #ended = 0;
  #lastEnd = Number.NEGATIVE_INFINITY;

  constructor(functions: Pick<Functions, 'invoke'>) {
    this.#functions = functions;
  }

  get running(): number {
    return this.#running;
  }

  get ended(): number {
    return this.#ended;
  }

  /** Milliseconds since the last one ended. */
  get quietFor(): number {
    return performance.now() - this.#lastEnd;
  }

  async invoke(name: string, event: unknown): Promise<unknown> {
    this.#running += 1;
    try {
      return await this.#functions.invoke(name, event);
    } finally {
      this.#running -= 1;
      this.#ended += 1;
      this.#lastEnd = performance.now();
    }
  }
}
