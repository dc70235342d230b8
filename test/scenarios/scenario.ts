import { readFileSync } from 'node:fs';
import { inProcessHost } from '../support/in-process-host.ts';
import { NotAScenario } from './parse-scenario.ts';
import { runScenario, ScenarioFailed } from './run-scenario.ts';
import { steps } from './steps/index.ts';

/** `node test/scenarios/scenario.ts <file>…`: tells each scenario in this process, step by step. Exit code 1 when one failed. Without a file: the sentences that there are. */
const files = process.argv.slice(2);
if (files.length === 0) {
  console.log('usage: node test/scenarios/scenario.ts <file.yaml>…\n');
  for (const { kind, says, takes } of steps) {
    const parameters = Object.keys(takes.shape);
    console.log(`${kind === 'act' ? '当  ' : '那么'} ${says}${parameters.length === 0 ? '' : `：${parameters.join('、')}`}`);
  }
}

for (const file of files) {
  console.log(`\n${file}`);
  try {
    const { title } = await runScenario(file, readFileSync(file, 'utf8'), {
      makeHost: (province) => inProcessHost(province),
      onStep: ({ keyword, sentence }, number, failure) =>
        console.log(`${failure === undefined ? '✓' : '✗'} ${String(number).padStart(2)} ${keyword} ${sentence}`),
    });
    console.log(`✓ ${title}`);
  } catch (error) {
    if (!(error instanceof ScenarioFailed || error instanceof NotAScenario)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
