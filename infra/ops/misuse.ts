/** It was called in a way that there is not. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
}

/** 0: all is well. 1: something is wrong, or was left over. */
export type Outcome = 0 | 1;
