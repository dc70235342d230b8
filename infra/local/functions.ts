/** The functions of a province on this machine (函数运行环境): from their definitions on SQLite, or the very bundles that are deployed. */
export interface Functions {
  /**
   * Runs a function, by its physical name, with an event as its service hands it over; gives back what the function answered.
   * Rejects when it threw, or did not answer within its timeout.
   */
  invoke(name: string, event: unknown): Promise<unknown>;
  close(): Promise<void>;
}
