import { systemClock } from '../../functions/kernel/clock.ts';
import { closedNetwork } from '../../functions/kernel/closed-network.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { makeLog } from '../../functions/kernel/log.ts';
import { NotPermitted } from '../../functions/kernel/ports.ts';
import { projectBatch } from '../../functions/kernel/project.ts';
import { makeKeyRing } from '../../functions/kernel/seal.ts';
import { policyFor } from '../../functions/policy/index.ts';
import { filesIn } from './data-folder.ts';
import { masterKey } from './master-key.ts';
import { type LocalDatabase, openDatabase } from './sqlite/open-database.ts';
import { SqliteDataKeyStore } from './sqlite/sqlite-data-keys.ts';
import { SqliteLedgerStore } from './sqlite/sqlite-ledger-store.ts';
import { SqlitePositions } from './sqlite/sqlite-positions.ts';
import { SqliteViewStore } from './sqlite/sqlite-view-store.ts';
import { positionOf } from './stream-pump.ts';

/** A province on one SQLite file. */
export interface LocalKernel {
  readonly kernel: Kernel;
  readonly database: LocalDatabase;
  /** Brings the views up to the ledger, from where they stand; tells how many commits it has brought there. */
  project(tell?: (commits: number) => void): Promise<void>;
  /** Empties the views and brings them up to the ledger again. What is interrupted, the host goes on with when it starts. */
  rebuild(tell?: (commits: number) => void): Promise<void>;
  close(): void;
}

/** Opens the folder of a host that is not running. It publishes nothing: the host does when it starts. Throws {@link CannotOpen}. */
export function localKernel(data: string, province: string, definitions: Definitions): LocalKernel {
  const { ledgerFile, keyFile } = filesIn(data);
  const database = openDatabase(ledgerFile);
  const kernel: Kernel = {
    definitions,
    province,
    policyFor,
    ledger: new SqliteLedgerStore(database),
    views: new SqliteViewStore(database),
    keyRing: makeKeyRing({ dataKeys: new SqliteDataKeyStore(database), master: masterKey(keyFile) }),
    clock: systemClock,
    log: makeLog({ sink: (line) => process.stderr.write(`${line}\n`), clock: systemClock, level: 'warn' }),
    network: closedNetwork,
    bus: {
      put: async () => {
        throw new NotPermitted('this process does not publish');
      },
    },
  };
  const positions = new SqlitePositions(database);
  // The host's own, so that neither does again what the other has done.
  const projected = positionOf(`jianheng-${province.slice(0, 2)}-kernel-project-project`);
  const project: LocalKernel['project'] = async (tell = () => undefined) => {
    for (let done = 0; ; ) {
      const page = await kernel.ledger.feed(positions.get(projected), 500);
      if ((await projectBatch(kernel, page.records)) !== undefined) throw new Error('the views could not be brought up to the ledger');
      await positions.set(projected, page.position);
      done += page.records.length;
      tell(done);
      if (page.end) return;
    }
  };
  return {
    kernel,
    database,
    project,
    async rebuild(tell) {
      // The position first: it must never be ahead of the views.
      await positions.set(projected, await kernel.ledger.feedFrom(BEFORE_ALL));
      await kernel.views.clear();
      await project(tell);
    },
    close: () => database.close(),
  };
}

/** Earlier than the first day of any ledger. */
const BEFORE_ALL = '0000-01-01';
