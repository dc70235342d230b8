import { expect, test } from 'vitest';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { digestOf } from './digest.ts';
import { run } from './run.ts';

const definitions = await loadDefinitions();
const digest = async (seed: number) => digestOf((await run({ seed, definitions, commands: 30 })).world);

test.each([1, 2, 3])('seed %i gives the same history again, alone and while another run is under way', async (seed) => {
  const alone = await digest(seed);
  expect(await Promise.all([digest(seed), digest(seed + 100), digest(seed)])).toEqual([alone, expect.not.stringContaining(alone), alone]);
});
