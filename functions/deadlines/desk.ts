import type { Role } from '../kernel/identity.ts';
import { everyKind } from '../kernel/rights.ts';

/** Roles that act for an agency within a deadline. */
const DESK: ReadonlySet<Role> = new Set(['officer', 'leader', 'head', 'staff', 'clerk']);

/** 经办人员 of every kind of agency. */
export const desk = everyKind.map(({ kind, roles }) => ({ kind, roles: roles.filter((role) => DESK.has(role)) }));
