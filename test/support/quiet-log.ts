import { systemClock } from '../../functions/kernel/clock.ts';
import { makeLog } from '../../functions/kernel/log.ts';

/** A log that nobody reads. */
export const quietLog = makeLog({ sink: () => undefined, clock: systemClock });
