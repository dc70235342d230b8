import type { Kernel } from '../../functions/kernel/kernel.ts';
import { policyFor } from '../../functions/policy/index.ts';
import { Chance } from './chance.ts';

/**
 * The rules of the simulated province: corrections in calendar days, so that some end on a rest day; terms of a length that a history lives to see;
 * what a province may switch, and whether it has adopted the draft on proficiency testing, as the seed says.
 */
export function madePolicyOf(seed: number): Kernel['policyFor'] {
  const chance = new Chance(seed);
  const may = (what: string, probability: number) => chance.hit(`policy:${what}`, probability);
  const switches = {
    rectification: { days: 7 },
    absenceCounts: may('absence', 0.4),
    assessmentCounts: may('assessment', 0.4),
    commissionsStopAfterFailure: may('commissions', 0.3),
  };
  const adopts = !may('not-adopted', 0.1);
  return (province, day) => {
    const answer = policyFor(province, day);
    if (!answer.ok) return answer;
    const { interference, proficiency, adoptions, ...values } = answer.values;
    return {
      ...answer,
      values: {
        ...values,
        interference: { ...interference, correction: { days: 30 } },
        proficiency: { ...proficiency, ...switches },
        cancellation: { hearing: { days: 3 } },
        adoptions: adopts ? adoptions : [],
      },
    };
  };
}
