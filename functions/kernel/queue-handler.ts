import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Kernel } from './kernel.ts';
import { react } from './react.ts';
import type { AnyReaction } from './reaction.ts';

/**
 * A reaction as a Lambda on its queue. Each message by itself: what failed is reported by its id and comes again,
 * what succeeded does not. A message's body is the envelope of the bus; its `detail` is the CloudEvent.
 */
export function queueHandler(kernel: Kernel, reaction: AnyReaction): (event: SQSEvent) => Promise<SQSBatchResponse> {
  const log = kernel.log.with({ reaction: reaction.name });
  return async ({ Records }) => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const { messageId, body } of Records) {
      try {
        const { detail } = JSON.parse(body) as { detail: unknown };
        await react(kernel, reaction, detail);
      } catch (error) {
        log.warn('message-failed', { error });
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  };
}
