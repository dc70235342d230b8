import type { PlayedProficiency, STAGES } from './made-proficiency.ts';
import type { MadeProvince, Plant } from './made-province.ts';

type Stage = Exclude<(typeof STAGES)[number], 'drawnUp' | 'ordered' | 'submitted' | 'failed'>;
type Step = 'apply' | 'notice' | 'request' | 'hold' | 'decide' | 'disclose';

/** What has been done of each procedure, named for the last of it. */
const TAKEN: Readonly<Record<Stage, readonly Step[]>> = {
  applied: ['apply'],
  noticed: ['apply', 'notice'],
  requested: ['apply', 'notice', 'request'],
  held: ['apply', 'notice', 'request', 'hold'],
  decided: ['apply', 'notice', 'request', 'hold', 'decide'],
  disclosed: ['apply', 'notice', 'request', 'hold', 'disclose'],
};

/**
 * 注销程序的全流程: every command of it, all on one day, for whoever was heard within the window can be decided within it. The rectifications are of
 * one item: were it struck off, none of the others could be.
 */
export async function playCancellations({ post }: Pick<MadeProvince, 'post'>, { rectifications }: PlayedProficiency, plant: Plant): Promise<void> {
  for (const [stage, steps] of Object.entries(TAKEN) as [Stage, readonly Step[]][]) {
    const cancellation = rectifications[stage];
    const take: Readonly<Record<Step, () => Promise<unknown>>> = {
      apply: () => post('officer', 'registry/apply-for-cancellation', { rectification: cancellation }, `apply-${stage}`),
      notice: () => post('registrar', 'registry/give-cancellation-notice', { cancellation }, `notice-${stage}`),
      request: () => post('head', 'registry/request-hearing', { cancellation, statement: plant('hearing.statement') }, `request-${stage}`),
      hold: () => post('registrar', 'registry/hold-hearing', { cancellation, account: plant('hearing.account') }, `hold-${stage}`),
      decide: () => post('registrar', 'registry/decide-cancellation', { cancellation, outcome: 'keep' }, `decide-${stage}`),
      disclose: () => post('officer', 'registry/disclose-hearing', { cancellation, purpose: plant('hearing-disclosure.purpose') }, `disclose-${stage}`),
    };
    for (const step of steps) await take[step]();
  }
}
