import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Commit, decodeCommit } from '../../functions/kernel/ledger.ts';
import { inThisProcess } from '../api/made-hosts.ts';
import { madeProvince, playSlice } from '../api/made-province.ts';
import { runScenario } from '../scenarios/run-scenario.ts';
import { inProcessHost, memoryStores } from './in-process-host.ts';

const SCENARIOS = fileURLToPath(new URL('../scenarios/', import.meta.url));
const ALL = 1_000_000;

/** Every commit (提交) that the scenarios and the made province write, played in memory. Takes some ten seconds. */
export async function playedCommits(): Promise<readonly Commit[]> {
  const commits: Commit[] = [];
  for (const file of readdirSync(SCENARIOS).filter((name) => name.endsWith('.yaml'))) {
    const stores = memoryStores();
    await runScenario(file, readFileSync(SCENARIOS + file, 'utf8'), { makeHost: (province) => inProcessHost(province, stores) });
    commits.push(...stores.ledger.stream(0, ALL).map(decodeCommit));
  }
  const made = await madeProvince(inThisProcess);
  await playSlice(made);
  commits.push(...made.host.stored().commits.map(decodeCommit));
  await made.close();
  return commits;
}
