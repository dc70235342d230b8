import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DataKeyStore } from '../seal.ts';
import { asking } from './errors.ts';

/** Data keys 数据密钥 in DynamoDB; a tombstone is an entry without a key. */
export class DynamoDataKeyStore implements DataKeyStore {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;

  constructor({ client, table }: { client: DynamoDBDocumentClient; table: string }) {
    this.#client = client;
    this.#table = table;
  }

  async get(scope: string): Promise<{ wrapped: string } | 'destroyed' | undefined> {
    const { Item: found } = await asking(this.#client.send(new GetCommand({ TableName: this.#table, Key: { pk: scope }, ConsistentRead: true })));
    if (!found) return undefined;
    return typeof found.wrapped === 'string' ? { wrapped: found.wrapped } : 'destroyed';
  }

  async putIfAbsent(scope: string, wrapped: string): Promise<void> {
    const put = new PutCommand({ TableName: this.#table, Item: { pk: scope, wrapped }, ConditionExpression: 'attribute_not_exists(pk)' });
    await asking(this.#client.send(put)).catch((error: unknown) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
  }

  async destroy(scope: string): Promise<void> {
    await asking(this.#client.send(new PutCommand({ TableName: this.#table, Item: { pk: scope } })));
  }
}
