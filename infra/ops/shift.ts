import type { Place } from './place.ts';

/** What a command that works on a province is given (运维操作). */
export interface Shift {
  readonly place: Place;
  /** Tell what would be done, and write nothing. */
  readonly dry: boolean;
  /** Takes a line for the operator. */
  readonly tell: (line: string) => void;
  /** Another command at the same place, as it is typed. */
  readonly command: (words: string) => string;
}
