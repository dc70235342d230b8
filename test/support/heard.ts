import type { AnyEventDefinition } from '../../events/event.ts';
import type { HeardEvent } from '../../functions/kernel/reaction.ts';
import { TODAY } from './given.ts';

/** A made id: 32 hex characters that begin with these. */
export const id = (start: string): string => start.padEnd(32, '0');

/** An event as a reaction hears it: its open part checked. */
export const heard = <D extends AnyEventDefinition>(
  definition: D,
  data: Parameters<D['of']>[0],
  more: Partial<Omit<HeardEvent, 'name' | 'data'>> = {},
): HeardEvent<D> => ({
  id: id('e'),
  name: definition.name,
  data: definition.data.parse(data),
  stream: `${definition.context}/made/1`,
  version: 1,
  occurredOn: TODAY,
  recordedAt: `${TODAY}T01:00:00.000Z`,
  ...more,
});
