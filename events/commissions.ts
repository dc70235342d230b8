import * as z from 'zod';
import { agencyId, caseNumber, day, personId, shortText } from './common.ts';
import { defineEvent } from './event.ts';
import { defineFact } from './fact.ts';

/** Who commissioned (委托人): 司法机关、行政执法机关等, or a private client, who is told nothing under art. 8. */
export const commissioner = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('organ'), agency: agencyId }),
  z.object({ kind: z.literal('company') }),
  z.object({ kind: z.literal('person') }),
]);

export const CaseOpened = defineEvent({
  context: 'commissions',
  name: 'CaseOpened',
  title: '鉴定案件已建档',
  means: 'An institution has opened a case file, with the commissioner and the appraisers assigned.',
  data: z.object({
    case: caseNumber,
    /** 鉴定事项 */
    matter: shortText,
    institution: agencyId,
    commissioner,
    appraisers: z.array(personId).min(2).max(20),
    receivedOn: day,
  }),
});

/** 鉴定案件 */
export const CaseFact = defineFact(
  'commissions/case',
  '鉴定案件',
  z.object({ case: caseNumber, institution: agencyId, commissioner, appraisers: z.array(personId) }),
);
