import { Chance } from './chance.ts';
import { type Fault, PROBABILITY } from './faults.ts';

/** What befalls a run: decided by the seed, by name, until it is healed. */
export class Fate {
  readonly chance: Chance;
  /** How often each fault befell the run. */
  readonly met = new Map<Fault, number>();
  /** Nothing befalls any more. */
  healed = false;
  private readonly faults: ReadonlySet<Fault>;

  constructor(seed: number, faults: ReadonlySet<Fault>) {
    this.chance = new Chance(seed);
    this.faults = faults;
  }

  happens(fault: Fault): boolean {
    return !this.healed && this.faults.has(fault);
  }

  befalls(fault: keyof typeof PROBABILITY, name: string): boolean {
    return this.happens(fault) && this.chance.hit(`${fault}:${name}`, PROBABILITY[fault]) && this.meet(fault);
  }

  meet(fault: Fault): true {
    this.met.set(fault, (this.met.get(fault) ?? 0) + 1);
    return true;
  }
}
