import type * as z from 'zod';
import { rosterKind } from '../../events/agencies.ts';
import { agencyKind } from '../../events/agency-kind.ts';
import { documentStatus } from '../../events/basis.ts';
import { caseNumberKind, caseOutcome } from '../../events/commissions.ts';
import { deadlineKind } from '../../events/deadlines.ts';
import { addressee, articleThreeKind, contentBox, insiderStanding, interfererBox, protectionKind, routingAct } from '../../events/interference.ts';
import { correctionCause, rectificationFault, rectificationStatus, verdict } from '../../events/proficiency.ts';
import { cancellationOutcome } from '../../events/registry.ts';
import { breach, measure } from '../../events/sanctions.ts';
import { ACT_WORDS, OVERDUE_WORDS } from '../../functions/interference/inspection-words.ts';
import { CONTENTS, INTERFERERS } from '../../functions/interference/printed-form.ts';
import { KIND_WORDS } from '../../functions/kernel/words.ts';
import { CANCELLATION_OUTCOME_WORDS, MEASURE_WORDS, PROTECTION_WORDS, RECTIFICATION_FAULT_WORDS, VERDICT_WORDS } from '../../functions/notifications/words.ts';
import { STATUS_WORDS } from '../../functions/proficiency/rectification.ts';
import { BREACH_WORDS } from '../../functions/sanctions/words.ts';

type Enumerated = readonly [type: z.ZodType<string>, words: Readonly<Record<string, string | null>>];

const ENUMERATED: readonly Enumerated[] = [
  [agencyKind, KIND_WORDS],
  [rosterKind, KIND_WORDS],
  [documentStatus, { law: '法律、法规、规章或者规范性文件', policy: '答复', draft: '征求意见稿' }],
  [caseNumberKind, { case: '案件编号', matter: '受理前事项编号' }],
  [caseOutcome, { opinion: '出具意见', refused: '不予受理', terminated: '终止' }],
  [deadlineKind, OVERDUE_WORDS],
  [interfererBox, INTERFERERS],
  [contentBox, CONTENTS],
  [articleThreeKind, { plead: '第（一）项', 'private-meeting': '第（二）项', coerce: '第（三）项', other: '第（四）项' }],
  [addressee, { institution: '本机构', bureau: '主管司法行政机关' }],
  [insiderStanding, { head: '机构负责人', other: '机构其他人员', none: '没有' }],
  [protectionKind, PROTECTION_WORDS],
  [routingAct.shape.act, Object.fromEntries(Object.entries(ACT_WORDS).map(([act, word]) => [act.slice('act:'.length), word]))],
  [verdict, VERDICT_WORDS],
  [correctionCause, { misreported: '填报错误', reassessed: '提供者重新评价', 'appeal-upheld': '申诉成立' }],
  [rectificationFault, RECTIFICATION_FAULT_WORDS],
  [rectificationStatus, STATUS_WORDS],
  [cancellationOutcome, CANCELLATION_OUTCOME_WORDS],
  [breach, BREACH_WORDS],
  [measure, MEASURE_WORDS],
];

/** Chinese words of enumerated values (枚举值), by the type's definition, which a type shares with every copy that has another title. */
export const WORDS: ReadonlyMap<unknown, Enumerated[1]> = new Map(ENUMERATED.map(([type, words]) => [type._zod.def, words]));
