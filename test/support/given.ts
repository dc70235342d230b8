import { hash } from 'node:crypto';
import { expect } from 'vitest';
import type { NewEvent } from '../../events/event.ts';
import type { AnyAggregate, EventMeta } from '../../functions/kernel/aggregate.ts';
import type { AnyCommand, DecideContext, Fact, OpenedEvent } from '../../functions/kernel/command.ts';
import { type Decision, isRefusal, type Refusal } from '../../functions/kernel/decision.ts';
import type { Actor } from '../../functions/kernel/identity.ts';
import type { AddressFault, CounterMove, ListingRow } from '../../functions/kernel/ports.ts';
import { checkRights } from '../../functions/kernel/rights.ts';
import { policyFor } from '../../functions/policy/index.ts';
import type { Policy } from '../../functions/policy/policy.ts';

/** A made day, a Tuesday on which nothing special is. */
export const TODAY = '2026-03-10';
export const PROVINCE = '310000';
/** Id of the call. */
export const CALL = 'ca11'.padEnd(32, '0');

/** Id of an event that a test stream wrote, by its version and its place in the commit. */
export const eventId = (version: number, index = 0): string => hash('sha256', `${version}-${index}`).slice(0, 32);

/** A fact as a rule sees it. */
export const fact = <T>(state: T, version = 1): Fact<T> => ({ state, version });

/** What a test says of the world; the rest stands as usual. Without an actor the system decides, whom no table of rights asks. */
export interface Circumstances {
  readonly actor?: Actor;
  readonly today?: string;
  readonly occurredOn?: string;
  /** The rules, where they are not those of {@link PROVINCE} on the day. */
  readonly policy?: Policy;
  readonly facts?: Readonly<Record<string, Fact<unknown>>>;
  readonly more?: Readonly<Record<string, Fact<unknown>>>;
  /** Restricted parts of the stream, for a command that opens them. */
  readonly opened?: readonly OpenedEvent[];
  /** What stands against an address that the command reaches. */
  readonly unreachable?: AddressFault;
}

const SYSTEM: Actor = { agency: 'system', kind: 'justice-bureau', division: '000000', person: 'system', roles: ['system'] };

/** An event as it would be written: its open part checked and completed. */
export const written = (event: NewEvent) => ({ name: event.name, data: event.definition.data.parse(event.data) as Record<string, unknown> });
export type Written = ReturnType<typeof written>;

/** One stream in memory: decides and folds by the definitions alone, without a port. */
export interface TestStream {
  /** Decides and writes; returns what was decided. */
  readonly decide: (command: AnyCommand, input: unknown, circumstances?: Circumstances) => Decision;
  readonly write: (...events: readonly NewEvent[]) => void;
  readonly state: () => unknown;
  readonly events: () => readonly Written[];
  readonly rows: () => readonly ListingRow[];
  /** Sums by counter, without those that are nought. */
  readonly counters: () => Readonly<Record<string, number>>;
}

export function streamOf(aggregate: AnyAggregate, key: readonly string[] = ['key']): TestStream {
  let state: unknown = aggregate.initial;
  let version = 0;
  const events: Written[] = [];
  const moves: CounterMove[] = [];
  const write = (...added: readonly NewEvent[]): void => {
    if (added.length === 0) return;
    version += 1;
    for (const [index, event] of added.entries()) {
      const { name, data } = written(event);
      const meta: EventMeta = { id: eventId(version, index), version, occurredOn: TODAY, recordedAt: `${TODAY}T01:00:00.000Z` };
      const step = aggregate.evolve[name];
      if (!step) throw new Error(`${aggregate.name} does not know ${name}`);
      state = structuredClone(step(state, data, meta));
      moves.push(...(aggregate.counters?.[name]?.(data, key, meta) ?? []));
      events.push({ name, data });
    }
  };
  return {
    write,
    decide: (command, input, circumstances = {}) => {
      const decision = decided(command, state, version, input, circumstances);
      if (!isRefusal(decision)) write(...decision);
      return decision;
    },
    state: () => state,
    events: () => events,
    rows: () => aggregate.listings?.(state, key) ?? [],
    counters: () => {
      const sums = new Map<string, number>();
      for (const { counter, by } of moves) sums.set(counter, (sums.get(counter) ?? 0) + by);
      return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0));
    },
  };
}

function decided(command: AnyCommand, state: unknown, version: number, input: unknown, circumstances: Circumstances): Decision {
  const { today = TODAY, occurredOn = today, facts = {}, more = {}, opened = [], actor = SYSTEM } = circumstances;
  const parsed: unknown = command.input.parse(input);
  // Who acts is of this province.
  const province = actor === SYSTEM ? PROVINCE : `${actor.division.slice(0, 2)}0000`;
  const call = { actor, province, callId: CALL, pseudonym: (kind: string, value: string) => hash('sha256', `${kind}:${value}`).slice(0, 32) };
  const denied = actor === SYSTEM ? undefined : checkRights(command, { state, input: parsed, facts: { ...facts, ...more }, actor, province });
  if (denied) return denied;
  const policy = policyFor(PROVINCE, occurredOn);
  if (!policy.ok) throw new Error(policy.detail);
  const named = command.key(parsed, call);
  const key = typeof named === 'string' ? [named] : named;
  return command.decide(state, parsed, {
    ...call,
    now: `${today}T01:00:00.000Z`,
    today,
    occurredOn,
    policy: circumstances.policy ?? policy.values,
    facts,
    more,
    key,
    opened,
    version,
    unreachable: circumstances.unreachable,
  } satisfies DecideContext);
}

/** given … when … then on pure functions: events that stand, a command, what it decides. */
export const given = (aggregate: AnyAggregate, ...events: readonly NewEvent[]) => ({
  when: (command: AnyCommand, input: unknown, circumstances: Circumstances = {}) => {
    const stream = streamOf(aggregate);
    for (const event of events) stream.write(event);
    const decision = stream.decide(command, input, circumstances);
    const outcome = {
      decision,
      stream,
      thenEvents: (...expected: readonly NewEvent[]) => {
        expect(isRefusal(decision) ? decision : decision.map(written)).toEqual(expected.map(written));
        return outcome;
      },
      thenNothing: () => outcome.thenEvents(),
      thenRefused: (expected: Partial<Refusal>) => {
        expect(decision).toMatchObject(expected);
        return outcome;
      },
      thenState: (expected: unknown) => {
        expect(stream.state()).toEqual(expected);
        return outcome;
      },
    };
    return outcome;
  },
});
