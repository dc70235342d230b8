import type { Relation } from '../kernel/command.ts';
import type { DelegationState } from './delegation.ts';

/** 委托人本人 */
export const giver: Relation<DelegationState, unknown, unknown> = {
  title: '委托人本人',
  holds: ({ state, actor }) => !state || (state.agency === actor.agency && state.delegator === actor.person),
};

/** 委托人所在单位 */
export const ofGiversAgency: Relation<DelegationState, unknown, unknown> = {
  title: '委托人所在单位',
  holds: ({ state, actor }) => !state || state.agency === actor.agency,
};
