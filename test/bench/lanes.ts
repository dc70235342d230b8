import { join } from 'node:path';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { makeNetwork } from '../../functions/kernel/network.ts';
import { runDispatch } from '../../functions/kernel/run-dispatch.ts';
import { makeKeyRing } from '../../functions/kernel/seal.ts';
import { openDatabase } from '../../infra/local/sqlite/open-database.ts';
import { SqliteDataKeyStore } from '../../infra/local/sqlite/sqlite-data-keys.ts';
import { SqliteLedgerStore } from '../../infra/local/sqlite/sqlite-ledger-store.ts';
import { SqliteViewStore } from '../../infra/local/sqlite/sqlite-view-store.ts';
import { MASTER } from '../support/key-ring.ts';
import { Province, SetClock } from '../support/province.ts';
import { type Receiver, receiver, withStatus } from '../support/receiver.ts';
import { webhookSecretOf } from '../support/webhook-secret.ts';
import { benchFolder, NOW, performerOn } from './bench-province.ts';
import { type Effort, inRounds, type Line, linesOf } from './rounds.ts';

const OPERATOR = { agency: 'made-bureau', kind: 'justice-bureau', division: '360000', person: 'made-operator', roles: ['operator'] };
const AGENCIES = ['healthy', 'held', 'dead'] as const;

/** Deliveries (投递) to an endpoint that answers, alone, and beside one that holds every answer back and one where nobody listens, with as many due to each. */
export async function measureLanes(definitions: Definitions, { rounds, acts }: Effort): Promise<readonly Line[]> {
  const folder = benchFolder();
  const database = openDatabase(join(folder.path, 'lanes'));
  const receivers = { healthy: await receiver(), held: await receiver(), dead: await receiver() };
  await receivers.dead.close();
  try {
    const clock = new SetClock(NOW);
    const province = new Province({
      definitions,
      ledger: new SqliteLedgerStore(database),
      views: new SqliteViewStore(database),
      keyRing: makeKeyRing({ dataKeys: new SqliteDataKeyStore(database), master: MASTER, clock }),
      clock,
    });
    const perform = performerOn(province.kernel);
    const give = (command: string, input: object) => perform({ command, input, claims: OPERATOR as never });
    for (const id of AGENCIES) {
      await give('agencies/register-agency', { id, name: '虚构法院', kind: 'court', level: 'county', division: '360802', superior: null, discipline: null });
      await give('deliveries/register-endpoint', { agency: id, url: receivers[id].url, secret: webhookSecretOf(id) });
    }
    await province.settle();
    const kernel: Kernel = { ...province.kernel, network: makeNetwork({ loopback: true }) };
    const samples = await inRounds(rounds, async () => {
      const alone = await deliver(province, kernel, give, receivers, ['healthy'], acts);
      const beside = await deliver(province, kernel, give, receivers, AGENCIES, acts);
      return { alone, 'beside-a-held-and-a-dead-one': beside, 'ratio-to-alone': beside / alone };
    });
    return linesOf('lanes', samples, (name) => (name.startsWith('ratio') ? 'ratio' : 'per second'));
  } finally {
    await receivers.healthy.close();
    await receivers.held.close();
    database.close();
    folder.remove();
  }
}

/** Deliveries a second to the healthy endpoint, from the begin of the run to the last that reached it; the held one is let go afterwards. */
async function deliver(
  province: Province,
  kernel: Kernel,
  give: (command: string, input: object) => Promise<unknown>,
  { healthy, held }: { readonly healthy: Receiver; readonly held: Receiver },
  agencies: readonly string[],
  count: number,
): Promise<number> {
  for (let at = 0; at < count; at += 1) for (const agency of agencies) await give('deliveries/ping-endpoint', { agency });
  await province.settle();
  const waiting: (() => void)[] = [];
  held.answer = (response) => {
    waiting.push(() => response.writeHead(204).end());
  };
  const due = healthy.received.length + count;
  const began = performance.now();
  const running = runDispatch(kernel, [...kernel.definitions.dispatches.values()][0] as never);
  await healthy.has(due);
  const took = performance.now() - began;
  held.answer = withStatus(204);
  for (const letGo of waiting) letGo();
  await running;
  await province.settle();
  return (count * 1000) / took;
}
