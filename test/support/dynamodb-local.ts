import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { TABLES, type TableDefinition } from '../../functions/kernel/dynamodb/tables.ts';
import { reaching } from '../../infra/local/aws/account.ts';
import { startDynamoDbLocal } from '../../infra/local/aws/dynamodb-local.ts';

/** Amazon's DynamoDB Local, in memory, with tables as tests want them. */
export interface TestDynamoDb {
  readonly client: DynamoDBDocumentClient;
  readonly endpoint: string;
  /** Makes one of the province's tables, empty, under a name of its own; returns the name. */
  readonly makeTable: (table: keyof typeof TABLES) => Promise<string>;
  readonly stop: () => Promise<void>;
}

export async function startTestDynamoDb(): Promise<TestDynamoDb> {
  const server = await startDynamoDbLocal();
  const plain = new DynamoDBClient(reaching(server.endpoint, { accessKeyId: 'local', region: 'cn-north-1' }));
  let made = 0;
  return {
    client: DynamoDBDocumentClient.from(plain),
    endpoint: server.endpoint,
    makeTable: async (table) => {
      made += 1;
      const name = `${TABLES[table].name}-${made}`;
      await plain.send(new CreateTableCommand({ TableName: name, ...creationOf(TABLES[table]) }));
      return name;
    },
    stop: async () => {
      plain.destroy();
      await server.stop();
    },
  };
}

/** What makes a table as its definition says. */
export function creationOf({ partitionKey, sortKey, stream, indexes }: TableDefinition) {
  const keys = [partitionKey, ...(sortKey ? [sortKey] : [])];
  const attributes = [...keys, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])];
  const schema = (of: readonly { readonly name: string }[]) =>
    of.map((key, at) => ({ AttributeName: key.name, KeyType: at === 0 ? 'HASH' : 'RANGE' }) as const);
  return {
    BillingMode: 'PAY_PER_REQUEST' as const,
    KeySchema: schema(keys),
    AttributeDefinitions: attributes.map((key) => ({ AttributeName: key.name, AttributeType: key.type })),
    ...(stream ? { StreamSpecification: { StreamEnabled: true, StreamViewType: stream } } : {}),
    ...(indexes.length > 0
      ? {
          GlobalSecondaryIndexes: indexes.map((index) => ({
            IndexName: index.name,
            KeySchema: schema([index.partitionKey, index.sortKey]),
            Projection: { ProjectionType: index.projection },
          })),
        }
      : {}),
  };
}
