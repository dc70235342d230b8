import { notFound, type Refusal, refuse } from '../kernel/decision.ts';
import { DELIVERED } from './articles.ts';

/** There is no such endpoint. */
export const noSuchEndpoint: Refusal = notFound('接收端点', '/agency');

/** Nothing is sent to a disabled endpoint. */
export const endpointDisabled: Refusal = refuse('endpoint_disabled', '接收端点已停用', DELIVERED, { pointer: '/agency', cure: '请先恢复接收端点' });
