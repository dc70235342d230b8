import type { MadeProvince, Plant } from './made-province.ts';

/** Failed rectifications (未通过的限期整改) of the made institution, as many as there are procedures to be left at each stage. */
export type Failed = Readonly<Record<keyof PlayedCancellations, string>>;

/** 注销程序 by the stage that it is left at: what each command can still be given. */
export interface PlayedCancellations {
  /** Nothing applied for: `apply-for-cancellation`. */
  readonly failed: string;
  /** `give-cancellation-notice`. */
  readonly applied: string;
  /** `request-hearing`. */
  readonly noticed: string;
  /** `hold-hearing`. */
  readonly requested: string;
  /** `decide-cancellation`; `disclose-hearing`, with both parts to read. */
  readonly heard: string;
  /** Struck off. */
  readonly cancelled: string;
}

const STEPS = ['apply', 'notice', 'request', 'hold', 'decide'] as const;
/** Steps that have been taken at each stage. */
const TAKEN: Readonly<Record<keyof PlayedCancellations, number>> = { failed: 0, applied: 1, noticed: 2, requested: 3, heard: 4, cancelled: 5 };

/**
 * The procedure with every command of it, all on one day: heard within the window, it can be decided within it. Each rectification is of an item
 * of its own; the registrar is the province-level bureau that registered the institution.
 */
export async function playCancellations(
  { post }: Pick<MadeProvince, 'post'>,
  failed: Failed,
  plant: Plant = (field) => `虚构${field}`,
): Promise<PlayedCancellations> {
  for (const [stage, id] of Object.entries(failed) as [keyof PlayedCancellations, string][]) {
    const take: Readonly<Record<(typeof STEPS)[number], () => Promise<unknown>>> = {
      apply: () => post('officer', 'registry/apply-for-cancellation', { rectification: id }, `apply-${stage}`),
      notice: () => post('registrar', 'registry/give-cancellation-notice', { cancellation: id }, `notice-${stage}`),
      request: () => post('head', 'registry/request-hearing', { cancellation: id, statement: plant('hearing.statement') }, `request-${stage}`),
      hold: () => post('registrar', 'registry/hold-hearing', { cancellation: id, account: plant('hearing.account') }, `hold-${stage}`),
      decide: () => post('registrar', 'registry/decide-cancellation', { cancellation: id, outcome: 'cancel' }, `decide-${stage}`),
    };
    for (const step of STEPS.slice(0, TAKEN[stage])) await take[step]();
  }
  await post('officer', 'registry/disclose-hearing', { cancellation: failed.heard, purpose: plant('hearing-disclosure.purpose') });
  return failed;
}
