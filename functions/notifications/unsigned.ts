import type { DeadlineKind, DeadlinePassed } from '../../events/deadlines.ts';
import type { HeardEvent } from '../kernel/reaction.ts';
import { parseStream } from '../kernel/stream.ts';

/** Notice that a deadline of this kind has passed for; none for another kind. */
export function unsignedNotices({ data: { kind, source, basis } }: HeardEvent<typeof DeadlinePassed>, of: DeadlineKind) {
  if (kind !== of) return [];
  const [about = '', recipient = ''] = parseStream(source).key;
  return [{ about, recipient, basis }];
}
