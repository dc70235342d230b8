import type { Act } from './act.ts';
import { ITEM, institution, provider, providerClerk } from './cast.ts';

/** 历年能力验证: passed, then questionable, then failed two years running. */
const TESTED: readonly (readonly [year: number, result: object])[] = [
  [2020, { by: 'z', scores: [0.6, -1.1] }],
  [2021, { by: 'z', scores: [1.4, 2.4] }],
  [2022, { by: 'z', scores: [-3.2] }],
  [2023, { by: 'word', word: '不满意' }],
];

const tested = ([year, result]: (typeof TESTED)[number]): readonly Act[] => [
  {
    name: `round-${year}`,
    title: `${provider.name}开始${year}年度能力验证计划`,
    as: providerClerk,
    command: 'proficiency/open-round',
    body: { year, item: ITEM, institutions: [institution.id] },
  },
  {
    name: `result-${year}`,
    title: `${provider.name}报告${institution.name}${year}年度的结果`,
    as: providerClerk,
    command: 'proficiency/record-result',
    body: { institution: institution.id, item: ITEM, year, result },
  },
];

/** 能力验证: four years of the made institution, so that there is a history to look at and an order to decide. */
export const testedYears: readonly Act[] = TESTED.flatMap(tested);
