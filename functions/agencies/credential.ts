import type * as z from 'zod';
import { CredentialRegistered, CredentialRevoked } from '../../events/agencies.ts';
import type { CredentialFact } from '../../events/credential.ts';
import type { DataOf } from '../../events/event.ts';
import { aggregate } from '../kernel/aggregate.ts';
import { cityOf } from '../kernel/codes/division.ts';
import type { AgencyKind } from '../kernel/identity.ts';
import { rotated } from '../kernel/kept-secret.ts';

/** 接入凭证; `null` before it is registered. */
export type CredentialState = z.infer<typeof CredentialFact.schema> | null;

type SystemRole = DataOf<typeof CredentialRegistered>['roles'][number];

/** 系统的身份: in which role an agency's own system acts; in none where what is decided there is a named officer's. */
export const systemRoleOf = (kind: AgencyKind): SystemRole | undefined => {
  if (kind === 'justice-bureau' || kind === 'ministry') return undefined;
  return kind === 'institution' ? 'staff' : 'clerk';
};

export const credential = aggregate({
  name: 'agencies/credential',
  title: '接入凭证',
  initial: null as CredentialState,
  events: [CredentialRegistered, CredentialRevoked],
  evolve: {
    CredentialRegistered: (state, { agency, kind, division, roles, registeredOn }, meta) => ({
      agency,
      kind,
      division,
      roles,
      secrets: [...rotated(state?.secrets ?? [], meta)],
      registeredOn,
      revokedOn: null,
    }),
    CredentialRevoked: (state, { revokedOn }) => state && { ...state, secrets: [], revokedOn },
  },
  listings: (state) => {
    if (!state) return [];
    const { secrets, ...told } = state;
    const item = { ...told, formerUntil: secrets.find(({ until }) => until !== null)?.until ?? null };
    const { agency, division } = state;
    const divisions = new Set(['all', cityOf(division) ?? division, division]);
    return [
      { listing: 'agencies/credentials', partition: agency, sort: agency, item },
      ...[...divisions].map((partition) => ({ listing: 'agencies/credentials-by-division', partition, sort: `${division}/${agency}`, item })),
    ];
  },
});
