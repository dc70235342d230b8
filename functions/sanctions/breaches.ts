import type { Breach, Subject } from '../../events/sanctions.ts';
import { type Refusal, refuse } from '../kernel/decision.ts';
import { ARTICLE_ELEVEN, type Item } from './articles.ts';

/** 身份: in what capacity a subject answers. */
export type Capacity = 'appraiser' | 'head' | 'staff' | 'institution';

/** 计次类别: the two counts that can reach step two; they are never added. */
export type Count = 'failures' | 'instructions';

interface BreachLine {
  /** Who can commit it, and under which item of art. 11. */
  readonly by: Readonly<Partial<Record<Capacity, Item>>>;
  /** 不记录或者不如实记录、报告; absent: it never counts towards step two. */
  readonly counts?: Count;
}

const anyone = { appraiser: 'other', head: 'other', staff: 'other', institution: 'other' } as const;
const whoeverRecords = { appraiser: 'appraiser', head: 'other', staff: 'other' } as const;

/** 第十一条第（一）（二）（三）项 as a table. */
const BREACHES: Readonly<Record<Breach, BreachLine>> = {
  'did-not-record': { by: whoeverRecords, counts: 'failures' },
  'recorded-untruthfully': { by: whoeverRecords, counts: 'failures' },
  'did-not-report': { by: whoeverRecords, counts: 'failures' },
  'reported-untruthfully': { by: { ...whoeverRecords, institution: 'other' }, counts: 'failures' },
  'instructed-not-to-record-or-report': { by: { head: 'head' }, counts: 'instructions' },
  leaked: { by: anyone },
  retaliated: { by: anyone },
  'did-not-forward': { by: { institution: 'other' } },
  other: { by: anyone },
};

export const capacityOf = (subject: Subject): Capacity => (subject.kind === 'appraiser' ? 'appraiser' : subject.role);

/** Item of art. 11 under which the breach of this subject falls; refused where such a subject cannot commit it. Source: 第十一条. */
export function itemOf(breach: Breach, subject: Subject): Item | Refusal {
  return (
    BREACHES[breach].by[capacityOf(subject)] ??
    refuse('breach_not_of_subject', '该责任主体不能构成所认定的情形', ARTICLE_ELEVEN, {
      cure: '核对责任主体的身份，或者按“其他违反本规定的情形”认定',
      pointer: '/breach',
    })
  );
}

/**
 * In which count the breach of this subject stands; none: it never reaches step two
 * (泄露、打击报复、机构未报告, or a breach that such a subject cannot commit). Source: 第十一条.
 */
export const countsTowardsStepTwo = (breach: Breach, subject: Subject): Count | undefined =>
  BREACHES[breach].by[capacityOf(subject)] === undefined ? undefined : BREACHES[breach].counts;
