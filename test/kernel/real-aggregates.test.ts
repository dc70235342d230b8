import { describe, expect, test } from 'vitest';
import { type AnyEventDefinition, upcast } from '../../events/event.ts';
import { BreachFound, breach } from '../../events/sanctions.ts';
import signRow from '../../functions/interference/commands/sign-row.ts';
import { MOST_ROWS, record } from '../../functions/interference/record.ts';
import { foldCommit } from '../../functions/kernel/ledger.ts';
import { LIMITS } from '../../functions/kernel/limits.ts';
import { countsTowardsStepTwo } from '../../functions/sanctions/breaches.ts';
import { counted, STEP_TWO } from '../../functions/sanctions/ladder.ts';
import { type SubjectState, subjectLadder } from '../../functions/sanctions/subject.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { fileOf, type Golden, readGolden } from '../events/golden.ts';

const definitions = await loadDefinitions();
const AGE = 10_000;
const id = (at: number) => at.toString(16).padStart(32, '0');

const goldens = new Map<string, Golden>();

/** A golden example under ids of its own. */
function exampleAt(event: AnyEventDefinition, at: number): Record<string, unknown> {
  const golden = goldens.get(event.name) ?? readGolden(fileOf(event.name, event.version));
  goldens.set(event.name, golden);
  const fresh = JSON.stringify(golden.data.example).replace(/[0-9a-f]{32}/g, id(at));
  return upcast(event, event.version, JSON.parse(fresh));
}

const stored = (event: AnyEventDefinition, at: number) => ({ id: id(at), name: event.name, version: event.version, data: exampleAt(event, at) });
const sizeOf = (state: unknown) => Buffer.byteLength(JSON.stringify(state));

/** Aggregates that hold a list, and the command that refuses to let it grow further. */
const REFUSED_BEYOND: ReadonlyMap<string, string> = new Map([[record.name, signRow.name]]);

describe(`a state takes ${LIMITS.state} bytes at any age`, () => {
  const growing = [...definitions.aggregates.values()].filter(({ name }) => !REFUSED_BEYOND.has(name));

  test.each(growing.map((each) => [each.name, each] as const))(`%s after ${AGE} events of each kind, in turn and each by itself`, (_, aggregate) => {
    const events = aggregate.events as readonly AnyEventDefinition[];
    for (const kinds of [events, ...events.map((event) => [event])]) {
      const examples = kinds.map((event) => stored(event, 0));
      let state = aggregate.initial as unknown;
      let largest = 0;
      for (let at = 1; at <= AGE; at += 1) {
        const each = examples.map((event) => ({ ...event, id: id(at), data: JSON.parse(JSON.stringify(event.data).replaceAll(id(0), id(at))) }));
        state = foldCommit(aggregate, state, { events: each, version: at, occurredOn: '2026-03-02', recordedAt: '2026-03-02T01:00:00.000Z' } as never);
        if (at % 500 === 0) largest = Math.max(largest, sizeOf(state));
      }
      expect(largest, kinds.map(({ name }) => name).join()).toBeLessThanOrEqual(LIMITS.state);
    }
  });
});

describe(`sanctions/ladder after ${AGE} findings`, () => {
  const subjects = [
    { kind: 'appraiser', id: id(1) },
    { kind: 'institution', id: 'x'.repeat(64), role: 'head' },
  ] as const;

  test.each(breach.options)('of %s holds what the next decision needs, and no more', (each) => {
    for (const subject of subjects) {
      const found = BreachFound.data.parse({ ...exampleAt(BreachFound, 0), subject, breach: each, acts: 100, measures: STEP_TWO, threshold: 2 });
      let state: SubjectState = subjectLadder.initial;
      for (let at = 1; at <= AGE; at += 1) {
        state = subjectLadder.evolve.BreachFound(state, { ...found, finding: id(at) }, {} as never);
      }
      expect(sizeOf(state)).toBeLessThanOrEqual(LIMITS.state);
      const count = countsTowardsStepTwo(each, subject);
      if (count) expect(counted(state.counts, count)).toBe(AGE * 100);
      else expect(state.uncounted.at(-1)).toBe(id(AGE));
    }
  });
});

describe('a list that must be whole is refused further lines', () => {
  const [RecordRowSigned] = record.events;
  const row = (at: number) => ({ ...RecordRowSigned.data.parse(exampleAt(RecordRowSigned, at)), case: '案'.repeat(80), institution: 'x'.repeat(64) });
  const stateOf = (rows: number) => {
    let state = record.initial;
    for (let at = 0; at < rows; at += 1) state = record.evolve.RecordRowSigned(state, row(at), {} as never);
    return state;
  };
  const decide = (rows: number) => signRow.decide(stateOf(rows), { case: 'c', content: { answer: 'none' } }, context);
  const context = {
    facts: { case: { state: { case: 'c', institution: 'i', commissioner: { kind: 'person' }, appraisers: [] }, version: 1, eventsSince: [] } },
    actor: { person: id(1) },
    callId: id(2),
    occurredOn: '2026-03-02',
  } as never as Parameters<typeof signRow.decide>[2];

  test(`interference/record takes ${MOST_ROWS} rows, which fit, and not one more`, () => {
    expect(sizeOf(stateOf(MOST_ROWS))).toBeLessThanOrEqual(LIMITS.state);
    expect(decide(MOST_ROWS - 1)).toHaveLength(1);
    expect(decide(MOST_ROWS)).toMatchObject({ refused: 'rule', code: 'record_full' });
  });

  test('each of them is an aggregate with such a command', () => {
    for (const [aggregate, command] of REFUSED_BEYOND) expect(definitions.commands.get(command)?.aggregate.name).toBe(aggregate);
  });
});
