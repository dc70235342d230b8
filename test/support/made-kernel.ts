import type { AnyCommand } from '../../functions/kernel/command.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { type Answer, execute, type Outcome } from '../../functions/kernel/execute.ts';
import { type Actor, actorFrom, ROLES_OF } from '../../functions/kernel/identity.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { type Commit, decodeCommit } from '../../functions/kernel/ledger.ts';
import type { Append, LedgerStore } from '../../functions/kernel/ports.ts';
import { toCloudEvent } from '../../functions/kernel/publish.ts';
import { receiptOf } from '../../functions/kernel/receipts.ts';
import { type KeyRights, makeKeyRing } from '../../functions/kernel/seal.ts';
import { MemoryLedgerStore, MemoryViewStore } from '../simulation/memory-store.ts';
import { InProcessApi } from './api.ts';
import { MASTER, makeStore } from './key-ring.ts';
import { buildShelf, MADE } from './made-context.ts';
import { Province, SetClock } from './province.ts';

const claims = (agency: string, kind: Actor['kind'], roles: readonly string[], person: string, division = '360000') => ({
  agency,
  kind,
  division,
  person,
  roles,
});

/** Claims of made people, by the name that a test calls them by; as a token it is the `authorization` header. */
export const PEOPLE = {
  officer: claims('made-bureau', 'justice-bureau', ['officer'], 'made-up-officer'),
  leader: claims('made-bureau', 'justice-bureau', ['leader'], 'made-up-leader'),
  operator: claims('made-bureau', 'justice-bureau', ['operator'], 'made-up-operator'),
  namesake: claims('made-bureau', 'ministry', ['operator'], 'made-up-operator'),
  colleague: claims('made-bureau', 'justice-bureau', ['officer'], 'made-up-colleague'),
  neighbour: claims('made-near-bureau', 'justice-bureau', ['officer'], 'made-up-neighbour'),
  stranger: claims('made-far-bureau', 'justice-bureau', ['officer'], 'made-up-stranger', '310000'),
  appraiser: claims('made-institution', 'institution', ['appraiser'], 'made-up-appraiser'),
  clerk: claims('made-court', 'court', ROLES_OF.court, 'made-up-clerk'),
} as const;
export type PersonName = keyof typeof PEOPLE;

export interface MadeOptions {
  readonly definitions?: Definitions;
  /** Default: 10:00 in Shanghai on a working day. */
  readonly now?: string;
  readonly may?: KeyRights;
  readonly policyFor?: Kernel['policyFor'];
  /** Beside the memory store: what SQLite or a faulty store puts in its place. */
  readonly ledger?: LedgerStore;
}

export interface RunOptions {
  readonly as?: PersonName;
  readonly key?: string;
  readonly ifMatch?: number;
  readonly delegation?: string;
  readonly history?: boolean;
}

