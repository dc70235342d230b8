import { join } from 'node:path';
import { aggregateOf, type Definitions } from '../../functions/kernel/definitions.ts';
import { type Commit, decodeCommit, encodeCommit, foldCommit, load } from '../../functions/kernel/ledger.ts';
import type { CommitRecord, LedgerStore } from '../../functions/kernel/ports.ts';
import { type BenchProvince, benchFolder, openBenchProvince, recordOf } from './bench-province.ts';
import { type Effort, inRounds, type Line, lineOf, perCall } from './rounds.ts';

const AGGREGATE = 'sanctions/ladder';

/**
 * A ladder of so many findings, one a commit: loaded from SQLite with the state beside the head (one read), loaded by folding every event
 * because other code folded that state, and folded from commits that are in memory already.
 */
export async function measureFold(definitions: Definitions, { seconds, rounds, events }: Effort): Promise<readonly Line[]> {
  const folder = benchFolder();
  const province = await openBenchProvince(definitions, join(folder.path, 'fold.sqlite'));
  const { aggregate, fingerprint } = aggregateOf(definitions, AGGREGATE);
  try {
    const { kernel } = province;
    const { stream, commits } = await grow(province, definitions, events);
    const samples = await inRounds(rounds, async () => ({
      head: await perCall(seconds, () => load(kernel.ledger, aggregate, fingerprint, stream)),
      whole: await perCall(seconds, () => load(kernel.ledger, aggregate, `not ${fingerprint}`, stream)),
      memory: await perCall(seconds, () => commits.reduce((state, commit) => foldCommit(aggregate, state, commit), aggregate.initial)),
    }));
    const line = (name: string, unit: Line['unit'], value: (sample: (typeof samples)[number]) => number) => lineOf(`fold/${name}`, unit, samples.map(value));
    return [
      line('state-beside-the-head', 'µs', ({ head = 0 }) => head),
      line('every-event/total', 'ms', ({ whole = 0 }) => whole / 1000),
      line('every-event/per-event', 'µs', ({ whole = 0 }) => whole / events),
      line('in-memory/total', 'ms', ({ memory = 0 }) => memory / 1000),
      line('in-memory/per-event', 'µs', ({ memory = 0 }) => memory / events),
    ];
  } finally {
    province.close();
    folder.remove();
  }
}

/** One finding of the province's officer, repeated under further names until the stream has so many. */
async function grow(province: BenchProvince, definitions: Definitions, events: number): Promise<{ stream: string; commits: readonly Commit[] }> {
  const { kernel, institution, licences } = province;
  const { aggregate, fingerprint } = aggregateOf(definitions, AGGREGATE);
  const first = await recordOf(province, {
    command: 'sanctions/find-breach',
    claims: { agency: 'made-city-bureau', kind: 'justice-bureau', division: '360800', person: 'made-officer', roles: ['officer'] },
    input: {
      subject: { kind: 'appraiser', id: kernel.keyRing.pseudonym('person', licences[0] ?? '') },
      institution,
      breach: 'did-not-record',
      acts: 1,
      account: '虚构认定',
    },
  });
  const commits = [decodeCommit(first)];
  let state = JSON.parse(first.state) as unknown;
  let previous = first.hash;
  const appends: ReturnType<LedgerStore['append']>[] = [];
  while (commits.length < events) {
    const commit = successor(commits[0] as Commit, commits.length + 1, previous);
    commits.push(commit);
    state = foldCommit(aggregate, state, commit);
    const record: CommitRecord = { ...first, ...encodeCommit(commit), version: commit.version, state: JSON.stringify(state), fingerprint };
    previous = record.hash;
    appends.push(kernel.ledger.append({ commit: record, receipts: [], guards: [] }));
  }
  if ((await Promise.all(appends)).some(({ ok }) => !ok)) throw new Error('the stream did not grow');
  return { stream: first.stream, commits };
}

function successor(first: Commit, version: number, previous: string): Commit {
  const name = version.toString(16).padStart(32, '0');
  return { ...first, version, previous, events: first.events.map((event) => ({ ...event, id: name, data: { ...event.data, finding: name } })) };
}
