import type { Kernel } from '../../functions/kernel/kernel.ts';
import { policyFor } from '../../functions/policy/index.ts';

/** The rules of the simulated province: corrections in calendar days, so that some end on a rest day. */
export const madePolicy: Kernel['policyFor'] = (province, day) => {
  const answer = policyFor(province, day);
  if (!answer.ok) return answer;
  return { ...answer, values: { ...answer.values, interference: { ...answer.values.interference, correction: { days: 30 } } } };
};
