import { hash } from 'node:crypto';
import { join } from 'node:path';
import { canonicalJson } from '../../functions/kernel/canonical-json.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { type Commit, decodeCommit } from '../../functions/kernel/ledger.ts';
import type { CommitRecord, Json } from '../../functions/kernel/ports.ts';
import { benchFolder, type Order, openBenchProvince, recordOf } from './bench-province.ts';
import { ordersOf } from './commands.ts';
import { type Effort, inRounds, type Line, linesOf, perCall } from './rounds.ts';

/** What a command costs apart from the store, each by itself, on the commits of an open and a sealed command; either has one event. */
export async function measureParts(definitions: Definitions, { seconds, rounds }: Effort): Promise<readonly Line[]> {
  const folder = benchFolder();
  const province = await openBenchProvince(definitions, join(folder.path, 'parts.sqlite'));
  try {
    const { openCase, signRow } = ordersOf(province);
    const { keyRing } = province.kernel;
    const orders = { 'open-case': openCase(), 'sign-row': signRow() as Order };
    const works: Record<string, () => unknown> = {};
    for (const [name, order] of Object.entries(orders)) Object.assign(works, worksOn(name, order, await recordOf(province, order), definitions));
    const { content } = orders['sign-row'].input as { content: Json };
    const sealed = await keyRing.seal('made/scope', 'made-place', { content });
    let scopes = 0;
    works['seal/known-scope'] = () => keyRing.seal('made/scope', 'made-place', { content });
    works['seal/new-scope'] = () => {
      scopes += 1;
      return keyRing.seal(`made/scope/${scopes}`, 'made-place', { content });
    };
    works.open = () => keyRing.open('made/scope', 'made-place', sealed);
    works.pseudonym = () => keyRing.pseudonym('person', 'MADE-0001');
    const samples = await inRounds(rounds, async () => {
      const found: Record<string, number> = {};
      for (const [name, work] of Object.entries(works)) found[name] = await perCall(seconds / 4, work);
      return found;
    });
    return linesOf('parts', samples, () => 'µs');
  } finally {
    province.close();
    folder.remove();
  }
}

function worksOn(name: string, { command, input }: Order, record: CommitRecord, definitions: Definitions): Record<string, () => unknown> {
  const commit: Commit = decodeCommit(record);
  const schema = definitions.commands.get(command)?.input;
  return {
    [`${name}/parse-input`]: () => schema?.parse(input),
    [`${name}/canonicalize`]: () => canonicalJson(commit),
    [`${name}/sha256`]: () => hash('sha256', record.bytes, 'hex'),
    [`${name}/json-parse`]: () => decodeCommit(record),
  };
}
