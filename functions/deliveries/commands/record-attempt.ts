import * as z from 'zod';
import { DeliveryFailed, DeliveryGivenUp, DeliverySucceeded, deliveryFault } from '../../../events/deliveries.ts';
import { command } from '../../kernel/command.ts';
import { delivery } from '../delivery.ts';
import { nextAttempt } from '../ladder.ts';

/** Nothing but a change at the endpoint cures these. */
const LASTING: ReadonlySet<string> = new Set(['gone', 'no-endpoint']);

/** 记录投递结果: delivered, tried again by the ladder, or given up. A test is tried once. */
export default command({
  name: 'deliveries/record-attempt',
  title: '记录投递结果',
  aggregate: delivery,
  input: z.strictObject({
    ...DeliverySucceeded.data.omit({ deliveredOn: true }).shape,
    /** Nothing where it succeeded. */
    fault: deliveryFault.nullable(),
    /** Seconds that the endpoint asks to wait. */
    retryAfter: z.int().nonnegative(),
  }),
  who: 'system',
  key: ({ about, recipient }) => [about, recipient],
  decide: (state, { fault, retryAfter, ...attempted }, { now, today }) => {
    const { about, attempt } = attempted;
    if (state?.status !== 'due' || attempt !== state.attempts + 1) return [];
    if (fault === null) return [DeliverySucceeded.of({ ...attempted, deliveredOn: today })];
    const nextDueAt = LASTING.has(fault) || state.event === 'EndpointPinged' ? undefined : nextAttempt(about, attempt, now, retryAfter);
    if (nextDueAt !== undefined) return [DeliveryFailed.of({ ...attempted, fault, nextDueAt })];
    return [DeliveryGivenUp.of({ ...attempted, event: state.event, fault, firstOn: state.firstOn ?? today, givenUpOn: today })];
  },
});
