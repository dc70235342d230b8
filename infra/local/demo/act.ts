import type { Answer, Claims } from './host.ts';

/** First answers by act: where a later one takes its ids from. Throws for an act that has not been played. */
export type Answers = (act: string) => Answer['body'];

/** Asks a query as somebody: for what no answer to a command tells, such as the notice that lies in an inbox. */
export type Ask = (as: Claims, path: string, query?: Readonly<Record<string, string>>) => Promise<Answer['body']>;

/** One act of the story (一步). Nothing in it depends on the day, so that its key and its body stay the same on any. */
export interface Act {
  /** Names it; its Idempotency-Key is made of this. */
  readonly name: string;
  /** What is done, for printing; names no person. */
  readonly title: string;
  readonly as: Claims;
  readonly command: string;
  readonly body: object | ((answers: Answers, ask: Ask) => object | Promise<object>);
  /** Days that pass before it. */
  readonly after?: number;
}

/** 无此类情况 */
export const none = { answer: 'none' };

/** The natural key of what an answer wrote: of a report, an appraiser. */
export const lastPart = ({ stream }: Answer['body']): string => decodeURIComponent(String(stream).split('/').at(-1) ?? '');
