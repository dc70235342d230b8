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

/** The event of one result, and the year's test as it will stand; refused where the provider's word is in no table. */
export function resultOf(reported: Reported, about: About): { readonly event: NewEvent; readonly test: Omit<Test, 'event'> } | Refusal {
  const { institution, item, year, provider, on, policy } = about;
  const open = { institution: institution.uscc, item, year, provider, ...concernedBy(institution), reportedOn: on };
  if (reported.by === 'absent') {
    const { excused } = reported;
    const counts = policy.proficiency.absenceCounts && !excused;
    const enters = !excused && entersFile(policy);
    return {
      event: ProficiencyAbsenceRecorded.of({ ...open, excused, counts, entersFile: enters, basis: ABSENCE }),
      test: { provider, verdict: 'absent', grade: null, excused, counts, entersFile: enters, on },
    };
  }
  const verdict = verdictOf(reported, policy.proficiency);
  if (verdict === undefined)
    return refuse('unknown_word', `评价用语应为：${Object.keys(policy.proficiency.words).join('、')}`, RESULT, { pointer: '/result/word' });
  const test = { provider, verdict, grade: reported, excused: false, counts: verdict === 'failed', entersFile: verdict === 'failed' && entersFile(policy), on };
  const event =
    verdict === 'failed'
      ? ProficiencyTestFailed.of({ ...open, grade: reported, entersFile: test.entersFile, basis: RESULT })
      : GRADED[verdict].of({ ...open, grade: reported, basis: RESULT });
  return { event, test };
}

/** What a changed record means for the chains of two years, in the same commit. Source: 吉安方案第12项. */
export function chainEvents(after: RecordState, { institution, item, on, policy }: Omit<About, 'year' | 'provider'>): readonly NewEvent[] {
  const { detected, revoked } = chainChanges(after);
  const of = { institution: institution.uscc, item, ...concernedBy(institution) };
  return [
    ...detected.map((year) => ConsecutiveFailureDetected.of({ ...of, year, detectedOn: on, basis: planIn(policy, CONSECUTIVE) })),
    ...revoked.map(({ year, detected: id }) => ConsecutiveFailureRevoked.of({ ...of, year, detected: id, revokedOn: on, basis: planIn(policy, REVOCATION) })),
  ];
}

/** 登记一个结果: its event, and what follows from it. */
export function reportedResult(state: RecordState, reported: Reported, about: About): readonly NewEvent[] | Refusal {
  const result = resultOf(reported, about);
  if ('refused' in result) return result;
  return [result.event, ...chainEvents(withYear(state, about.year, { test: { ...result.test, event: '' } }), about)];
}