/** A kernel on memory stores that tells which ports were called; the made context on it has a shelf called `a`. */
export async function setUpMade(options: MadeOptions = {}) {
  const clock = new SetClock(options.now ?? '2026-03-04T02:00:00.000Z');
  const ledger = options.ledger ?? new MemoryLedgerStore();
  const views = new MemoryViewStore();
  const dataKeys = makeStore();
  const calls: string[] = [];
  const rivals: ((write: Append) => Promise<unknown>)[] = [];
  const watched = watch(ledger, calls, rivals);
  const keyRing = makeKeyRing({ dataKeys: dataKeys.dataKeys, master: MASTER, clock, ...(options.may ? { may: options.may } : {}) });
  const province = new Province({
    definitions: options.definitions ?? MADE,
    ledger: watched,
    views,
    keyRing,
    clock,
    ...(options.policyFor ? { policyFor: options.policyFor } : {}),
  });
  const { kernel } = province;
  const actor = (name: PersonName): Actor => actorFrom(PEOPLE[name], keyRing) as Actor;
  let keys = 0;
  const run = (command: AnyCommand, input: unknown, { as = 'officer', key, ...call }: RunOptions = {}): Promise<Outcome> => {
    keys += 1;
    const who = actor(as);
    return execute(kernel, command, command.input.parse(input), { actor: who, receipt: receiptOf.command(keyRing, who, key ?? `key-${keys}`), ...call });
  };
  const commits = async (stream?: string): Promise<Commit[]> => {
    const { records } = await ledger.feed(undefined, 100_000);
    return records.map(decodeCommit).filter((commit) => stream === undefined || commit.stream === stream);
  };
  const made = {
    kernel,
    province,
    clock,
    ledger,
    views,
    dataKeys,
    keyRing,
    /** Ports called since it was emptied, such as `head made/box/1`. */
    calls,
    /** Each runs once, ahead of the next append: the rival that is faster. */
    rivals,
    actor,
    run,
    commits,
    /** As {@link run}, of a command that must be accepted. */
    done: async (command: AnyCommand, input: unknown, call: RunOptions = {}): Promise<Answer> => accepted(await run(command, input, call)),
    api: new InProcessApi(kernel, async (authorization) => {
      const found = PEOPLE[authorization as PersonName];
      return found ? { ok: true, claims: found } : { ok: false, code: 'missing_token' };
    }),
    /** CloudEvent of a stream's commit, as the bus carries it. */
    heard: async (stream: string, version = 1, at = 0): Promise<Record<string, unknown>> => {
      const commit = (await commits(stream)).find((each) => each.version === version) as Commit;
      return toCloudEvent(kernel.province, commit, commit.events[at] as Commit['events'][number]);
    },
    /** Everything that any store holds. */
    snapshot: () => snapshotOf(ledger as MemoryLedgerStore, views, dataKeys.entries),
  };
  if (kernel.definitions.commands.has(buildShelf.name)) await made.done(buildShelf, { shelf: 'a' });
  calls.length = 0;
  return made;
}

export type Made = Awaited<ReturnType<typeof setUpMade>>;

export function accepted(outcome: Outcome): Answer {
  if (outcome.outcome !== 'done') throw new Error(`refused: ${outcome.refusal.code}`);
  return outcome.answer;
}

export function refusal(outcome: Outcome) {
  if (outcome.outcome !== 'refused') throw new Error('it was accepted');
  return outcome.refusal;
}

/** POST of a made command. */
export const post = (made: Pick<Made, 'api'>, path: string, body: unknown, headers: Record<string, string> = {}, query = '') =>
  made.api.request({ method: 'POST', path: `/v1/made/${path}`, body, query, headers: { authorization: 'officer', 'idempotency-key': 'k', ...headers } });

function watch(ledger: LedgerStore, calls: string[], rivals: ((write: Append) => Promise<unknown>)[]): LedgerStore {
  return {
    head: (stream) => {
      calls.push(`head ${stream}`);
      return ledger.head(stream);
    },
    read: (stream, options) => {
      calls.push(`read ${stream}`);
      return ledger.read(stream, options);
    },
    append: async (write) => {
      calls.push(`append ${write.commit?.stream ?? '-'}`);
      await rivals.shift()?.(write);
      return ledger.append(write);
    },
    receipt: (key) => {
      calls.push('receipt');
      return ledger.receipt(key);
    },
    receipts: (prefix) => {
      calls.push('receipts');
      return ledger.receipts(prefix);
    },
    feed: (position, limit) => ledger.feed(position, limit),
    feedFrom: (day) => ledger.feedFrom(day),
  };
}

const snapshotOf = (ledger: MemoryLedgerStore, views: MemoryViewStore, keys: ReadonlyMap<string, unknown>) => ({
  ledger: ledger.stream(0, Number.MAX_SAFE_INTEGER).map((record) => ({ ...record, bytes: Buffer.from(record.bytes).toString('utf8') })),
  receipts: ledger.allReceipts(),
  rows: views.allRows(),
  counters: views.allCounters(),
  dataKeys: [...keys],
});
