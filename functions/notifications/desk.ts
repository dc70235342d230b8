import type { Role } from '../kernel/identity.ts';
import { everyKind } from '../kernel/rights.ts';

/** Roles that deal with an agency's mail; who only runs its systems, keeps the roster or appraises does not read it (art. 10). */
const DESK: ReadonlySet<Role> = new Set(['officer', 'leader', 'head', 'staff', 'clerk']);

/** 经办人员 of every kind of agency. */
export const desk = everyKind.map(({ kind, roles }) => ({ kind, roles: roles.filter((role) => DESK.has(role)) }));
