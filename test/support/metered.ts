import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** What a client's requests cost (请求与容量单位), as DynamoDB tells with each answer. */
export interface Consumed {
  /** Requests by command of the plain client, of those that were answered. */
  readonly requests: Readonly<Record<string, number>>;
  /** Capacity units, those of indexes among them; all of a transaction's are counted as units of writing. */
  readonly readUnits: number;
  readonly writeUnits: number;
}

const WRITES: ReadonlySet<string> = new Set(['PutItemCommand', 'TransactWriteItemsCommand']);

interface Answered {
  readonly output: { readonly ConsumedCapacity?: Capacity | readonly Capacity[] };
}
interface Capacity {
  readonly CapacityUnits?: number;
}

export const isWrite = (command: string): boolean => WRITES.has(command);

/** Counts from now on what a client asks for. The answer tells what it came to since it was last asked. */
export function metered(client: DynamoDBDocumentClient): () => Consumed {
  let requests: Record<string, number> = {};
  let units = { read: 0, write: 0 };
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const input = { ...args.input, ReturnConsumedCapacity: 'TOTAL' } as typeof args.input;
        const answer = await next({ ...args, input });
        const { ConsumedCapacity = [] } = (answer as unknown as Answered).output;
        requests[commandName] = (requests[commandName] ?? 0) + 1;
        for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) units[isWrite(commandName) ? 'write' : 'read'] += CapacityUnits;
        return answer;
      },
    { step: 'initialize', name: 'metered', priority: 'high' },
  );
  return () => {
    const consumed = { requests, readUnits: units.read, writeUnits: units.write };
    requests = {};
    units = { read: 0, write: 0 };
    return consumed;
  };
}
