/** Sizes that the ledger takes, in bytes unless it says otherwise. Every store refuses beyond them before it writes. */
export const LIMITS = {
  /** Folded state of a stream at any age. */
  state: 32 * 1024,
  /** One event as JSON. */
  event: 64 * 1024,
  /** One commit as stored, state beside it included. */
  commit: 200 * 1024,
  /** One receipt's body. */
  receipt: 64 * 1024,
  /** A stream's name, a receipt's key, a counter's name; a row's listing and partition together, and its sort. */
  name: 1024,
  /** Rows that one stream may have in all listings. */
  rows: 40,
  /** One row's item as JSON. */
  row: 64 * 1024,
  /** Counters that one step may move: what the items of a transaction leave beside the mark, the row kept, the rows that come and as many that go. */
  counters: 18,
  /** Items of one transaction: a commit (two: it, and the look at its predecessor), receipts, guards. */
  items: 100,
  /** All items of one transaction together; DynamoDB takes 4 MB with its own overhead. */
  write: 3 * 1024 * 1024,
  /** A request's body. */
  body: 128 * 1024,
  /** The body of a batch of events, and how many these may be. */
  batch: 1024 * 1024,
  batchEvents: 100,
  /** All answers to a batch together; a function answers 6 MB at most. */
  batchAnswers: 4 * 1024 * 1024,
  /** Levels of nesting in a request's body. */
  depth: 32,
  /** Steps from the first command to the last consequence. */
  causation: 16,
  /** Steps that a preview tells. */
  previewSteps: 500,
  /** Entries of one PutEvents. */
  busEntries: 10,
  /** Bytes of one PutEvents. */
  busBytes: 256 * 1024,
} as const;
