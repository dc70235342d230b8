import { describe, expect, test } from 'vitest';
import { AgencyListed } from '../../events/agencies.ts';
import { catalogue } from '../../events/catalogue.ts';
import { decodeCommit } from '../../functions/kernel/ledger.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { BUGS } from './bugs.ts';
import { DELIVERIES_BUGS } from './deliveries-bugs.ts';
import { FAULTS, type Fault } from './faults.ts';
import { INTERFERENCE_BUGS } from './interference-bugs.ts';
import { PROFICIENCY_BUGS } from './proficiency-bugs.ts';
import { type RunResult, run } from './run.ts';
import { shrink } from './shrink.ts';

const definitions = await loadDefinitions();
const COMMANDS = 40;

/** Seeds that CI plays; `npm run simulate` plays as many as it is told. */
const SEEDS = 60;
const CHUNK = 20;

describe('a province at work, with every fault', () => {
  const met = new Map<Fault, number>();
  const happened = new Set<string>();

  test.each(Array.from({ length: SEEDS / CHUNK }, (_, at) => [at * CHUNK + 1, (at + 1) * CHUNK]))('seeds %i to %i', { timeout: 300_000 }, async (from, to) => {
    for (let seed = from; seed <= to; seed += 1) {
      const { faults, world } = await run({ seed, definitions, commands: COMMANDS });
      for (const [fault, times] of world.met) met.set(fault, (met.get(fault) ?? 0) + times);
      for (const { events } of world.ledger.stream(0, Number.MAX_SAFE_INTEGER).map(decodeCommit)) for (const { name } of events) happened.add(name);
      expect(faults, `seed ${seed}: npm run simulate -- --seeds 1 --from ${seed} --commands ${COMMANDS}`).toEqual([]);
    }
  });

  test('every kind of fault befell it', () => {
    expect([...met.keys()].sort()).toEqual([...FAULTS].sort());
  });

  test.each(['commissions', 'deliveries', 'interference', 'notifications', 'proficiency', 'registry', 'sanctions'])(
    'every event of %s came about in it',
    (context) => {
      expect(catalogue.filter((event) => event.context === context && !happened.has(event.name)).map(({ name }) => name)).toEqual([]);
    },
  );

  test('whom a change of the roster concerns was listed in it', () => {
    expect(happened).toContain(AgencyListed.name);
  });
});

describe('what failed once and was mended', () => {
  test.each([
    [46, 'the answer to a report handed over by its own classification was lost, and the request sent again met a 403'],
    [453, 'the answer to a disclosure was lost, its report passed out of the officer’s hands, and the request sent again met a 404'],
    [1254, 'a finding was withdrawn, its order had not heard so, and its deadline passed'],
  ])('seed %i: %s', async (seed) => {
    expect((await run({ seed, definitions, commands: COMMANDS })).faults).toEqual([]);
  });
});

/** Bugs that show only in a rare history: the search of 200 seeds begins shortly before the seed that met one (65 and 148), so that CI does not play the quiet ones again. */
const SEARCH_FROM: Readonly<Record<string, number>> = { 'struck off although withdrawn': 60, 'restored for the wrong procedure': 145 };

describe('a planted bug is found within 200 seeds', () => {
  test.each(Object.entries({ ...BUGS, ...DELIVERIES_BUGS, ...INTERFERENCE_BUGS, ...PROFICIENCY_BUGS }))('%s', { timeout: 300_000 }, async (name, bug) => {
    const from = SEARCH_FROM[name] ?? 1;
    let found: number | undefined;
    for (let seed = from; seed < from + 200 && found === undefined; seed += 1) {
      const { faults } = await run({ seed, definitions, commands: COMMANDS, bug });
      if (faults.length > 0) found = seed;
    }
    expect(found, bug.means).toBeDefined();
  });
});

describe('a failing history', () => {
  test('is shrunk to the acts and the faults that matter, and still fails', { timeout: 300_000 }, async () => {
    const bug = BUGS['ladder off by one'];
    if (!bug) throw new Error('no such bug');
    const options = { seed: 1, definitions, commands: COMMANDS, bug };
    const first = await run(options);
    const { faults, only, result } = await shrink(options, first);
    expect(faults).toEqual([]);
    expect(only.length).toBeLessThan(first.acts.length / 3);
    expect(result.faults.length).toBeGreaterThan(0);
    const again: RunResult = await run({ ...options, faults, only: new Set(only) });
    expect(again.faults).toEqual(result.faults);
  });
});
