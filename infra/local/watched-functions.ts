import type { Functions } from './functions.ts';

/** Functions, with how many are at work and for how long none has been (静默时间). */
export class WatchedFunctions implements Pick<Functions, 'invoke'> {
  readonly #functions: Pick<Functions, 'invoke'>;
  #running = 0;
  #ended = Number.NEGATIVE_INFINITY;

  constructor(functions: Pick<Functions, 'invoke'>) {
    this.#functions = functions;
  }

  get running(): number {
    return this.#running;
  }

  /** Milliseconds since the last one ended. */
  get quietFor(): number {
    return performance.now() - this.#ended;
  }

  async invoke(name: string, event: unknown): Promise<unknown> {
    this.#running += 1;
    try {
      return await this.#functions.invoke(name, event);
    } finally {
      this.#running -= 1;
      this.#ended = performance.now();
    }
  }
}
