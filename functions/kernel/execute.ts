import { hash as digest } from 'node:crypto';
import type { AnyAggregate } from './aggregate.ts';
import { dayOf } from './calendar.ts';
import { canonicalJson } from './canonical-json.ts';
import type { AnyCommand, CallContext, DecideContext, Fact, OpenedEvent } from './command.ts';
import { conflict, type Decision, isRefusal, type Refusal } from './decision.ts';
import { aggregateOf, aggregateOfStream } from './definitions.ts';
import { outsideOf, takeDelegation } from './delegation.ts';
import { distinct, type FactRead, readFacts, readOnce } from './facts.ts';
import { type Actor, systemActor } from './identity.ts';
import type { Kernel } from './kernel.ts';
import {
  type Commit,
  type CommitActor,
  checkEventSizes,
  commitsOf,
  decodeCommit,
  encodeCommit,
  foldCommit,
  type Loaded,
  load,
  type StoredEvent,
} from './ledger.ts';
import { type Json, Throttled } from './ports.ts';
import { projectionOf } from './project.ts';
import { checkRights, checkRole, checkUnseen } from './rights.ts';
import { checkStep } from './store-limits.ts';
import { parseStream, streamName } from './stream.ts';

/** The first answer to a command, as its receipt keeps it. Nothing restricted is in it. */
export interface Answer {
  readonly stream: string;
  /** Version of the stream after the command. */
  readonly version: number;
  readonly events: readonly { readonly id: string; readonly type: string }[];
  readonly correlationId: string;
}

/** One call of a command. */
export interface Call {
  /** `system`: a reaction or a schedule, which no table of rights asks. */
  readonly actor: Actor | 'system';
  /** Makes the effect exactly-once. */
  readonly receipt: string;
  /** What brought it about; absent for an agency's command. */
  readonly cause?: { readonly eventId?: string; readonly correlationId?: string; readonly depth: number; readonly occurredOn?: string };
  /** The stream must stand at this version. */
  readonly ifMatch?: number;
  /** Id of the delegation that it is given under. */
  readonly delegation?: string;
  /** Imported history: causes nothing. */
  readonly history?: boolean;
}

export type Outcome =
  | { readonly outcome: 'done'; readonly answer: Answer; readonly known: boolean; readonly disclosed?: Json }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

/** What a receipt holds. `mac` is keyed, so that the body's few possible values cannot be tried out. */
export type ReceiptBody =
  | { readonly outcome: 'done' | 'nothing'; readonly mac: string; readonly answer: Answer }
  | { readonly outcome: 'refused'; readonly mac: string; readonly code: string };

const ATTEMPTS = 12;

/**
 * Decides a command and writes what follows, once: one read a stream, one write. A lost race is decided again;
 * a receipt that is there answers what it answered first.
 *
 * Throws {@link Throttled} when the race was lost too often or the store asks to wait, {@link LimitExceeded} before anything is written.
 */
export async function execute(kernel: Kernel, command: AnyCommand, input: unknown, call: Call): Promise<Outcome> {
  const mac = bodyMac(kernel, command, input, call);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const proposal = await unanswered(propose(kernel, command, input, call));
    if ('refusal' in proposal) {
      const kept = await settleRefusal(kernel, command, call, mac, proposal);
      if (kept) return kept;
      continue;
    }
    const disclosure = await disclose(kernel, command, input, proposal);
    const body: ReceiptBody = { outcome: proposal.commit ? 'done' : 'nothing', mac, answer: proposal.answer };
    const written = await kernel.ledger.append({
      ...(proposal.commit ? { commit: proposal.commit } : {}),
      receipts: [{ key: call.receipt, body: body as unknown as Json }],
      guards: [
        ...(proposal.commit ? [] : [{ stream: proposal.loaded.stream, version: proposal.loaded.version }]),
        ...proposal.reads.filter(({ guarded, stream }) => guarded && stream !== proposal.loaded.stream).map(({ stream, version }) => ({ stream, version })),
      ],
    });
    if (written.ok) return { outcome: 'done', answer: proposal.answer, known: false, ...disclosure };
    if (written.conflict === 'receipt') {
      const known = await answerOfReceipt(kernel, call, mac);
      if (known) return known.outcome === 'done' ? { ...known, ...disclosure } : known;
    }
  }
  throw new Throttled('lost the race too often');
}

