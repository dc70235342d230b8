import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { run } from './run.ts';

const definitions = await loadDefinitions();
const [from = '1', to = '1', commands = '40', ...faults] = process.argv.slice(2);
const began = performance.now();
for (let seed = Number(from); seed <= Number(to); seed += 1) {
  const result = await run({
    seed,
    definitions,
    commands: Number(commands),
    ...(faults.length ? { faults: faults[0] === 'none' ? [] : (faults as never) } : {}),
  });
  console.log(
    seed,
    result.acts.length,
    'acts',
    result.accepted,
    'accepted',
    result.commits,
    'commits',
    result.steps,
    'steps',
    result.faults.join('\n').slice(0, 3000),
  );
}
console.log(Math.round(performance.now() - began), 'ms');
