import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { SECRETS } from '../../functions/kernel/aws/key-ring.ts';
import { systemClock } from '../../functions/kernel/clock.ts';
import { closedNetwork } from '../../functions/kernel/closed-network.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { DynamoDataKeyStore } from '../../functions/kernel/dynamodb/data-key-store.ts';
import { DynamoLedgerStore } from '../../functions/kernel/dynamodb/ledger-store.ts';
import { DynamoViewStore } from '../../functions/kernel/dynamodb/view-store.ts';
import { makeLog } from '../../functions/kernel/log.ts';
import type { ListingRow } from '../../functions/kernel/ports.ts';
import { type DataKeyStore, makeKeyRing } from '../../functions/kernel/seal.ts';
import { policyFor } from '../../functions/policy/index.ts';
import { loadDeployment } from '../../infra/local/assembly/synthesize.ts';
import { reaching } from '../../infra/local/aws/account.ts';
import { accountIn } from '../../infra/local/aws/dynamodb-ground.ts';
import { startDynamoDbLocal } from '../../infra/local/aws/dynamodb-local.ts';
import { localKeyService } from '../../infra/local/aws/local-key-service.ts';
import { filesIn } from '../../infra/local/data-folder.ts';
import { environmentIn } from '../../infra/local/deployed-environment.ts';
import { masterKey } from '../../infra/local/master-key.ts';
import { openDatabase } from '../../infra/local/sqlite/open-database.ts';
import { closedBus, messagesIn } from './open-sqlite.ts';
import type { Opened } from './opened.ts';

/** A host's folder where ledger, views and keys are in DynamoDB Local, of which a server of its own is started; queues are in SQLite. */
export async function openDynamoDb(data: string, name: string, definitions: Definitions): Promise<Opened> {
  const { keyFile, tables, accountFile, queuesFile } = filesIn(data);
  const { PROVINCE, LEDGER_TABLE, VIEWS_TABLE, KEYS_TABLE, LEDGER_SINCE } = environmentIn(await loadDeployment(name));
  const server = await startDynamoDbLocal({ folder: tables });
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(reaching(server.endpoint, accountIn(accountFile))));
  const queues = openDatabase(queuesFile);
  const views = new DynamoViewStore({ client, table: VIEWS_TABLE });
  const dataKeys = new DynamoDataKeyStore({ client, table: KEYS_TABLE });
  const kernel = {
    definitions,
    province: PROVINCE,
    policyFor,
    ledger: new DynamoLedgerStore({ client, table: LEDGER_TABLE, clock: systemClock, since: LEDGER_SINCE, settleMs: 0 }),
    views,
    keyRing: makeKeyRing({ dataKeys, master: await pseudonymSecret(dataKeys, masterKey(keyFile)) }),
    clock: systemClock,
    log: makeLog({ sink: () => undefined, clock: systemClock }),
    bus: closedBus,
    network: closedNetwork,
  };
  return {
    kernel,
    kept: async () => ({ rows: await rowsIn(client, VIEWS_TABLE), counters: await views.counters('') }),
    messages: () => messagesIn(queues),
    close: async () => {
      queues.close();
      client.destroy();
      await server.stop();
    },
  };
}

/** Rows of all listings: their keys tell where the listing's name ends. */
async function rowsIn(client: DynamoDBDocumentClient, table: string): Promise<readonly ListingRow[]> {
  const rows: ListingRow[] = [];
  for (let from: Record<string, unknown> | undefined; ; ) {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ...(from ? { ExclusiveStartKey: from } : {}) }),
    );
    for (const { pk, sk, item } of Items) {
      const [, named = '', length] = /^row#(.*)#(\d+)$/s.exec(pk) ?? [];
      if (length === undefined) continue;
      rows.push({ listing: named.slice(0, Number(length)), partition: named.slice(Number(length) + 1), sort: sk, item: JSON.parse(item) });
    }
    if (!LastEvaluatedKey) return rows;
    from = LastEvaluatedKey;
  }
}

/** The secret of the pseudonyms, which is all that who only looks needs. */
async function pseudonymSecret(dataKeys: DataKeyStore, master: Uint8Array): Promise<Uint8Array> {
  const found = await dataKeys.get(SECRETS.pseudonym);
  const secret = found && found !== 'destroyed' && localKeyService(master).decrypt(Buffer.from(found.wrapped, 'base64'), { purpose: 'pseudonym' });
  if (!secret) throw new Error('the host has made no secret for its pseudonyms');
  return secret;
}
