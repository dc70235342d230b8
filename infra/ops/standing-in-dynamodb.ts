import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { asking } from '../../functions/kernel/dynamodb/errors.ts';
import type { Standing } from './place.ts';

/** All rows and marks (视图内容) of a views' table. */
export async function* standingIn(client: DynamoDBDocumentClient, table: string): AsyncGenerator<Standing> {
  let from: Record<string, unknown> | undefined;
  do {
    const page = { TableName: table, ConsistentRead: true, ...(from ? { ExclusiveStartKey: from } : {}) };
    const { Items = [], LastEvaluatedKey } = await asking(client.send(new ScanCommand(page)));
    for (const item of Items) {
      const shown = standingOf(item);
      if (shown) yield shown;
    }
    from = LastEvaluatedKey;
  } while (from);
}

/** By the keys that stand in `functions/kernel/dynamodb/tables.ts`; undefined for a counter's shard. */
function standingOf({ pk, sk, item, version }: Readonly<Record<string, unknown>>): Standing | undefined {
  const [, kind, name = ''] = /^(row|mark)#(.*)$/s.exec(pk as string) ?? [];
  if (kind === 'mark') return { stream: name, version: version as number };
  if (kind !== 'row') return undefined;
  const hash = name.lastIndexOf('#');
  const length = Number(name.slice(hash + 1));
  return { listing: name.slice(0, length), partition: name.slice(length + 1, hash), sort: sk as string, item: JSON.parse(item as string) };
}
