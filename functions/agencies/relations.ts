import type { Relation } from '../kernel/command.ts';
import type { DelegationState } from './delegation.ts';

/** 委托人本人，或者其单位的负责人 */
export const giverOrLeader: Relation<DelegationState, unknown, unknown> = {
  title: '委托人本人或者其单位的负责人',
  holds: ({ state, actor }) => !state || (state.agency === actor.agency && (state.delegator === actor.person || actor.roles.includes('leader'))),
};