/** What would be written, with everything that it rests on. */
export interface Proposal {
  /** Who acts, with the roles that it is decided by. */
  readonly actor: Call['actor'];
  readonly loaded: Loaded;
  readonly reads: readonly FactRead[];
  readonly commit: Parameters<Kernel['ledger']['append']>[0]['commit'];
  readonly answer: Answer;
  readonly facts: Record<string, Fact<unknown>>;
  readonly more: Record<string, Fact<unknown>>;
}

/** A refusal, and the stream and version it was decided at where one was read. */
interface Refused {
  readonly refusal: Refusal;
  readonly at?: { readonly stream: string; readonly version: number };
  /** By the table of rights, whatever the answer's kind. */
  readonly denied?: boolean;
}

/** Seals a restricted part at its place, under the stream's key. */
type Seal = (place: string, plain: Json) => Promise<string>;

/** A seal would make a data key, which no call that was answered before may leave behind. */
class AnsweredBefore extends Error {
  override readonly name = 'AnsweredBefore';
}

const unanswered = (proposal: Promise<Proposal | Refused>): Promise<Proposal | Refused> =>
  proposal.catch((error: unknown) => {
    if (error instanceof AnsweredBefore) return { refusal: conflict('already_answered', '此请求已经答复') };
    throw error;
  });

