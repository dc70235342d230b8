import { closeSync, openSync, writeSync } from 'node:fs';
import type { Given } from './give.ts';

/** Refusals that are printed. */
export const PRINTED = 50;

/** Characters of a reason. */
const REASON_AT_MOST = 400;

interface Refused {
  readonly line: number;
  readonly reason: string;
}

/** What became of the lines of an import (导入结果): counted, the first refusals kept to be printed, all of them written to a file where one is named. */
export class Report {
  accepted = 0;
  /** Lines that had been imported before. */
  known = 0;
  refused = 0;
  readonly #first: Refused[] = [];
  readonly #file: number | undefined;

  /** Throws the system's error (`EEXIST`) rather than write over a file. */
  constructor(file?: string) {
    this.#file = file === undefined ? undefined : openSync(file, 'wx');
    // With its mark, since spreadsheets take a file without one for GB18030.
    this.#write('\ufeff行号,原因\r\n');
  }

  done(outcome: Exclude<Given, object>): void {
    this[outcome] += 1;
  }

  refuse(line: number, words: string): void {
    const reason = words.length > REASON_AT_MOST ? `${words.slice(0, REASON_AT_MOST)}…` : words;
    this.refused += 1;
    if (this.#first.length < PRINTED) this.#first.push({ line, reason });
    this.#write(`${line},"${reason.replaceAll('"', '""')}"\r\n`);
  }

  /** Refusals by line, then the sum; `dry`: nothing was written. */
  lines({ dry = false }: { readonly dry?: boolean } = {}): readonly string[] {
    const more = this.refused - this.#first.length;
    return [
      ...this.#first.map(({ line, reason }) => `line ${line}: ${reason}`),
      ...(more > 0 ? [`… and ${more} more`] : []),
      `${this.accepted} ${dry ? 'would be ' : ''}accepted, ${this.known} imported before, ${this.refused} refused`,
    ];
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }

  #write(text: string): void {
    if (this.#file !== undefined) writeSync(this.#file, text);
  }
}
