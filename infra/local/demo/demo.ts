import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openHost, reasonOf } from '../open-host.ts';
import { clientOf } from './client.ts';
import { play } from './play.ts';
import { report } from './report.ts';
import { setting } from './setting.ts';
import { story } from './story.ts';

/** `npm run demo`: plays the story on an empty host of its own, and prints what each agency received. Nothing of it stays. */
const data = mkdtempSync(join(tmpdir(), 'jianheng-demo-'));
try {
  const { values } = parseArgs({ options: { dynamodb: { type: 'boolean', default: false } } });
  const host = await openHost({ province: 'jiangxi', data, port: 0, dynamodb: values.dynamodb });
  try {
    const client = clientOf(host);
    console.log('鉴衡 Jianheng · 演示（单位、人员、案件均属虚构）\n');
    const before = await play(client, setting);
    const answers = await play(client, story, { before, tell: console.log });
    console.log(`\n${await report(client, answers)}`);
  } finally {
    await host.close();
  }
} catch (error) {
  const reason = reasonOf(error);
  if (reason === undefined) throw error;
  console.error(reason);
  process.exitCode = 1;
} finally {
  rmSync(data, { recursive: true, force: true });
}
