import type { Clock } from '../../../functions/kernel/ports.ts';

const POSITION = 'clock';

/** A clock that a host's user may set (可调时钟); it runs on from there, also after a restart. */
export class MovableClock implements Clock {
  readonly #positions: { get(name: string): string | undefined; set(name: string, value: string): Promise<void> };
  readonly #moved: (offsetMs: number) => void;
  #offset: number;

  /** `moved` is told of the offset now and whenever it changes. */
  constructor(
    positions: { get(name: string): string | undefined; set(name: string, value: string): Promise<void> },
    moved: (offsetMs: number) => void = () => {},
  ) {
    this.#positions = positions;
    this.#moved = moved;
    this.#offset = Number(positions.get(POSITION) ?? 0);
    moved(this.#offset);
  }

  now(): number {
    return Date.now() + this.#offset;
  }

  /** Milliseconds by which it differs from the machine's. */
  get offset(): number {
    return this.#offset;
  }

  async set(instant: number): Promise<void> {
    this.#offset = instant - Date.now();
    this.#moved(this.#offset);
    await this.#positions.set(POSITION, String(this.#offset));
  }
}