async function propose(kernel: Kernel, command: AnyCommand, input: unknown, call: Call): Promise<Proposal | Refused> {
  const { aggregate, fingerprint } = aggregateOf(kernel.definitions, command.aggregate.name);
  const reading = readOnce(kernel);
  const delegated = call.actor === 'system' || call.delegation === undefined ? undefined : await takeDelegation(reading, command, call.actor, call.delegation);
  if (isRefusal(delegated)) return { refusal: delegated };
  const actor = delegated?.actor ?? call.actor;
  const context = callContext(kernel, { actor, receipt: call.receipt });
  const stranger = actor === 'system' ? undefined : checkRole(command, { actor, province: kernel.province });
  if (stranger) return { refusal: stranger };
  const key = keyOf(command, input, context);
  const stream = streamName(aggregate.name, key);
  const [loaded, first] = await Promise.all([
    load<unknown>(reading.ledger, aggregate, fingerprint, stream),
    readFacts(reading, command.facts?.(input, context) ?? {}),
  ]);
  const at = { stream, version: loaded.version };
  const instant = kernel.clock.now();
  const now = new Date(instant).toISOString();
  const today = dayOf(instant);
  const lapsed = delegated && outsideOf(delegated, today);
  if (lapsed) return { refusal: lapsed };
  if (first.missing) return { refusal: first.missing, at };
  if (actor !== 'system') {
    const unseen = checkUnseen(command, { state: loaded.state, input, facts: first.facts, actor, province: kernel.province });
    if (unseen) return { refusal: unseen, denied: true };
  }
  const more = command.moreFacts
    ? await readFacts(reading, command.moreFacts({ input, state: loaded.state, facts: first.facts }, context))
    : { facts: {}, reads: [], missing: undefined };
  if (more.missing) return { refusal: more.missing, at };
  const facts: Record<string, Fact<unknown>> = first.facts;
  const further: Record<string, Fact<unknown>> = more.facts;
  const reads = distinct([...first.reads, ...more.reads, ...(delegated ? [delegated.read] : [])]);

  if (actor !== 'system') {
    const denied = checkRights(command, { state: loaded.state, input, facts: { ...facts, ...further }, actor, province: kernel.province });
    if (denied) return { refusal: denied, denied: true };
  }
  if (call.ifMatch !== undefined && call.ifMatch !== loaded.version) {
    return { refusal: conflict('stale_version', `内容已更新到第 ${loaded.version} 版，请重新读取后再提交`), at };
  }

  const occurredOn = command.occurredOn?.(input) ?? call.cause?.occurredOn ?? today;
  if (occurredOn > today && call.cause?.eventId === undefined) {
    return { refusal: { refused: 'rule', code: 'occurred_in_future', detail: '发生日期不能晚于今天', pointer: '/occurredOn' }, at };
  }
  const policy = kernel.policyFor(kernel.province, occurredOn);
  if (!policy.ok) {
    return { refusal: { refused: 'rule', code: 'no_rule_in_force', detail: `${occurredOn} 没有有效的规则`, pointer: '/occurredOn' }, at };
  }

  const decided: Decision = command.decide(loaded.state, input, {
    ...context,
    now,
    today,
    occurredOn,
    policy: policy.values,
    facts,
    more: further,
    key,
    opened: command.opens ? await openStream(kernel, stream) : [],
    version: loaded.version,
    unreachable: command.reaches && (await kernel.network.check(command.reaches(input))),
  } satisfies DecideContext);
  if (isRefusal(decided)) return { refusal: decided, at };

  const commandId = context.callId;
  const correlationId = call.cause?.correlationId ?? commandId;
  if (decided.length === 0) {
    return { actor, loaded, reads, commit: undefined, answer: { stream, version: loaded.version, events: [], correlationId }, facts, more: further };
  }
  const scope = scopeOf(aggregate, key);
  const seal: Seal = async (place, plain) =>
    kernel.keyRing.seal(scope, place, plain, async () => {
      if (await kernel.ledger.receipt(call.receipt)) throw new AnsweredBefore();
    });
  const events: StoredEvent[] = [];
  for (const [index, event] of decided.entries()) {
    const id = digest('sha256', `${commandId}|${index}`, 'hex').slice(0, 32);
    const data = event.definition.data.parse(event.data) as Record<string, unknown>;
    const restricted = event.restricted === undefined ? undefined : event.definition.restricted?.parse(event.restricted);
    const sealed = restricted === undefined ? undefined : await seal(id, restricted as Json);
    events.push({ id, name: event.name, version: event.definition.version, data, ...(sealed === undefined ? {} : { sealed }) });
  }
  const commit: Commit = {
    stream,
    version: loaded.version + 1,
    previous: loaded.hash,
    command: { name: command.name, id: commandId },
    actor: { ...(await commitActor(command, call, commandId, seal)), ...(delegated ? { onBehalfOf: delegated.onBehalfOf } : {}) },
    correlationId,
    ...(call.cause?.eventId === undefined ? {} : { causationId: call.cause.eventId }),
    depth: call.cause?.depth ?? 0,
    occurredOn,
    recordedAt: now,
    policy: policy.version,
    facts: reads,
    ...(call.history ? { history: true as const } : {}),
    events,
  };
  const encoded = encodeCommit(commit);
  checkEventSizes(commit, encoded.bytes);
  const state = foldCommit(aggregate, loaded.state, commit);
  checkStep(projectionOf(kernel, aggregate, commit, state));
  return {
    actor,
    loaded,
    reads,
    facts,
    more: further,
    commit: { stream, version: commit.version, ...encoded, alg: 'sha256', state: JSON.stringify(state), fingerprint, recordedAt: now },
    answer: { stream, version: commit.version, events: events.map(({ id, name }) => ({ id, type: name })), correlationId },
  };
}

export function callContext(kernel: Pick<Kernel, 'keyRing' | 'province'>, call: Pick<Call, 'actor' | 'receipt'>): CallContext {
  return {
    actor: call.actor === 'system' ? systemActor(kernel.province) : call.actor,
    pseudonym: (kind, value) => kernel.keyRing.pseudonym(kind, value),
    callId: kernel.keyRing.pseudonym('call', call.receipt),
    province: kernel.province,
  };
}

export function keyOf(command: AnyCommand, input: unknown, context: CallContext): readonly string[] {
  const key = command.key(input, context);
  return typeof key === 'string' ? [key] : key;
}

export const scopeOf = (aggregate: AnyAggregate, key: readonly string[]): string => aggregate.keyScope?.(key) ?? streamName(aggregate.name, key);

