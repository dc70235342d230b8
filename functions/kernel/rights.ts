import type { Right } from './command.ts';
import { type AgencyKind, ROLES_OF, type Role } from './identity.ts';

/** Everyone who is signed in, whatever the agency: for what is public among agencies. */
export const everyKind: readonly Right<unknown, unknown, unknown>[] = Object.entries(ROLES_OF).map(([kind, roles]) => ({ kind: kind as AgencyKind, roles }));

/** Roles that deal with an agency's mail and its deadlines; who only runs its systems, keeps the roster or appraises does not (司办通〔2020〕56号 art. 10). */
const DESK: ReadonlySet<Role> = new Set(['officer', 'leader', 'head', 'staff', 'clerk']);

/** 经办人员 of every kind of agency. */
export const desk = everyKind.map(({ kind, roles }) => ({ kind, roles: roles.filter((each) => DESK.has(each)) }));
