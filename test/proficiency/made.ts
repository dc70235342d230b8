import { cite } from '../../events/documents.ts';
import { RectificationCancelled, RectificationDrawnUp, RectificationNumbered, RectificationOrdered } from '../../events/proficiency.ts';
import type { Policy } from '../../functions/policy/policy.ts';
import { id } from '../support/heard.ts';
import { ADOPTED, actor, BUREAU, DAY, INSTITUTION, ITEM, REGISTRAR } from '../support/made-institution.ts';

export {
  ADOPTED,
  BUREAU,
  DAY,
  head,
  INSTITUTION,
  ITEM,
  NOT_ADOPTED,
  officer,
  otherHead,
  otherOfficer,
  REGISTRAR,
  registered,
} from '../support/made-institution.ts';

export const PROVIDER = 'made-provider';
/** 江西's rules with some of proficiency otherwise. */
export const ruled = (change: Partial<Policy['proficiency']>): Policy => ({ ...ADOPTED, proficiency: { ...ADOPTED.proficiency, ...change } });
export const provider = actor(PROVIDER, 'provider', 'clerk');
export const otherProvider = actor('made-other-provider', 'provider', 'clerk');

/** A rectification of two failed years, its order and the number of that, as events. */
export const RECTIFICATION = id('d');
export const OF = { rectification: RECTIFICATION, institution: INSTITUTION, item: ITEM, year: 2025, bureau: BUREAU, registrar: REGISTRAR };
export const PLAN = cite('jian-reform-plan', '第12项', '本省以虚构文件采用');
export const DATES = { start: DAY, rawDue: '2026-06-06', legalDue: '2026-06-08', alertDue: '2026-06-05', beyondCalendar: false };
export const drawnUp = RectificationDrawnUp.of({ ...OF, binding: true, drawnUpOn: DAY, basis: PLAN });
export const ordered = (change: { readonly dates?: typeof DATES; readonly basis?: typeof PLAN } = {}) =>
  RectificationOrdered.of({ ...OF, dates: DATES, orderedOn: DAY, basis: PLAN, ...change });
export const NUMBER = { of: id('e1'), number: '虚构司法局鉴改〔2026〕1号', issuedBy: '虚构司法局', issuedTo: '虚构鉴定所' };
export const numberKept = (change: Partial<typeof NUMBER> = {}) =>
  RectificationNumbered.of({ rectification: RECTIFICATION, ...NUMBER, ...change, basis: PLAN });
export const cancelled = RectificationCancelled.of({ ...OF, was: 'ordered', entered: [], cancelledOn: '2026-03-20', basis: PLAN });
