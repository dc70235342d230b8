import type { EventMeta } from './aggregate.ts';
import { aggregateOfStream } from './definitions.ts';
import { scopeOf } from './execute.ts';
import type { Kernel } from './kernel.ts';
import { decodeCommit } from './ledger.ts';
import type { Json } from './ports.ts';
import { parseStream } from './stream.ts';

/** Where a secret (密钥) lies in its stream, sealed; the state of the stream never holds it. */
export interface KeptSecret {
  /** Event and version of the stream that brought it. */
  readonly event: string;
  readonly version: number;
  /** ISO instant from which it is good no longer; `null` for the present one. */
  readonly until: string | null;
}

/** Hours for which the secret before stays good, so that both sides can change over. */
export const OVERLAP_HOURS = 24;

/** A further secret (密钥轮换): the one before stays good for {@link OVERLAP_HOURS}, what was before that ends now. */
export function rotated(kept: readonly KeptSecret[], { id, version, recordedAt }: Pick<EventMeta, 'id' | 'version' | 'recordedAt'>): readonly KeptSecret[] {
  const until = new Date(Date.parse(recordedAt) + OVERLAP_HOURS * 3_600_000).toISOString();
  const before = kept.filter((each) => each.until === null).map((each) => ({ ...each, until }));
  return [...before, { event: id, version, until: null }];
}

/** Those that are good at an instant (ISO), the newest first. */
export const goodAt = (kept: readonly KeptSecret[], now: string): readonly KeptSecret[] => kept.filter(({ until }) => until === null || until > now).reverse();

type Opening = Pick<Kernel, 'definitions' | 'ledger' | 'keyRing'>;

/** Restricted parts of the events that brought these secrets, for who may decrypt. */
export const openKept = (kernel: Opening, stream: string, kept: readonly Pick<KeptSecret, 'event' | 'version'>[]): Promise<readonly Json[]> =>
  Promise.all(
    kept.map(async ({ event, version }) => {
      const { aggregate } = aggregateOfStream(kernel.definitions, stream);
      const [record] = await kernel.ledger.read(stream, { after: version - 1, limit: 1 });
      const sealed = record && decodeCommit(record).events.find(({ id }) => id === event)?.sealed;
      if (sealed === undefined) throw new Error('the ledger lacks an event that its stream’s state names');
      return kernel.keyRing.open(scopeOf(aggregate, parseStream(stream).key), event, sealed);
    }),
  );
