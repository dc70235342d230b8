import { existsSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { reaching } from '../local/aws/account.ts';
import { accountIn } from '../local/aws/dynamodb-ground.ts';
import { startDynamoDbLocal } from '../local/aws/dynamodb-local.ts';
import { filesIn } from '../local/data-folder.ts';
import { environmentIn } from '../local/deployed-environment.ts';
import type { Deployment } from '../local/deployment.ts';
import { MovableClock } from '../local/development/movable-clock.ts';
import { EventBus } from '../local/event-bus.ts';
import { localKernel } from '../local/local-kernel.ts';
import { type LocalDatabase, openDatabase } from '../local/sqlite/open-database.ts';
import { SqlitePositions } from '../local/sqlite/sqlite-positions.ts';
import { SqliteQueues } from '../local/sqlite/sqlite-queues.ts';
import { dynamoDbPart } from './dynamodb-part.ts';
import { FolderQueues } from './folder-queues.ts';
import type { Place } from './place.ts';
import { standingIn } from './standing-in-sqlite.ts';

/** No host has kept anything there. */
export class NoFolder extends Error {
  override readonly name = 'NoFolder';
}

export interface FolderParts {
  readonly data: string;
  readonly deployment: Deployment;
  readonly definitions: Definitions;
}

/** The folder of a host that is stopped. Throws {@link NoFolder}, and `CannotOpen` where the host runs. */
export function sqliteFolder({ data, deployment, definitions }: FolderParts): Place {
  const { ledgerFile, queuesFile } = filesIn(data);
  if (!existsSync(ledgerFile)) throw new NoFolder(existsSync(queuesFile) ? `${data} is the folder of a --dynamodb host: add that` : nothingIn(data));
  const { kernel, database, rebuild, close } = localKernel(data, environmentIn(deployment).PROVINCE, definitions);
  const { queues, ...ports } = hostsOwn(database, deployment);
  return {
    ...STOPPED,
    deployment,
    kernel: { ...kernel, ...ports },
    queues,
    standing: () => standingIn(database),
    async rebuild() {
      let commits = 0;
      await rebuild((done) => {
        commits = done;
      });
      return commits;
    },
    close: async () => close(),
  };
}

/** As {@link sqliteFolder}, of a host on DynamoDB Local, which is started on the folder's tables. */
export async function dynamoDbFolder({ data, deployment, definitions }: FolderParts): Promise<Place> {
  const { queuesFile, tables, accountFile } = filesIn(data);
  if (!existsSync(queuesFile)) throw new NoFolder(nothingIn(data));
  const database = openDatabase(queuesFile);
  try {
    const { queues, bus, clock } = hostsOwn(database, deployment);
    const server = await startDynamoDbLocal({ folder: tables });
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(reaching(server.endpoint, accountIn(accountFile))));
    return {
      ...STOPPED,
      deployment,
      queues,
      // Nobody writes beside this process.
      ...dynamoDbPart({ client, deployment, definitions, bus, clock, settleMs: 0, settled: async () => {} }),
      async close() {
        client.destroy();
        await server.stop();
        database.close();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

const STOPPED = { live: false, settleMs: 0 } as const;

const nothingIn = (data: string): string => `no host has kept anything in ${data}: name its folder with --data`;

/** What the host of that file has of its own, beside the stores. */
function hostsOwn(database: LocalDatabase, deployment: Deployment) {
  const queues = new SqliteQueues(database, deployment.queues.values());
  const bus = new EventBus({ rules: deployment.rules, queues, account: '000000000000', region: 'local' });
  const { BUS } = environmentIn(deployment);
  return {
    queues: new FolderQueues(queues),
    bus: { put: (entries: Parameters<typeof bus.put>[1]) => bus.put(BUS, entries) },
    clock: new MovableClock(new SqlitePositions(database)),
  };
}
