import { hash } from 'node:crypto';
import type { ApiAnswer } from '../support/api.ts';
import type { MadeProvince, Plant } from './made-province.ts';

export const ITEM = 'medicine-0201';
/** Registered too, and never tested. */
export const SPARE_ITEM = 'medicine-0202';

type Post = MadeProvince['post'];

/** Failed in each of these years: two by two they are rectifications, each left standing somewhere else. */
const FIRST_YEAR = 2015;
export const STAGES = ['drawnUp', 'ordered', 'submitted', 'failed', 'applied', 'noticed', 'requested', 'held', 'decided', 'disclosed'] as const;
type Stage = (typeof STAGES)[number];
const LAST_YEAR = FIRST_YEAR + STAGES.length;

export interface PlayedProficiency {
  readonly institution: string;
  /** Rectification by how far it has come; from `failed` on all have failed. */
  readonly rectifications: Readonly<Record<Stage, string>>;
  /** Result of the last year, and the year. */
  readonly result: string;
  readonly year: number;
}

const eventOf = ({ body }: ApiAnswer, type: string): string => body.events.find((each: { type: string }) => each.type === type).id;

/** 整改材料 as the head submits it. */
export const materialOf = (plant: Plant) => ({
  account: plant('rectification.account'),
  evidence: [{ kind: plant('evidence.kind'), sha256: hash('sha256', plant('evidence.sha256')), keptAt: plant('evidence.keptAt') }],
});

/** 能力验证的全流程: rounds, eleven failed years in a row, and what becomes of each two of them. */
export async function playProficiency(post: Post, institution: string, plant: Plant): Promise<PlayedProficiency> {
  const rectifications: Partial<Record<Stage, string>> = {};
  let result = '';
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1) {
    await post('provider', 'proficiency/open-round', { year, item: ITEM, institutions: [] }, `round-${year}`);
    const reported = await post(
      'provider',
      'proficiency/record-result',
      { institution, item: ITEM, year, result: { by: 'word', word: '不满意' } },
      `result-${year}`,
    );
    result = eventOf(reported, 'ProficiencyTestFailed');
    const stage = STAGES[year - FIRST_YEAR - 1];
    if (stage) rectifications[stage] = eventOf(reported, 'ConsecutiveFailureDetected');
  }
  const of = rectifications as Record<Stage, string>;
  const [, ...ordered] = STAGES;
  for (const stage of ordered) await post('officer', 'proficiency/order-rectification', { rectification: of[stage] });
  const [, ...submitted] = ordered;
  for (const stage of submitted) await post('head', 'proficiency/submit-rectification', { rectification: of[stage], ...materialOf(plant) });
  const [, ...failed] = submitted;
  for (const stage of failed)
    await post('officer', 'proficiency/verify-rectification', {
      rectification: of[stage],
      outcome: 'not-in-place',
      account: plant('rectification-failed.account'),
    });
  await post('officer', 'proficiency/disclose-rectification', { rectification: of.failed, purpose: plant('disclosure.purpose') });
  await post('officer', 'proficiency/record-assessment', { institution, item: ITEM, year: LAST_YEAR, passed: true });
  return { institution, rectifications: of, result, year: LAST_YEAR };
}
