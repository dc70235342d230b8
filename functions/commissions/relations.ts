import type { Relation } from '../kernel/command.ts';
import type { CaseState } from './case.ts';

/** 本案鉴定机构的人员; of a case that does not exist everyone may learn that it does not. */
export const ofCaseInstitution: Relation<CaseState, unknown, unknown> = {
  title: '本案鉴定机构的人员',
  holds: ({ state, actor }) => state === null || state.institution === actor.agency,
};