async function commitActor(command: AnyCommand, call: Call, commandId: string, seal: Seal): Promise<CommitActor> {
  if (call.actor === 'system') return { agency: 'system', kind: 'system', roles: ['system'] };
  const { agency, kind, roles, person } = call.actor;
  return command.sealsActor ? { agency, kind, roles, sealed: await seal(`${commandId}/actor`, person) } : { agency, kind, roles, person };
}

/** Two calls with one key are the same call only if command, input, person and delegation are the same. */
function bodyMac(kernel: Kernel, command: AnyCommand, input: unknown, { actor, ifMatch, delegation }: Call): string {
  const person = actor === 'system' ? 'system' : actor.person;
  return kernel.keyRing.pseudonym('body', canonicalJson([command.name, input, person, ifMatch ?? null, ...(delegation === undefined ? [] : [delegation])]));
}

async function answerOfReceipt(kernel: Kernel, call: Call, mac: string): Promise<Outcome | undefined> {
  const receipt = await kernel.ledger.receipt(call.receipt);
  if (!receipt) return undefined;
  const body = receipt.body as unknown as ReceiptBody;
  if (body.mac !== mac) return { outcome: 'refused', refusal: conflict('idempotency_key_reused', '此幂等键已用于另一内容的请求，请换用新的幂等键') };
  if (body.outcome === 'refused') return { outcome: 'refused', refusal: conflict(body.code, '此事项已处理，未产生后果') };
  return { outcome: 'done', answer: body.answer, known: true };
}

/**
 * A refusal is an answer only where the call was not accepted before: a repeated call gets its first answer, without what was disclosed then.
 * So does who has lost the right since, be it by this very call: it tells him what he was told. Whose role alone has no right, or who asks
 * for what is restricted, gets nothing. An agency may try again after a refusal; a reaction's refusal is its outcome, kept if the stream has not moved.
 */
async function settleRefusal(
  kernel: Kernel,
  command: AnyCommand,
  call: Call,
  mac: string,
  { refusal, at, denied = false }: Refused,
): Promise<Outcome | undefined> {
  if (denied ? command.discloses : refusal.refused === 'forbidden') return { outcome: 'refused', refusal };
  const known = await answerOfReceipt(kernel, call, mac);
  if (known && (!denied || known.outcome === 'done')) return known;
  if (call.cause?.eventId !== undefined) {
    const body: ReceiptBody = { outcome: 'refused', mac, code: refusal.code };
    const kept = await kernel.ledger.append({ receipts: [{ key: call.receipt, body: body as unknown as Json }], guards: at ? [at] : [] });
    if (!kept.ok) return undefined;
  }
  return { outcome: 'refused', refusal };
}

/** Opened before the write, told after it: what cannot be opened leaves no event that says it was. */
async function disclose(kernel: Kernel, command: AnyCommand, input: unknown, about: Proposal): Promise<{ disclosed?: Json }> {
  const { actor } = about;
  if (!command.discloses || actor === 'system') return {};
  const { facts, more, loaded } = about;
  const { state } = loaded;
  const streams = command.discloses.streams({ input, state, facts });
  const opened = (await Promise.all(streams.map((stream) => openStream(kernel, stream)))).flat();
  return { disclosed: command.discloses.answer(opened, { input, state, facts, more, actor }) };
}

/** Restricted parts of a stream's events, for who may decrypt. */
export async function openStream(kernel: Pick<Kernel, 'definitions' | 'ledger' | 'keyRing'>, stream: string): Promise<OpenedEvent[]> {
  const { aggregate } = aggregateOfStream(kernel.definitions, stream);
  const scope = scopeOf(aggregate, parseStream(stream).key);
  const opened: OpenedEvent[] = [];
  for await (const record of commitsOf(kernel.ledger, stream)) {
    const commit = decodeCommit(record);
    for (const event of commit.events) {
      if (event.sealed === undefined) continue;
      opened.push({ id: event.id, name: event.name, occurredOn: commit.occurredOn, restricted: await kernel.keyRing.open(scope, event.id, event.sealed) });
    }
  }
  return opened;
}
