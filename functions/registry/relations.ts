import type * as z from 'zod';
import type { RectificationFact } from '../../events/proficiency.ts';
import type { Fact, Relation } from '../kernel/command.ts';
import { notFound } from '../kernel/decision.ts';
import type { CancellationState } from './cancellation.ts';

/** 主管该鉴定机构、作出限期整改决定的司法行政机关 */
export const ofRectifyingBureau: Relation<unknown, unknown, { readonly rectification: Fact<z.infer<typeof RectificationFact.schema>> }> = {
  title: '主管该鉴定机构的司法行政机关',
  holds: ({ facts, actor }) => facts.rectification.state.bureau === actor.agency,
  unseen: notFound('限期整改', '/rectification'),
};

const unseen = notFound('注销程序', '/cancellation');

/** 登记机关 */
export const ofRegistrar: Relation<CancellationState, unknown, unknown> = {
  title: '登记该鉴定机构的司法行政机关',
  holds: ({ state, actor }) => state?.registrar === actor.agency,
  unseen,
};

/** 申请注销的司法行政机关 */
export const ofApplyingBureau: Relation<CancellationState, unknown, unknown> = {
  title: '申请注销的司法行政机关',
  holds: ({ state, actor }) => state?.bureau === actor.agency,
  unseen,
};

/** 收到注销预先告知的鉴定机构: of what was only applied for it knows nothing. */
export const ofNoticedInstitution: Relation<CancellationState, unknown, unknown> = {
  title: '收到注销预先告知的鉴定机构',
  holds: ({ state, actor }) => state?.institution === actor.agency && state.noticedOn !== null,
  unseen,
};
