/** A token bucket (令牌桶) over all routes: `burst` at once, refilled at `rate` a second. */
export class Throttle {
  private readonly rate: number;
  private readonly burst: number;
  private readonly monotonic: () => number;
  private tokens: number;
  private filledAt: number;

  /** `monotonic`: milliseconds of a clock that nobody moves. */
  constructor({ rate, burst }: { readonly rate: number; readonly burst: number }, monotonic: () => number) {
    this.rate = rate;
    this.burst = burst;
    this.monotonic = monotonic;
    this.tokens = burst;
    this.filledAt = monotonic();
  }

  /** Takes one token: 0, or the whole seconds after which there will be one. */
  take(): number {
    const now = this.monotonic();
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.filledAt) * this.rate) / 1000);
    this.filledAt = now;
    if (this.tokens < 1) return Math.max(1, Math.ceil((1 - this.tokens) / this.rate));
    this.tokens -= 1;
    return 0;
  }
}
