import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { provinceCalled } from '../../infra/province.ts';
import { campaign, type Result } from './campaign.ts';
import type { HostProcess } from './host-process.ts';
import { openDynamoDb } from './open-dynamodb.ts';
import { openSqlite } from './open-sqlite.ts';

const USAGE = `npm run kill -- [--times N] [--seed S] [--dynamodb]
  --times     how often the host under load is killed (default 20)
  --seed      of the requests and of the moments (default: any)
  --dynamodb  the host on DynamoDB Local, which is killed with it`;

const options = {
  times: { type: 'string', default: '20' },
  seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
  dynamodb: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const { times, seed, dynamodb } = asked();
const data = mkdtempSync(join(tmpdir(), 'jianheng-kill-'));
let running: HostProcess | undefined;
process.once('SIGINT', () => {
  void (running?.kill() ?? Promise.resolve()).finally(() => {
    rmSync(data, { recursive: true, force: true });
    process.exit(130);
  });
});
console.log(`seed ${seed}, ${times} kills, data in ${data}`);
try {
  const [definitions, { name, code }] = await Promise.all([loadDefinitions(), provinceCalled('jiangxi')]);
  const result = await campaign({
    times,
    seed,
    province: name,
    dynamodb,
    data,
    open: async () => (dynamodb ? openDynamoDb(data, name, definitions) : openSqlite(data, `${code}0000`, definitions)),
    tell: (line) => console.log(line),
    started: (host) => {
      running = host;
    },
  });
  const faults = [...result.wrong, ...result.missing, ...result.doubled, ...result.broken];
  console.log(summary(result));
  if (faults.length > 0) fail(faults);
  else rmSync(data, { recursive: true, force: true });
} catch (error) {
  await running?.kill();
  fail([(error as Error).stack ?? String(error)]);
}

function summary({ kills, sent, accepted, again, repeated, commits, events, owed, missing, doubled, broken, wrong, seconds }: Result): string {
  return [
    `${times} kills (${kills.start} during start, ${kills.stop} during shutdown), ${dynamodb ? 'the database with the host, ' : ''}seed ${seed}, ${Math.round(seconds)} s`,
    `requests: ${sent} sent, ${accepted} accepted, ${again} sent again for want of an answer, ${repeated} sent once more in the end`,
    `ledger: ${commits} commits, ${events} events, ${owed} owed consequences`,
    `${missing.length} missing, ${doubled.length} doubled, ${broken.length} broken, ${wrong.length} wrong answers`,
  ].join('\n');
}

function fail(faults: readonly string[]): never {
  console.error(
    [
      ...faults.slice(0, 20).map((fault) => `✗ ${fault}`),
      `again: npm run kill -- --times ${times} --seed ${seed}${dynamodb ? ' --dynamodb' : ''}; the data are kept in ${data}`,
    ].join('\n'),
  );
  process.exit(1);
}

function asked(): { times: number; seed: number; dynamodb: boolean } {
  try {
    const { values } = parseArgs({ options });
    if (values.help) {
      console.log(USAGE);
      process.exit();
    }
    const whole = (name: 'times' | 'seed', least: number): number => {
      const value = Number(values[name]);
      if (!Number.isSafeInteger(value) || value < least) throw new TypeError(`--${name} takes a whole number from ${least}`);
      return value;
    };
    return { times: whole('times', 1), seed: whole('seed', 0), dynamodb: values.dynamodb };
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
}
