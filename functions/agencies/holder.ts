import type * as z from 'zod';
import type { AgencyFact } from '../../events/agencies.ts';
import type { InstitutionFact } from '../../events/registry.ts';
import type { Fact } from '../kernel/command.ts';
import type { AgencyKind } from '../kernel/identity.ts';

/** What the directory and the register of institutions say of an agency. */
export interface Holding {
  readonly agency: Fact<z.infer<typeof AgencyFact.schema> | undefined>;
  readonly institution: Fact<z.infer<typeof InstitutionFact.schema> | undefined>;
}

/** 凭证持有单位: its kind and division; nothing for who stands in neither. */
export function holderOf({ agency, institution }: Holding): { readonly kind: AgencyKind; readonly division: string } | undefined {
  if (agency.state) return { kind: agency.state.kind, division: agency.state.division };
  return institution.state && { kind: 'institution', division: institution.state.division };
}
