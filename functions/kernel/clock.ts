import type { Clock } from './ports.ts';

/** The machine's clock (系统时钟). */
export const systemClock: Clock = { now: () => Date.now() };
