import { BatchGetCommand, type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { Throttled } from '../ports.ts';
import { asking, type Patience, patiently } from './errors.ts';

/** An item as the document client gives it. */
export type Item = Readonly<Record<string, unknown>>;

/** Keys of one BatchGetItem at most. */
const LARGEST_BATCH = 100;

/** Items of a query in order, all its pages, at most `limit`. Consistent unless the query says otherwise. */
export async function queryAll(client: DynamoDBDocumentClient, query: QueryCommandInput, limit = Number.POSITIVE_INFINITY): Promise<Item[]> {
  const items: Item[] = [];
  let from: QueryCommandInput['ExclusiveStartKey'];
  do {
    const page: QueryCommandInput = { ConsistentRead: true, ...query };
    if (Number.isFinite(limit)) page.Limit = limit - items.length;
    if (from) page.ExclusiveStartKey = from;
    const { Items = [], LastEvaluatedKey } = await asking(client.send(new QueryCommand(page)));
    items.push(...Items);
    from = LastEvaluatedKey;
  } while (from && items.length < limit);
  return items;
}

/** The items of these keys that are there, in any order. Consistent. */
export async function getAll(client: DynamoDBDocumentClient, table: string, keys: readonly object[], patience: Patience): Promise<Item[]> {
  const items: Item[] = [];
  for (let at = 0; at < keys.length; at += LARGEST_BATCH) {
    let left: readonly object[] = keys.slice(at, at + LARGEST_BATCH);
    while (left.length > 0) {
      const asked = left;
      left = await patiently(patience, async () => {
        const request = { RequestItems: { [table]: { Keys: asked.map((key) => ({ ...key })), ConsistentRead: true } } };
        const { Responses, UnprocessedKeys } = await asking(client.send(new BatchGetCommand(request)));
        items.push(...(Responses?.[table] ?? []));
        return fewer(asked, UnprocessedKeys?.[table]?.Keys ?? []);
      });
    }
  }
  return items;
}

/** What a batch left over. Throws {@link Throttled} when that is all of it. */
export function fewer(asked: readonly object[], left: readonly object[]): readonly object[] {
  if (left.length >= asked.length) throw new Throttled('DynamoDB: nothing of a batch was processed');
  return left;
}
