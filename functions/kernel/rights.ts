import type { Right } from './command.ts';
import { type AgencyKind, ROLES_OF } from './identity.ts';

/** Everyone who is signed in, whatever the agency: for what is public among agencies. */
export const everyKind: readonly Right<unknown, unknown, unknown>[] = Object.entries(ROLES_OF).map(([kind, roles]) => ({ kind: kind as AgencyKind, roles }));
