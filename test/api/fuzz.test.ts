import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routesOf } from '../../functions/kernel/http/routes.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { expectProblem } from './expect-problem.ts';
import { anything, mutated } from './fuzz.ts';
import { HOSTS } from './made-hosts.ts';
import { ACTORS, type MadeProvince, madeProvince, playSlice } from './made-province.ts';
import { type Sample, samplesOf } from './samples.ts';

const SEED = 20200701;
const RUNS = 30;

const definitions = await loadDefinitions();
const commands = routesOf(definitions).flatMap((route) => ('command' in route ? [route.command] : []));

let made: MadeProvince;
let samples: Readonly<Record<string, Sample>>;
let before: string;
let keys = 0;

/** Never a 5xx; and what was answered with a 4xx has left nothing behind. */
async function survives(name: string, body: string): Promise<void> {
  keys += 1;
  const { who } = samples[name] as Sample;
  const headers = { authorization: `Bearer ${await made.host.token(ACTORS[who])}`, 'idempotency-key': `fuzz-${keys}`, 'content-type': 'application/json' };
  const answer = await made.request({ method: 'POST', path: `/v1/${name}`, headers, body });
  const after = made.everything();
  if (answer.status < 300) expect(definitions.commands.get(name)?.input.safeParse(JSON.parse(body)).success).toBe(true);
  else {
    expectProblem(answer);
    expect(after === before, `${answer.status} ${answer.body.code}, and something was written`).toBe(true);
  }
  before = after;
}

describe.each(HOSTS)('%s', (_, makeHost) => {
  beforeAll(async () => {
    made = await madeProvince(makeHost);
    samples = samplesOf(await playSlice(made));
    before = made.everything();
  });
  afterAll(() => made.close());

  describe.each(commands.map(({ name }) => name))('%s', (name) => {
    test('takes any text without a 5xx, and writes nothing that it refuses', async () => {
      await fc.assert(
        fc.asyncProperty(anything, (text) => survives(name, text)),
        { seed: SEED, numRuns: RUNS },
      );
    });

    test('takes a valid body with anything in some of its fields without a 5xx, and writes nothing that it refuses', async () => {
      const { body } = samples[name] as Sample;
      await fc.assert(
        fc.asyncProperty(mutated(body), (changed) => survives(name, JSON.stringify(changed) ?? '')),
        { seed: SEED + 1, numRuns: RUNS },
      );
    });
  });
});
