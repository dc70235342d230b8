import { openDatabase } from '../../../../infra/local/sqlite/open-database.ts';
import { SqliteLedgerStore } from '../../../../infra/local/sqlite/sqlite-ledger-store.ts';
import { SqlitePositions } from '../../../../infra/local/sqlite/sqlite-positions.ts';
import { SqliteViewStore } from '../../../../infra/local/sqlite/sqlite-view-store.ts';
import { commit, receipt, row, step, write } from '../../../contract/samples.ts';

/** Eight writers that write without end to the file named as the argument, and say on stdout what was acknowledged. */
const database = openDatabase(process.argv[2] as string);
const ledger = new SqliteLedgerStore(database);
const views = new SqliteViewStore(database);
const positions = new SqlitePositions(database);

async function writer(stream: string): Promise<void> {
  for (let version = ((await ledger.head(stream))?.version ?? 0) + 1; ; version += 1) {
    await ledger.append(write({ commit: commit(stream, version), receipts: [receipt(`${stream}/${version}`)] }));
    process.stdout.write(`append ${stream} ${version}\n`);
    const { version: from } = (await views.mark(stream)) ?? { version: 0 };
    await views.apply(step(stream, { from, to: version, rows: [row(stream)], counters: [{ counter: stream, by: version - from }] }));
    process.stdout.write(`apply ${stream} ${version}\n`);
    await positions.set(stream, String(version));
    process.stdout.write(`position ${stream} ${version}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, (_, at) => writer(`s${at}`)));
