import * as z from 'zod';
import { agencyKind } from './agency-kind.ts';
import { agencyId, day, divisionCode, opaqueId } from './common.ts';
import { defineFact } from './fact.ts';

/** 接入凭证: an agency's system may post events that are signed with the registered secret, as that agency. */
export const credential = z.object({
  agency: agencyId,
  kind: agencyKind,
  /** GB/T 2260, six digits. */
  division: divisionCode,
  /** Roles that the system acts in. */
  roles: z.array(z.enum(['clerk', 'staff'])).min(1),
});

/** What a signature is verified by: read by the kernel, which knows no context. The secrets themselves lie sealed in the events that are named. */
export const CredentialFact = defineFact(
  'agencies/credential',
  '接入凭证',
  credential.extend({
    secrets: z.array(z.object({ event: opaqueId, version: z.int(), until: z.string().nullable() })),
    registeredOn: day,
    revokedOn: day.nullable(),
  }),
);
