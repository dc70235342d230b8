export type Policy = Record<string, never>;
