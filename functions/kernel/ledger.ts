import { hash as digest } from 'node:crypto';
import { type AnyEventDefinition, upcast } from '../../events/event.ts';
import type { AnyAggregate, EventMeta } from './aggregate.ts';
import { canonicalJson } from './canonical-json.ts';
import { LIMITS } from './limits.ts';
import { type CommitRecord, type LedgerStore, LimitExceeded } from './ports.ts';

/** An event as it stands in a commit. */
export interface StoredEvent {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly data: Record<string, unknown>;
  /** Restricted part, JWE bound to the event's id. */
  readonly sealed?: string;
}

/** Who acted, without anything that names a person in clear. */
export interface CommitActor {
  readonly agency: string;
  readonly kind: string;
  readonly roles: readonly string[];
  /** Keyed pseudonym; absent where who acted is itself restricted. */
  readonly person?: string;
  /** The pseudonym as JWE, where who acted is restricted. */
  readonly sealed?: string;
  /** 委托人, where it was decided under a delegation; `roles` are those that it was decided by. */
  readonly onBehalfOf?: { readonly person: string; readonly roles: readonly string[]; readonly delegation: string };
}

/** A commit (提交): what one decision wrote, and everything it rested on. */
export interface Commit {
  readonly stream: string;
  readonly version: number;
  /** Hash of the commit before; empty for the first. */
  readonly previous: string;
  readonly command: { readonly name: string; readonly id: string };
  readonly actor: CommitActor;
  readonly correlationId: string;
  /** The event this was decided for; absent where an agency's command or a schedule began it. */
  readonly causationId?: string;
  /** Steps from the first command. */
  readonly depth: number;
  /** Day of the fact (Asia/Shanghai). */
  readonly occurredOn: string;
  /** ISO instant. */
  readonly recordedAt: string;
  /** Version of the rules applied. */
  readonly policy: string;
  readonly facts: readonly { readonly stream: string; readonly version: number; readonly guarded: boolean }[];
  /** Imported history: facts that cause nothing. */
  readonly history?: true;
  readonly events: readonly StoredEvent[];
}

export function encodeCommit(commit: Commit): { bytes: Uint8Array; hash: string } {
  const bytes = Buffer.from(canonicalJson(commit), 'utf8');
  return { bytes, hash: digest('sha256', bytes, 'hex') };
}

export const decodeCommit = (record: Pick<CommitRecord, 'bytes'>): Commit => JSON.parse(textOf(record.bytes)) as Commit;

const textOf = ({ buffer, byteOffset, byteLength }: Uint8Array): string => Buffer.from(buffer, byteOffset, byteLength).toString('utf8');

/** Refuses an event beyond {@link LIMITS.event} before anything is written; `bytes` are those of its whole commit. */
export function checkEventSizes({ events }: Commit, bytes: Uint8Array): void {
  if (bytes.byteLength <= LIMITS.event) return;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event), 'utf8');
    if (size > LIMITS.event) throw new LimitExceeded(`event ${event.name}`, LIMITS.event, size);
  }
}

/** A stream at its newest commit. */
export interface Loaded<State = unknown> {
  readonly stream: string;
  /** 0 for a stream that has no commit. */
  readonly version: number;
  readonly hash: string;
  readonly state: State;
}

/** A commit's events on a state, older versions upcast. An event that the aggregate does not know is an error: the ledger is read whole or not at all. */
export function foldCommit<State>(aggregate: AnyAggregate, state: State, commit: Commit): State {
  let folded = state;
  for (const event of commit.events) {
    const definition = (aggregate.events as readonly AnyEventDefinition[]).find(({ name }) => name === event.name);
    const step = aggregate.evolve[event.name];
    if (!definition || !step) throw new Error(`${aggregate.name} does not know ${event.name}`);
    folded = step(folded, upcast(definition, event.version, event.data), metaOf(commit, event));
  }
  return folded;
}

export const metaOf = (commit: Commit, event: StoredEvent): EventMeta => ({
  id: event.id,
  version: commit.version,
  occurredOn: commit.occurredOn,
  recordedAt: commit.recordedAt,
});

/** All commits of a stream, a page at a time. */
export async function* commitsOf(store: Pick<LedgerStore, 'read'>, stream: string, after = 0): AsyncGenerator<CommitRecord> {
  for (let from = after; ; ) {
    const page = await store.read(stream, { after: from, limit: 500 });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < 500) return;
    from = last.version;
  }
}

/** State as of one record: the one kept beside it if the same code folded it, else folded again from the events. */
export async function stateAt<State>(store: Pick<LedgerStore, 'read'>, aggregate: AnyAggregate, fingerprint: string, record: CommitRecord): Promise<State> {
  if (record.fingerprint === fingerprint) return JSON.parse(record.state) as State;
  let state = aggregate.initial as State;
  for await (const each of commitsOf(store, record.stream)) {
    if (each.version > record.version) break;
    state = foldCommit(aggregate, state, decodeCommit(each));
  }
  return state;
}

/** One consistent read, newest first. */
export async function load<State>(
  store: Pick<LedgerStore, 'head' | 'read'>,
  aggregate: AnyAggregate,
  fingerprint: string,
  stream: string,
): Promise<Loaded<State>> {
  const head = await store.head(stream);
  if (!head) return { stream, version: 0, hash: '', state: aggregate.initial as State };
  return { stream, version: head.version, hash: head.hash, state: await stateAt<State>(store, aggregate, fingerprint, head) };
}

/** Why a chain does not hold, with the first version at which it does not. */
export interface ChainFault {
  readonly stream: string;
  readonly version: number;
  readonly fault: 'gap' | 'hash' | 'previous' | 'place';
}

/** Whether every commit is the one that was written and stands on the one before. */
export async function verifyChain(store: Pick<LedgerStore, 'read'>, stream: string): Promise<ChainFault | undefined> {
  let version = 0;
  let previous = '';
  for await (const record of commitsOf(store, stream)) {
    version += 1;
    const fault = faultOf(record, { stream, version, previous });
    if (fault) return { stream, version, fault };
    previous = record.hash;
  }
  return undefined;
}

/** The hash first: bytes that were altered may be no commit at all. */
function faultOf(record: CommitRecord, expected: { stream: string; version: number; previous: string }): ChainFault['fault'] | undefined {
  if (record.version !== expected.version) return 'gap';
  if (digest('sha256', record.bytes, 'hex') !== record.hash) return 'hash';
  const { previous, stream, version } = decodeCommit(record);
  if (previous !== expected.previous) return 'previous';
  return stream !== expected.stream || version !== expected.version ? 'place' : undefined;
}
