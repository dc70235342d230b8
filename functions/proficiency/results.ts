import type * as z from 'zod';
import type { NewEvent } from '../../events/event.ts';
import {
  ConsecutiveFailureDetected,
  ConsecutiveFailureRevoked,
  type Grade,
  ProficiencyAbsenceRecorded,
  ProficiencyTestFailed,
  ProficiencyTestPassed,
  ProficiencyTestWarned,
} from '../../events/proficiency.ts';
import type { InstitutionFact } from '../../events/registry.ts';
import { type Refusal, refuse } from '../kernel/decision.ts';
import { isBinding, type Policy } from '../policy/policy.ts';
import { ABSENCE, CONSECUTIVE, IN_SCOPE, planIn, RESULT, REVOCATION } from './articles.ts';
import { verdictOf } from './grading.ts';
import { chainChanges, type RecordState, type Test, withYear } from './record.ts';

type Institution = z.infer<typeof InstitutionFact.schema>;

/** 结果 as a provider reports it: a grade, or that nobody took part. */
export type Reported = Grade | { readonly by: 'absent'; readonly excused: boolean };

/** Whose result it is, and by which rules. */
export interface About {
  readonly institution: Institution;
  readonly item: string;
  readonly year: number;
  readonly provider: string;
  /** Day of the report: the rules of that day apply. */
  readonly on: string;
  readonly policy: Policy;
}

/** 主管机关和登记机关, to be told. */
export const concernedBy = ({ supervisedBy, registeredBy }: Institution) => ({ bureau: supervisedBy, registrar: registeredBy ?? null });

/** No result of the future, and none in an item that the institution was never registered for (rule P-1). */
export function outOfPlace({ institution, item, year, on }: Pick<About, 'institution' | 'item' | 'year' | 'on'>): Refusal | undefined {
  if (year > Number(on.slice(0, 4))) return refuse('year_in_future', `能力验证年度不能晚于报告之年（${on.slice(0, 4)}年）`, RESULT, { pointer: '/year' });
  if (![...institution.scopes, ...institution.struckOff].includes(item))
    return refuse('item_not_registered', '该机构没有登记该鉴定项目', IN_SCOPE, { cure: '核对机构和项目代码', pointer: '/item' });
  return undefined;
}

/** 记入诚信档案: where the province has adopted one of the two drafts that ask for the use of results (rule X10). */
const entersFile = (policy: Policy): boolean => isBinding('jian-reform-plan', policy) || isBinding('excellence-opinions', policy);

const GRADED = { passed: ProficiencyTestPassed, warned: ProficiencyTestWarned } as const;

/** The event of one result, and the year's test as it will stand. */
interface Result {
  readonly event: NewEvent;
  readonly test: Omit<Test, 'event'>;
}

const openOf = ({ institution, item, year, provider, on }: About) => ({
  institution: institution.uscc,
  item,
  year,
  provider,
  ...concernedBy(institution),
  reportedOn: on,
});

/** 缺席: whether it counts as a failed year, and enters the file, by the rules of the day. */
export function absence(excused: boolean, about: About): Result {
  const { provider, on, policy } = about;
  const counts = policy.proficiency.absenceCounts && !excused;
  const enters = !excused && entersFile(policy);
  return {
    event: ProficiencyAbsenceRecorded.of({ ...openOf(about), excused, counts, entersFile: enters, basis: ABSENCE }),
    test: { provider, verdict: 'absent', grade: null, excused, counts, entersFile: enters, on },
  };
}

/** One result; refused where the provider's word is in no table. */
export function resultOf(reported: Reported, about: About): Result | Refusal {
  if (reported.by === 'absent') return absence(reported.excused, about);
  const { provider, on, policy } = about;
  const verdict = verdictOf(reported, policy.proficiency);
  if (verdict === undefined)
    return refuse('unknown_word', `评价用语应为：${Object.keys(policy.proficiency.words).join('、')}`, RESULT, { pointer: '/result/word' });
  const test = { provider, verdict, grade: reported, excused: false, counts: verdict === 'failed', entersFile: verdict === 'failed' && entersFile(policy), on };
  const event =
    verdict === 'failed'
      ? ProficiencyTestFailed.of({ ...openOf(about), grade: reported, entersFile: test.entersFile, basis: RESULT })
      : GRADED[verdict].of({ ...openOf(about), grade: reported, basis: RESULT });
  return { event, test };
}

type OfChain = Omit<About, 'year' | 'provider'>;
const chainOf = ({ institution, item }: OfChain) => ({ institution: institution.uscc, item, ...concernedBy(institution) });

const detectedIn = (after: RecordState, about: OfChain): readonly NewEvent[] =>
  chainChanges(after).detected.map((year) =>
    ConsecutiveFailureDetected.of({ ...chainOf(about), year, detectedOn: about.on, basis: planIn(about.policy, CONSECUTIVE) }),
  );

/** What a changed record means for the chains of two years, in the same commit. Source: 吉安方案第12项. */
export const chainEvents = (after: RecordState, about: OfChain): readonly NewEvent[] => [
  ...detectedIn(after, about),
  ...chainChanges(after).revoked.map(({ year, detected }) =>
    ConsecutiveFailureRevoked.of({ ...chainOf(about), year, detected, revokedOn: about.on, basis: planIn(about.policy, REVOCATION) }),
  ),
];

/** 登记一个年度的首个结果: its event, and two failed years running where it completes them. It takes no failed year away, so that none is revoked. */
export const firstResult = (state: RecordState, { event, test }: Result, about: About): readonly NewEvent[] => [
  event,
  ...detectedIn(withYear(state, about.year, { test: { ...test, event: '' } }), about),
];
