import { upcast } from '../../events/event.ts';
import type { AnyAggregate } from './aggregate.ts';
import { aggregateOfStream, eventOf } from './definitions.ts';
import type { Kernel } from './kernel.ts';
import { type Commit, commitsOf, decodeCommit, metaOf, stateAt } from './ledger.ts';
import type { CommitRecord, CounterMove, ProjectionStep, ViewStore } from './ports.ts';
import { aggregateNameOf, parseStream } from './stream.ts';
import { traceRow } from './trace.ts';

type Parts = Pick<Kernel, 'definitions' | 'ledger' | 'views'>;

/**
 * Brings the views up to this commit: rows of the state, counters of the events, the trace, exactly once.
 *
 * Right in any order and however often a commit is delivered: what was projected before is left alone, what was skipped
 * is read from the ledger and counted first.
 */
export async function project(kernel: Parts, record: CommitRecord): Promise<'projected' | 'known'> {
  // Mostly it is the next one: whether it is, the step itself finds out.
  if ((await kernel.views.apply(await stepOf(kernel, record))) === 'applied') return 'projected';
  for (;;) {
    const from = (await kernel.views.mark(record.stream))?.version ?? 0;
    if (from >= record.version) return 'known';
    let applied: 'applied' | 'moved' = 'applied';
    for await (const each of upTo(kernel, from, record)) {
      applied = await kernel.views.apply(await stepOf(kernel, each));
      if (applied === 'moved') break;
    }
    if (applied === 'applied') return 'projected';
  }
}

/** Commits after `from` up to this one: mostly this one alone. Throws where the ledger lacks one of them: no view can be brought past it. */
async function* upTo(kernel: Pick<Kernel, 'ledger'>, from: number, record: CommitRecord): AsyncGenerator<CommitRecord> {
  let next = from + 1;
  if (next === record.version) return yield record;
  for await (const each of commitsOf(kernel.ledger, record.stream, from)) {
    if (each.version > record.version) return;
    if (each.version !== next) break;
    yield each;
    next += 1;
  }
  if (next <= record.version) throw new Error(`the ledger lacks version ${next} of ${record.stream}`);
}

/** What one commit does to the views. */
export async function stepOf(kernel: Parts, record: CommitRecord): Promise<ProjectionStep> {
  const { aggregate, fingerprint } = aggregateOfStream(kernel.definitions, record.stream);
  return projectionOf(kernel, aggregate, decodeCommit(record), await stateAt<unknown>(kernel.ledger, aggregate, fingerprint, record));
}

/** What a commit does to the views; `state` is the stream's after it. */
export function projectionOf(kernel: Pick<Kernel, 'definitions'>, aggregate: AnyAggregate, commit: Commit, state: unknown): ProjectionStep {
  const { stream, version } = commit;
  const { key } = parseStream(stream);
  return {
    stream,
    from: version - 1,
    to: version,
    rows: aggregate.listings?.(state, key) ?? [],
    kept: traceRow(commit),
    counters: countersOf(kernel, aggregate, commit, key),
  };
}

function countersOf(kernel: Pick<Kernel, 'definitions'>, aggregate: AnyAggregate, commit: Commit, key: readonly string[]): readonly CounterMove[] {
  return commit.events.flatMap((event): readonly CounterMove[] => {
    const move = aggregate.counters?.[event.name];
    return move?.(upcast(eventOf(kernel.definitions, event.name), event.version, event.data), key, metaOf(commit, event)) ?? [];
  });
}

/**
 * A batch of the table's stream: each stream's commits in order, the streams side by side, at most `abreast` of them. Tells the index of the first
 * record that failed: the stream delivers it and what is behind it again. Afterwards the views say through which instant they are complete.
 */
