import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routesOf } from '../../functions/kernel/http/routes.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { expectProblem } from './expect-problem.ts';
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

const ANY: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.double(),
  fc.constantFrom('', '\0', '//', '%2F', '..', '{}', '__proto__', -0, 1e308),
);

const depthFirst = (value: unknown): readonly (readonly (string | number)[])[] => {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, each]) => depthFirst(each).map((rest) => [Array.isArray(value) ? Number(key) : key, ...rest]))];
};

const replaced = (body: unknown, [first, ...rest]: readonly (string | number)[], value: unknown): unknown => {
  if (first === undefined) return value;
  if (Array.isArray(body)) return body.map((each, at) => (at === first ? replaced(each, rest, value) : each));
  return { ...(body as object), [first]: replaced((body as Record<string, unknown>)[first], rest, value) };
};

/** A valid body with a few of its parts replaced by anything. */
const mutated = (body: unknown): fc.Arbitrary<unknown> => {
  const paths = depthFirst(body);
  return fc.array(fc.tuple(fc.nat(paths.length - 1), ANY), { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce((changed: unknown, [at, value]) => {
      try {
        return replaced(changed, paths[at] ?? [], value);
      } catch {
        return changed;
      }
    }, body),
  );
};

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
      const texts = fc.oneof(
        fc.json({ maxDepth: 6 }),
        fc.string({ unit: 'binary', maxLength: 200 }),
        ANY.map((value) => JSON.stringify(value) ?? ''),
      );
      await fc.assert(
        fc.asyncProperty(texts, (text) => survives(name, text)),
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
