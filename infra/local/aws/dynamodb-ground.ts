import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDataKeyStore } from '../../../functions/kernel/dynamodb/data-key-store.ts';
import type { Clock } from '../../../functions/kernel/ports.ts';
import { environmentIn } from '../deployed-environment.ts';
import type { Deployment } from '../deployment.ts';
import type { Functions } from '../functions.ts';
import type { Ground } from '../ground.ts';
import { keptFile } from '../kept-file.ts';
import { masterKey } from '../master-key.ts';
import { type Account, newAccessKeyId, reaching, runtimeEnvironment } from './account.ts';
import { bundledFunctions } from './bundled-functions.ts';
import { makeTables } from './dynamodb-local.ts';
import { type Invoke, Refusal } from './json-service.ts';
import { localKeyService } from './local-key-service.ts';
import type { ClockOffset } from './moved-date.ts';
import type { Put } from './put-events.ts';
import { makeSecrets } from './secrets.ts';
import { serveEndpoints } from './service-endpoints.ts';
import { tableStream } from './table-stream.ts';

export interface DynamoDbParts {
  readonly deployment: Deployment;
  /** Where DynamoDB Local answers; who started it, stops it. */
  readonly endpoint: string;
  readonly put: Put;
  readonly clock: Clock;
  readonly offset: ClockOffset;
  /** Takes the functions' log lines. */
  readonly sink: (line: string) => void;
  readonly keyFile: string;
  /** Where the access key id lies under which DynamoDB Local keeps the tables. */
  readonly accountFile: string;
}

/** The deployed bundles with their own SDK clients, on DynamoDB Local: what runs in the cloud, on this machine. */
export async function dynamoDbGround({ deployment, endpoint, put, clock, offset, sink, keyFile, accountFile }: DynamoDbParts): Promise<Ground> {
  const account = accountIn(accountFile);
  const tables = new DynamoDBClient(reaching(endpoint, account));
  const streams = new DynamoDBStreamsClient(reaching(endpoint, account));
  await makeTables(tables, deployment.tables);
  const keyService = localKeyService(masterKey(keyFile));
  await makeSecrets(new DynamoDataKeyStore({ client: DynamoDBDocumentClient.from(tables), table: environmentIn(deployment).KEYS_TABLE }), keyService);
  const invoke: Invoke = async (name, event) => {
    if (!deployment.functions.has(name)) throw new Refusal('ResourceNotFoundException', 'there is no such function', 404);
    return functions.invoke(name, event);
  };
  const services = await serveEndpoints({ account, put, keyService, invoke, clock });
  const functions: Functions = bundledFunctions({
    functions: deployment.functions,
    runtime: runtimeEnvironment(account, { dynamodb: endpoint, services: services.endpoint }),
    offset,
    sink,
  });
  return {
    functions,
    stream: await tableStream(tables, streams, environmentIn(deployment).LEDGER_TABLE),
    silent: true,
    close: async () => {
      await functions.close();
      await services.close();
      tables.destroy();
      streams.destroy();
    },
  };
}

/** Made once: the tables are found under it alone. */
export const accountIn = (file: string): Account => ({ accessKeyId: keptFile(file, newAccessKeyId).toString('utf8'), region: 'cn-north-1' });
