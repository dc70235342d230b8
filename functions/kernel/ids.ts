import { randomBytes } from 'node:crypto';
import type { Ids } from './ports.ts';

/** Unguessable names (随机标识): 128 bits of the machine's randomness. */
export const randomIds: Ids = { next: () => randomBytes(16).toString('hex') };
