/** Consequences outstanding from which on commands wait: enough of them for full group commits, few enough to be done at once when the load ends. */
const MOST = 128;

/** Milliseconds that a command waits at most, since consequences that cannot be worked off hold nobody's command up for good. */
const PATIENCE = 250;

/**
 * Back-pressure (反压): a command waits before it begins while the consequences of earlier ones lie too thick, so that those who send faster than
 * everything can follow find the host slower, not ever further behind. First come, first served.
 */
export class BackPressure {
  readonly #outstanding: () => number;
  readonly #most: number;
  readonly #patience: number;
  readonly #waiting: { readonly go: () => void; readonly until: number }[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** `outstanding` counts the consequences that are known and not done. */
  constructor(outstanding: () => number, { most = MOST, patience = PATIENCE }: { readonly most?: number; readonly patience?: number } = {}) {
    this.#outstanding = outstanding;
    this.#most = most;
    this.#patience = patience;
  }

  /** Resolves when there is room, or patience has come to its end. */
  async room(): Promise<void> {
    if (this.#waiting.length === 0 && this.#outstanding() < this.#most) return;
    await new Promise<void>((go) => {
      this.#waiting.push({ go, until: performance.now() + this.#patience });
      this.#timer ??= setTimeout(() => this.#lose(), this.#patience);
    });
  }

  /** Something was done: as many go on as there is room for. */
  look(): void {
    if (this.#waiting.length === 0) return;
    for (const { go } of this.#waiting.splice(0, Math.max(0, this.#most - this.#outstanding()))) go();
  }

  #lose(): void {
    this.#timer = undefined;
    const now = performance.now();
    while (this.#waiting[0] && this.#waiting[0].until <= now) this.#waiting.shift()?.go();
    const [next] = this.#waiting;
    if (next) this.#timer = setTimeout(() => this.#lose(), next.until - now);
  }
}