export async function projectBatch(
  kernel: Parts & Pick<Kernel, 'log'>,
  records: readonly CommitRecord[],
  shard = '0',
  abreast = records.length,
): Promise<number | undefined> {
  const failed = await inStreams(records, abreast, async (record) => {
    try {
      await project(kernel, record);
    } catch (error) {
      kernel.log.warn('projection-failed', { aggregate: aggregateNameOf(record.stream).aggregate, error });
      return false;
    }
    return true;
  });
  const last = records[(failed ?? records.length) - 1];
  if (last) await advance(kernel.views, shard, last.recordedAt);
  return failed;
}

/** Does the work of each record, in a stream up to the first that fails; index of the first of all that failed. */
async function inStreams(records: readonly CommitRecord[], abreast: number, work: (record: CommitRecord) => Promise<boolean>): Promise<number | undefined> {
  const streams = Map.groupBy(records.keys(), (at) => records[at]?.stream).values();
  const failed: number[] = [];
  const worker = async () => {
    for (const stream of streams) {
      for (const at of stream) {
        if (await work(records[at] as CommitRecord)) continue;
        failed.push(at);
        break;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(abreast, records.length) }, worker));
  return failed.sort((one, other) => one - other)[0];
}

const PROGRESS = 'kernel/progress';

async function advance(views: ViewStore, shard: string, through: string): Promise<void> {
  for (;;) {
    const [mark, row] = await Promise.all([views.mark(`${PROGRESS}/${shard}`), views.row(PROGRESS, 'all', shard)]);
    if (row && String(row.item.through) >= through) return;
    const from = mark?.version ?? 0;
    const rows = [{ listing: PROGRESS, partition: 'all', sort: shard, item: { through } }];
    if ((await views.apply({ stream: `${PROGRESS}/${shard}`, from, to: from + 1, rows, counters: [] })) === 'applied') return;
  }
}

/** Shard of a rebuild that is under way: as long as it stands, the views are complete through no instant. */
const REBUILDING = 'rebuild';

async function rebuilding(views: ViewStore, underWay: boolean): Promise<void> {
  const stream = `${PROGRESS}/${REBUILDING}`;
  const rows = underWay ? [{ listing: PROGRESS, partition: 'all', sort: REBUILDING, item: { through: '' } }] : [];
  const from = (await views.mark(stream))?.version ?? 0;
  await views.apply({ stream, from, to: from + 1, rows, counters: [] });
}

/**
 * ISO instant through which every commit is known to be in the views; null before the first, and while they are rebuilt. A commit after it may be there
 * already.
 */
export async function projectedThrough(views: Pick<ViewStore, 'rows'>): Promise<string | null> {
  const { rows } = await views.rows(PROGRESS, 'all', { limit: 1000 });
  const through = rows.map(({ item }) => String(item.through)).sort();
  return through[0] || null;
}

export interface Rebuilding {
  /** Streams side by side. */
  readonly abreast?: number;
  /** Called when the views are empty; resolves when the feed no longer holds back any commit that is older than that. */
  readonly emptied?: () => Promise<void>;
}

/**
 * Rebuilds every view from the ledger, in the feed's order; returns how many commits were read. Right also while others project: what they bring into the
 * views before these are empty goes and is read again, and from then on the marks keep each commit from being counted twice. One that was interrupted
 * is begun anew.
 */
export async function rebuild(kernel: Parts, { abreast = 1, emptied = async () => {} }: Rebuilding = {}): Promise<number> {
  await kernel.views.clear();
  await rebuilding(kernel.views, true);
  await emptied();
  let count = 0;
  let through = '';
  for (let position: string | undefined; ; ) {
    const page = await kernel.ledger.feed(position, 500);
    await inStreams(page.records, abreast, async (record) => {
      await project(kernel, record);
      return true;
    });
    count += page.records.length;
    for (const { recordedAt } of page.records) if (recordedAt > through) through = recordedAt;
    if (page.end) break;
    position = page.position;
  }
  if (count > 0) await advance(kernel.views, '0', through);
  await rebuilding(kernel.views, false);
  return count;
}
