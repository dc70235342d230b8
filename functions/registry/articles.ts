import type { Basis } from '../../events/basis.ts';

export const THREE_PER_SCOPE: Basis = { document: '全国人大常委会关于司法鉴定管理问题的决定', article: '第五条', status: 'law' };
/** 各省级司法行政机关负责登记、名册编制和公告; supervision by the local bureau follows the seat. */
export const SUPERVISION: Basis = { document: '全国人大常委会关于司法鉴定管理问题的决定', article: '第三条', status: 'law' };
