/** A table's change stream (变更流) as one reader follows it. */
export interface StreamSource {
  /**
   * At most `limit` records behind a position, the oldest first within an item; `undefined` begins at the oldest that is kept. The position
   * is durable and opaque, that after the last of these records. `end`: there is nothing more at the moment; a page without records need not
   * be the end. Asking again from an older position gives the same records again.
   */
  read(position: string | undefined, limit: number): Promise<StreamPage>;
}

export interface StreamPage {
  readonly records: readonly StreamEntry[];
  readonly position: string;
  readonly end: boolean;
}

export interface StreamEntry {
  /** As the record itself names it: what a function's answer calls a record that failed. */
  readonly sequence: string;
  /** As Lambda hands it to a function, among the `Records` of its event. */
  readonly record: unknown;
  /** ISO instant at which it came into the stream. */
  readonly arrivedAt?: string | undefined;
  /** What filters look at, where that is not the record itself. */
  readonly filtered?: unknown;
}
