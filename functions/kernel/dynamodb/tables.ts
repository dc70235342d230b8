/**
 * The tables (数据表) of one province as data: infrastructure makes them, the stores write them, policies grant by their keys.
 *
 * | table  | item          | pk                                            | sk                            |
 * | ------ | ------------- | --------------------------------------------- | ----------------------------- |
 * | ledger | commit        | the stream                                    | the version, 16 digits        |
 * | ledger | receipt       | `receipt#` and the key to its first colon     | `#` and the rest of the key   |
 * | views  | mark          | `mark#` and the stream                        | `mark`                        |
 * | views  | row           | `row#<listing>#<partition>#<listing's length>` | the row's sort                |
 * | views  | counter shard | `counter#<shard>`                             | the counter                   |
 * | keys   | data key      | the scope                                     |                               |
 *
 * A commit also stands in the index `feed`: `feed` is `feed#<day in Shanghai>#<shard>`, `feedAt` its order there.
 */
export const TABLES = {
  /** Commits and receipts. Nobody may Scan, Update or Delete; the change stream carries new images only. */
  ledger: {
    name: 'ledger',
    partitionKey: { name: 'pk', type: 'S' },
    sortKey: { name: 'sk', type: 'S' },
    stream: 'NEW_IMAGE',
    indexes: [{ name: 'feed', partitionKey: { name: 'feed', type: 'S' }, sortKey: { name: 'feedAt', type: 'S' }, projection: 'KEYS_ONLY' }],
  },
  /** Marks, rows and counter shards; all of it can be rebuilt from the ledger. */
  views: {
    name: 'views',
    partitionKey: { name: 'pk', type: 'S' },
    sortKey: { name: 'sk', type: 'S' },
    indexes: [],
  },
  /** Wrapped data keys. While a backup of this table is kept, a key destroyed meanwhile can be brought back: erasure ends with the last one. */
  keys: {
    name: 'keys',
    partitionKey: { name: 'pk', type: 'S' },
    indexes: [],
  },
} as const satisfies Record<string, TableDefinition>;

export interface TableDefinition {
  readonly name: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
  /** What the table's change stream carries; no stream without it. */
  readonly stream?: 'NEW_IMAGE';
  readonly indexes: readonly IndexDefinition[];
}

export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S';
}

export interface IndexDefinition {
  readonly name: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey: KeyAttribute;
  readonly projection: 'KEYS_ONLY';
}

/** Shards of the feed a day; a stream's commits stand in one of them. Never changed once a ledger exists. */
export const FEED_SHARDS = 4;

/** Shards of each counter. Never made fewer without a rebuild of the views. */
export const COUNTER_SHARDS = 8;

/** What every receipt's partition key begins with; no context is called so. */
export const RECEIPT = 'receipt#';

/** Records of the ledger's change stream that are new commits, as an event source mapping's filter. */
export const NEW_COMMITS = { eventName: ['INSERT'], dynamodb: { NewImage: { version: { N: [{ exists: true }] } } } } as const;

/** Records of it that nobody may cause: an item of the ledger is only ever put where none is. */
export const ALTERATIONS = { eventName: ['MODIFY', 'REMOVE'] } as const;

/** Values of `dynamodb:LeadingKeys` (StringLike) under which a context's commands, reactions and schedules write the ledger. */
export const ledgerKeysOf = (context: string) => ({
  /** Its streams, and no other's. */
  commits: `${context}/*`,
  /** Receipts of agencies' commands name no context. */
  command: `${RECEIPT}command/*`,
  /** The partition of a reaction's receipts ends before the target stream, so that no stream's name can feign a context. */
  reaction: `${RECEIPT}reaction/*/${context}/*`,
  schedule: `${RECEIPT}schedule/${context}/*`,
});
