import { cloudEvent, upcast } from '../../events/event.ts';
import { dayOf } from './calendar.ts';
import { eventOf } from './definitions.ts';
import { callContext, execute, keyOf } from './execute.ts';
import type { Kernel } from './kernel.ts';
import { LIMITS } from './limits.ts';
import type { Json, Receipt } from './ports.ts';
import type { AnyReaction, HeardEvent } from './reaction.ts';
import { receiptOf } from './receipts.ts';
import { streamName } from './stream.ts';

/** What came of one event for one reaction: an outcome a target; empty where it owes nothing. */
export type Reacted = readonly { readonly stream: string; readonly outcome: 'done' | 'nothing' | 'refused' }[];

/** A target as the list keeps it. */
interface Target {
  readonly stream: string;
  readonly input: Json;
}

/**
 * Handles one message of a reaction's queue: the event decides commands, each exactly once, in any order, however often it is delivered.
 *
 * `detail` is the CloudEvent of the bus. Throws when the message is none, when it was written by newer code
 * ({@link UnknownVersion}), or when a port asks to wait: the message is then delivered again, or ends in the dead-letter queue.
 */
export async function react(kernel: Kernel, reaction: AnyReaction, detail: unknown): Promise<Reacted> {
  const event = cloudEvent.parse(detail);
  const name = event.type.split('.')[3] ?? '';
  const definition = eventOf(kernel.definitions, name);
  if (!reaction.hears.includes(definition)) throw new Error(`${reaction.name} does not hear ${name}`);
  if (!owes(reaction, event.time)) return [];
  const heard: HeardEvent = {
    id: event.id,
    name,
    data: definition.data.parse(upcast(definition, Number(event.type.split('.v').at(-1)), event.data)),
    stream: event.subject,
    version: Number(event.sequence),
    occurredOn: event.occurredon,
    recordedAt: event.time,
  };
  const cause = { eventId: event.id, correlationId: event.correlationid, depth: event.causationdepth + 1, occurredOn: event.occurredon };
  const named = namedTargets(kernel, reaction, heard);
  if (named.length > 0 && cause.depth > LIMITS.causation) throw new Error(`${reaction.name}: more than ${LIMITS.causation} steps from the first command`);

  const outcomes: { stream: string; outcome: 'done' | 'nothing' | 'refused' }[] = [];
  for (const { stream, input } of await targetsOf(kernel, reaction, event.id, named)) {
    const parsed = reaction.command.input.parse(input);
    const result = await execute(kernel, reaction.command, parsed, { actor: 'system', receipt: receiptOf.reaction(event.id, reaction.name, stream), cause });
    outcomes.push({ stream, outcome: result.outcome === 'refused' ? 'refused' : result.answer.events.length === 0 ? 'nothing' : 'done' });
  }
  return outcomes;
}

/** Events recorded before the day the reaction was introduced owe it nothing. */
export const owes = (reaction: AnyReaction, recordedAt: string): boolean => dayOf(Date.parse(recordedAt)) >= reaction.since;

function namedTargets(kernel: Kernel, reaction: AnyReaction, event: HeardEvent): readonly Target[] {
  const context = callContext(kernel, { actor: 'system', receipt: '' });
  const targets = reaction
    .targets(event)
    .map((input): Target => ({ stream: streamName(reaction.command.aggregate.name, keyOf(reaction.command, input, context)), input: input as Json }));
  if (new Set(targets.map(({ stream }) => stream)).size !== targets.length) throw new Error(`${reaction.name} names one stream twice`);
  return targets;
}

/**
 * One target is its own receipt; any other number is committed as a list first, so that a second delivery works off the same list,
 * also where the function names one target by now.
 */
async function targetsOf(kernel: Kernel, reaction: AnyReaction, eventId: string, targets: readonly Target[]): Promise<readonly Target[]> {
  const key = receiptOf.targets(eventId, reaction.name);
  if (targets.length === 1) return listOf(await kernel.ledger.receipt(key)) ?? targets;
  const written = await kernel.ledger.append({ receipts: [{ key, body: { targets: targets as unknown as Json } }], guards: [] });
  return written.ok ? targets : (listOf(await kernel.ledger.receipt(key)) ?? []);
}

const listOf = (receipt: Receipt | undefined) => (receipt?.body as { targets?: readonly Target[] } | undefined)?.targets;

/** Targets that an event's reaction still lacks a receipt for; `unplanned` where it has none at all. Read by the audit. */
export async function missingOf(kernel: Pick<Kernel, 'ledger'>, reaction: AnyReaction, eventId: string): Promise<readonly string[] | 'unplanned'> {
  const [list, done] = await Promise.all([
    kernel.ledger.receipt(receiptOf.targets(eventId, reaction.name)),
    kernel.ledger.receipts(receiptOf.ofReaction(eventId, reaction.name)),
  ]);
  if (!list) return done.length > 0 ? [] : 'unplanned';
  const had = new Set(done.map(({ key }) => key));
  return (listOf(list) ?? []).map(({ stream }) => stream).filter((stream) => !had.has(receiptOf.reaction(eventId, reaction.name, stream)));
}
