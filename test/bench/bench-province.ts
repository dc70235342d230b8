import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { type Answer, execute } from '../../functions/kernel/execute.ts';
import { actorFrom } from '../../functions/kernel/identity.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import type { Append, CommitRecord, LedgerStore } from '../../functions/kernel/ports.ts';
import { receiptOf } from '../../functions/kernel/receipts.ts';
import { type DataKeyStore, makeKeyRing } from '../../functions/kernel/seal.ts';
import { openDatabase } from '../../infra/local/sqlite/open-database.ts';
import { SqliteDataKeyStore } from '../../infra/local/sqlite/sqlite-data-keys.ts';
import { SqliteLedgerStore } from '../../infra/local/sqlite/sqlite-ledger-store.ts';
import { SqliteViewStore } from '../../infra/local/sqlite/sqlite-view-store.ts';
import { Chance } from '../simulation/chance.ts';
import { type Act, makeHistory } from '../simulation/history.ts';
import { MASTER } from '../support/key-ring.ts';
import { Province, SetClock } from '../support/province.ts';

/** One transaction that the kernel's stores were asked for, and made. */
export type Written = { readonly append: Append } | { readonly dataKey: { readonly scope: string; readonly wrapped: string } };

/** A command as a benchmark repeats it. */
export type Order = Pick<Act, 'command' | 'input' | 'claims'>;

/** Whom the repeated commands name. */
export interface Registered {
  readonly institution: string;
  /** Of its appraisers. */
  readonly licences: readonly string[];
}

/** A made province on a SQLite file of its own, directory and registry filled. */
export interface BenchProvince extends Registered {
  readonly kernel: Kernel;
  /** Everything written since it was last emptied. */
  readonly written: Written[];
  /** Parses and executes. Throws unless it is done. */
  perform(order: Order): Promise<Answer>;
  close(): void;
}

/** A working day on which rules are in force. */
export const NOW = '2026-09-21T01:00:00.000Z';

/** A folder on this checkout's own disk, since a temporary one may lie in memory. */
export function benchFolder(): { path: string; remove: () => void } {
  const data = fileURLToPath(new URL('../../.data/', import.meta.url));
  mkdirSync(data, { recursive: true });
  const path = mkdtempSync(join(data, 'bench-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export async function openBenchProvince(definitions: Definitions, file: string): Promise<BenchProvince> {
  const database = openDatabase(file);
  const written: Written[] = [];
  const clock = new SetClock(NOW);
  const keyRing = makeKeyRing({ dataKeys: recordedKeys(new SqliteDataKeyStore(database), written), master: MASTER, clock });
  const ledger = recordedLedger(new SqliteLedgerStore(database), written);
  const { kernel } = new Province({ definitions, ledger, views: new SqliteViewStore(database), keyRing, clock });
  const perform = performerOn(kernel);
  const { orders, ...registered } = setting();
  for (const order of orders) await perform(order);
  return { kernel, ...registered, written, perform, close: () => database.close() };
}

/** Parses and executes, each order once. */
export function performerOn(kernel: Kernel): BenchProvince['perform'] {
  let calls = 0;
  return async ({ command: name, input, claims }) => {
    calls += 1;
    const command = kernel.definitions.commands.get(name);
    const actor = actorFrom(claims, kernel.keyRing);
    if (!command || 'refused' in actor) throw new Error(`${name} cannot be called`);
    const call = { actor, receipt: receiptOf.command(kernel.keyRing, actor, `made-key-${calls}`) };
    const result = await execute(kernel, command, command.input.parse(input), call);
    if (result.outcome === 'refused') throw new Error(`${name} was refused: ${result.refusal.code}`);
    return result.answer;
  };
}

/** Orders that fill directory and registry, one after the other, and whom they register. */
export function setting(): Registered & { readonly orders: readonly Order[] } {
  const { setup: orders } = makeHistory(new Chance(1), { pseudonym: (_, value) => value }, 0);
  const inputs = (name: string) => orders.filter(({ command }) => command === name).map(({ input }) => input as Record<string, string>);
  const institution = inputs('registry/register-institution')[0]?.uscc as string;
  const licences = inputs('registry/register-appraiser').flatMap((input) => (input.institution === institution ? [input.licence as string] : []));
  return { orders, institution, licences };
}

/** Performs, and gives back the commit that was written. */
export async function recordOf(province: BenchProvince, order: Order): Promise<CommitRecord> {
  await province.perform(order);
  const last = province.written.at(-1);
  if (!last || !('append' in last) || !last.append.commit) throw new Error(`${order.command} wrote no commit`);
  return last.append.commit;
}

const recordedKeys = (store: DataKeyStore, written: Written[]): DataKeyStore => ({
  get: (scope) => store.get(scope),
  putIfAbsent: async (scope, wrapped) => {
    await store.putIfAbsent(scope, wrapped);
    written.push({ dataKey: { scope, wrapped } });
  },
  destroy: (scope) => store.destroy(scope),
});

export const recordedLedger = (store: LedgerStore, written: Written[]): LedgerStore => ({
  head: (stream) => store.head(stream),
  read: (stream, options) => store.read(stream, options),
  receipt: (key) => store.receipt(key),
  receipts: (prefix) => store.receipts(prefix),
  feed: (position, limit) => store.feed(position, limit),
  feedFrom: (day) => store.feedFrom(day),
  append: async (append) => {
    const outcome = await store.append(append);
    if (outcome.ok) written.push({ append });
    return outcome;
  },
});
