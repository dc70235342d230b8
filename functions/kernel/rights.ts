import type { Right } from './command.ts';
import type { AgencyKind, Role } from './identity.ts';

/** Everyone who is signed in, whatever the agency: for what is public among agencies. */
export const everyKind: readonly Right<unknown, unknown, unknown>[] = (
  [
    ['justice-bureau', ['officer', 'leader', 'registrar', 'operator']],
    ['ministry', ['officer', 'leader', 'registrar', 'operator']],
    ['institution', ['appraiser', 'staff', 'head', 'operator']],
    ...(['court', 'procuratorate', 'police', 'association', 'discipline', 'health', 'government', 'provider', 'organ'] as const).map(
      (kind): readonly [AgencyKind, readonly Role[]] => [kind, ['clerk', 'operator']],
    ),
  ] as readonly (readonly [AgencyKind, readonly Role[]])[]
).map(([kind, roles]) => ({ kind, roles }));
