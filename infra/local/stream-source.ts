/** One record of a table's change stream. */
export interface StreamRecord {
  /** By which a function says that it failed. */
  readonly sequence: string;
  /** As the function is handed it. */
  readonly record: unknown;
  /** What filters look at, where that is not the record itself. */
  readonly filtered?: unknown;
}

/** A table's change stream (变更流), in order of each item's changes. */
export interface StreamSource {
  /** Records after a position, from the oldest that is kept where there is none; `end`: no more at the moment. */
  read(position: string | undefined, limit: number): Promise<{ readonly records: readonly StreamRecord[]; readonly position: string; readonly end: boolean }>;
}
