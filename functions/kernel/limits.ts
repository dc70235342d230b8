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
  /** A stream's name, a receipt's key, a listing's partition or sort. */
  name: 1024,
  /** Rows that one stream may have in all listings. */
  rows: 40,
  /** Items of one transaction: commit, receipts, guards. */
  items: 100,
  /** A request's body. */
  body: 128 * 1024,
  /** Levels of nesting in a request's body. */
  depth: 32,
  /** Steps from the first command to the last consequence. */
  causation: 16,
  /** Entries of one PutEvents. */
  busEntries: 10,
  /** Bytes of one PutEvents. */
  busBytes: 256 * 1024,
} as const;
