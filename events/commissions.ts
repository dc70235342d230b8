import * as z from 'zod';
import { basis } from './basis.ts';
import { agencyId, caseNumber, day, personId, shortText } from './common.ts';
import { defineEvent } from './event.ts';
import { defineFact } from './fact.ts';
import { itemCode } from './proficiency.ts';

/** Who commissioned (委托人): 司法机关、行政执法机关等, or a private client, who is told nothing under art. 8. */
export const commissioner = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('organ'), agency: agencyId }),
  z.object({ kind: z.literal('company') }),
  z.object({ kind: z.literal('person') }),
]);

/** 案件编号, or 受理前事项编号, which serves before acceptance. */
export const caseNumberKind = z.enum(['case', 'matter']);

/** 鉴定项目 of a case by their codes. */
const caseItems = z.array(itemCode).min(1).max(10);

export const CaseOpened = defineEvent({
  context: 'commissions',
  name: 'CaseOpened',
  title: '鉴定案件已建档',
  means: 'An institution has opened a case file, with the commissioner and the appraisers assigned.',
  restsOn: { 'procedure-rules': ['第十一条', '第十五条第（一）项', '第十八条', '第十九条'], 'jian-reform-plan': ['第12项'] },
  data: z.object({
    case: caseNumber,
    /** 鉴定事项 */
    matter: shortText,
    institution: agencyId,
    commissioner,
    appraisers: z.array(personId).min(2).max(20),
    receivedOn: day,
    /** What the number is; absent: of an accepted case. */
    number: caseNumberKind.optional().meta({ title: '编号种类' }),
    /** 鉴定项目; absent where they were not named. */
    items: caseItems.optional(),
  }),
});

/** 办结方式: 出具意见 · 不予受理 · 终止. */
export const caseOutcome = z.enum(['opinion', 'refused', 'terminated']);

export const CaseConcluded = defineEvent({
  context: 'commissions',
  name: 'CaseConcluded',
  title: '鉴定案件已办结',
  means: 'A case has ended with an opinion, a refusal to accept it or a termination; its file is not archived yet.',
  restsOn: { 'procedure-rules': ['第十七条', '第二十九条', '第三十六条'] },
  data: z.object({
    case: caseNumber,
    institution: agencyId,
    outcome: caseOutcome.meta({ title: '办结方式' }),
    /** Who was assigned, each of whom owes a row of the record of interference. */
    appraisers: z.array(personId).min(2).max(20),
    concludedOn: day,
    basis,
  }),
});

export const CaseArchived = defineEvent({
  context: 'commissions',
  name: 'CaseArchived',
  title: '鉴定案件已归档',
  means: 'The case file is archived, with a row of the record of interference by every appraiser assigned.',
  restsOn: { 'procedure-rules': ['第四十二条'], 'interference-provisions': ['第四条'] },
  data: z.object({ case: caseNumber, institution: agencyId, archivedOn: day, basis }),
});

/** 鉴定案件 */
export const CaseFact = defineFact(
  'commissions/case',
  '鉴定案件',
  z.object({
    case: caseNumber,
    number: caseNumberKind,
    matter: shortText,
    institution: agencyId,
    commissioner,
    appraisers: z.array(personId),
    items: caseItems.optional(),
    status: z.enum(['open', 'concluded', 'archived']),
  }),
);
