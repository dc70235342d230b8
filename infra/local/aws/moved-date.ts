/**
 * By how much the functions' clock is moved (时钟偏移), in whole milliseconds, shared by every thread of a host: as if the wall clock of a
 * machine had been set. What is deployed asks `Date`, and remains what is deployed.
 */
export class ClockOffset {
  readonly buffer: SharedArrayBuffer;
  readonly #value: BigInt64Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.buffer = buffer;
    this.#value = new BigInt64Array(buffer);
  }

  get ms(): number {
    return Number(Atomics.load(this.#value, 0));
  }

  set ms(value: number) {
    Atomics.store(this.#value, 0, BigInt(Math.round(value)));
  }
}

/** Moves what `new Date()`, `Date.now()` and `Date()` tell in this thread; everything else of dates is untouched, timers with them. */
export function moveDate(offset: Pick<ClockOffset, 'ms'>): void {
  const { Date: Real } = globalThis;
  const realNow = Real.now;
  const now = (): number => realNow() + offset.ms;
  Real.now = now;
  globalThis.Date = new Proxy(Real, {
    construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    apply: (target) => new target(now()).toString(),
  });
  Real.prototype.constructor = globalThis.Date;
}
