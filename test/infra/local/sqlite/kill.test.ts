import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../../infra/local/sqlite/open-database.ts';
import { SqliteLedgerStore } from '../../../../infra/local/sqlite/sqlite-ledger-store.ts';
import { SqlitePositions } from '../../../../infra/local/sqlite/sqlite-positions.ts';
import { SqliteViewStore } from '../../../../infra/local/sqlite/sqlite-view-store.ts';
import { temporaryFile } from './temporary-database.ts';

const STREAMS = Array.from({ length: 8 }, (_, at) => `s${at}`);

/** Starts the writers, kills them after `lines` acknowledgements, and gives all that came. */
async function killAfter(file: string, lines: number): Promise<string[]> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('write-until-killed.ts', import.meta.url)), file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const told: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    told.push(line);
    if (told.length === lines) child.kill('SIGKILL');
  }
  await ended;
  expect(child.signalCode).toBe('SIGKILL');
  return told;
}

test('what was acknowledged before a kill is there afterwards, and the killed host holds no lock', async () => {
  const file = temporaryFile();
  const acknowledged = new Map<string, number>();
  for (const lines of [1, 150, 400]) {
    for (const line of await killAfter(file, lines)) {
      const [kind, stream, version] = line.split(' ');
      if (version) acknowledged.set(`${kind} ${stream}`, Number(version));
    }
    const database = openDatabase(file);
    const [ledger, views, positions] = [new SqliteLedgerStore(database), new SqliteViewStore(database), new SqlitePositions(database)];
    const told = (kind: string, stream: string) => acknowledged.get(`${kind} ${stream}`) ?? 0;
    for (const stream of STREAMS) {
      const versions = (await ledger.read(stream)).map(({ version }) => version);
      expect(versions.length).toBeGreaterThanOrEqual(told('append', stream));
      expect(versions).toEqual(Array.from(versions, (_, at) => at + 1));
      // Each commit with its receipt, none of them without the other.
      expect(await ledger.receipts(`${stream}/`)).toHaveLength(versions.length);
      const mark = (await views.mark(stream))?.version ?? 0;
      expect(mark).toBeGreaterThanOrEqual(told('apply', stream));
      expect(await views.counter(stream)).toBe(mark);
      expect(Number(positions.get(stream) ?? 0)).toBeGreaterThanOrEqual(told('position', stream));
    }
    database.close();
  }
  expect([...acknowledged.keys()].filter((key) => key.startsWith('append'))).toHaveLength(STREAMS.length);
});
