import * as z from 'zod';
import { agencyKind } from './agency-kind.ts';
import { agencyId, day, opaqueId, personId } from './common.ts';
import { defineFact } from './fact.ts';

/** 委托: one person of an agency decides in another's place, for a time. Persons stand in it as pseudonyms only. */
export const delegation = z.object({
  delegation: opaqueId,
  agency: agencyId,
  kind: agencyKind,
  delegator: personId,
  /** Roles of the delegator when it was given: whoever acts under it has these. */
  roles: z.array(z.string().max(20)).min(1).max(10),
  delegate: personId,
  /** Commands by name; `all` among them: whatever the roles may do. */
  commands: z
    .array(
      z
        .string()
        .regex(/^(?:all|[a-z]+\/[a-z]+(?:-[a-z]+)*)$/, '须为 all 或者 <context>/<verb-noun>')
        .meta({ examples: ['sanctions/find-breach'] }),
    )
    .min(1)
    .max(40),
  /** First and last day, both included. */
  from: day.meta({ title: '起始日期' }),
  until: day,
});

/** What every command may be given under: read by the kernel, so that no context need declare it. */
export const DelegationFact = defineFact('agencies/delegation', '委托', delegation.extend({ revokedOn: day.nullable() }));
