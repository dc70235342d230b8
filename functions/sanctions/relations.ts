import type * as z from 'zod';
import type { InstitutionFact } from '../../events/registry.ts';
import type { OrderFact } from '../../events/sanctions.ts';
import type { Fact, Relation } from '../kernel/command.ts';
import type { OrderState } from './order.ts';

type InstitutionFacts = { readonly institution: Fact<z.infer<typeof InstitutionFact.schema>> };
type OrderFacts = { readonly order: Fact<z.infer<typeof OrderFact.schema>> };

const title = '主管该鉴定机构的司法行政机关';

/** 主管该鉴定机构的司法行政机关 */
export const ofSupervisingBureau: Relation<unknown, unknown, InstitutionFacts> = {
  title,
  holds: ({ facts, actor }) => facts.institution.state.supervisedBy === actor.agency,
};

/** 作出该决定的司法行政机关, by the order itself. */
export const ofIssuingBureau: Relation<OrderState, unknown, unknown> = {
  title: '作出该决定的司法行政机关',
  holds: ({ state, actor }) => state.issued === null || state.issued.bureau === actor.agency,
};

/** 作出该认定的司法行政机关, by the finding's order. */
export const ofFindingBureau: Relation<unknown, unknown, OrderFacts> = {
  title: '作出该认定的司法行政机关',
  holds: ({ facts, actor }) => facts.order.state.issued === null || facts.order.state.issued.bureau === actor.agency,
};
