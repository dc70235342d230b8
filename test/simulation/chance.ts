/**
 * Chance without a sequence: each question is answered by its own name, so leaving out one action of a history
 * does not change what befalls the others. That is what lets a failing history be shrunk.
 */
export class Chance {
  private readonly seed: number;
  constructor(seed: number) {
    this.seed = seed;
  }

  /** In [0, 1), the same for the same name. */
  of(name: string): number {
    let h = (this.seed ^ 0x9e3779b9) >>> 0;
    for (let at = 0; at < name.length; at += 1) {
      h = Math.imul(h ^ name.charCodeAt(at), 0x85ebca6b);
      h = (h << 13) | (h >>> 19);
    }
    h ^= h >>> 16;
    h = Math.imul(h, 0x85ebca6b);
    h ^= h >>> 13;
    h = Math.imul(h, 0xc2b2ae35);
    h ^= h >>> 16;
    return (h >>> 0) / 0x1_0000_0000;
  }

  hit(name: string, probability: number): boolean {
    return probability > 0 && this.of(name) < probability;
  }

  /** Whole number in [from, to]. */
  between(name: string, from: number, to: number): number {
    return from + Math.floor(this.of(name) * (to - from + 1));
  }

  pick<T>(name: string, list: readonly T[]): T {
    return list[Math.floor(this.of(name) * list.length)] as T;
  }
}
