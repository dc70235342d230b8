/** 一条记录 of a CSV file as bytes, or why there is none; `line` is that on which it begins, counted from 1. */
export type FileRecord = { readonly line: number; readonly bytes: Uint8Array } | { readonly line: number; readonly fault: RecordFault };

/** Longer than is taken · a quote that does not open or close where a cell begins or ends. */
export type RecordFault = 'too-long' | 'quotes';

/** Bytes of a record that are taken: many times what a line of results needs. */
export const RECORD_AT_MOST = 64 * 1024;

const [LF, CR, QUOTE, COMMA] = [0x0a, 0x0d, 0x22, 0x2c];

/** Where in a cell a byte stands. */
type Place = 'start' | 'plain' | 'quoted' | 'closed';

/**
 * Splits the bytes of a CSV file (RFC 4180; lines end with CRLF, LF or CR) into records, holding one record and one chunk at most.
 * What is at fault costs its first line and no other: splitting goes on with the line after.
 */
export async function* splitRecords(chunks: AsyncIterable<Uint8Array>, atMost: number = RECORD_AT_MOST): AsyncGenerator<FileRecord> {
  const splitter = new Splitter(atMost);
  for await (const chunk of chunks) yield* splitter.take(chunk);
  yield* splitter.end();
}

class Splitter {
  readonly #atMost: number;
  #held: Uint8Array = new Uint8Array(0);
  /** Line on which the record begins. */
  #line = 1;
  /** Where the record begins in what is held. */
  #start = 0;
  /** Next byte to look at. */
  #at = 0;
  #place: Place = 'start';
  /** Line breaks within the record so far, and where the line after the first of them begins. */
  #breaks = 0;
  #second = 0;
  /** The record was refused: nothing until the line's end belongs to any. */
  #skipping = false;

  constructor(atMost: number) {
    this.#atMost = atMost;
  }

  *take(chunk: Uint8Array): Generator<FileRecord> {
    this.#held = Buffer.concat([this.#held.subarray(this.#start), chunk]);
    this.#at -= this.#start;
    this.#second -= this.#start;
    this.#start = 0;
    yield* this.#scan(false);
    if (this.#skipping) this.#start = this.#at;
  }

  *end(): Generator<FileRecord> {
    yield* this.#scan(true);
    while (this.#place === 'quoted') {
      yield this.#refuse('quotes');
      yield* this.#scan(true);
    }
    if (!this.#skipping && this.#start < this.#held.length) yield this.#record();
  }

  *#scan(last: boolean): Generator<FileRecord> {
    for (;;) {
      if (this.#skipping) this.#at = this.#nextBreak();
      if (this.#at >= this.#held.length) return;
      const width = this.#breakHere(last);
      if (width === undefined) return;
      if (width > 0 && this.#place !== 'quoted') {
        if (!this.#skipping) yield this.#record();
        this.#next(this.#at + width);
        continue;
      }
      if (width > 0) {
        this.#breaks += 1;
        if (this.#breaks === 1) this.#second = this.#at + width;
      } else if (!this.#step(this.#held[this.#at] as number)) {
        yield this.#refuse('quotes');
        continue;
      }
      this.#at += Math.max(width, 1);
      if (this.#at - this.#start > this.#atMost) yield this.#refuse(this.#place === 'quoted' && this.#breaks > 0 ? 'quotes' : 'too-long');
    }
  }

  /** Where the next line break stands in what is held, or its end. */
  #nextBreak(): number {
    const found = [LF, CR].map((byte) => this.#held.indexOf(byte, this.#at)).filter((at) => at >= 0);
    return Math.min(this.#held.length, ...found);
  }

  /** Bytes of the line break that stands here; `undefined`: that is for the next chunk to say. */
  #breakHere(last: boolean): 0 | 1 | 2 | undefined {
    const byte = this.#held[this.#at];
    if (byte === LF) return 1;
    if (byte !== CR) return 0;
    if (this.#at + 1 === this.#held.length && !last) return undefined;
    return this.#held[this.#at + 1] === LF ? 2 : 1;
  }

  /** Moves on over a byte that breaks no line; false where it may not stand here. */
  #step(byte: number): boolean {
    if (this.#place === 'quoted') {
      if (byte === QUOTE) this.#place = 'closed';
    } else if (byte === COMMA) this.#place = 'start';
    else if (byte === QUOTE) {
      if (this.#place === 'plain') return false;
      this.#place = 'quoted';
    } else {
      if (this.#place === 'closed') return false;
      this.#place = 'plain';
    }
    return true;
  }

  #record(): FileRecord {
    return { line: this.#line, bytes: this.#held.subarray(this.#start, this.#at) };
  }

  /** Refuses the line on which the record begins, and goes back to the one after it where the record went on beyond. */
  #refuse(fault: RecordFault): FileRecord {
    const refused = { line: this.#line, fault };
    if (this.#breaks > 0) {
      this.#breaks = 0;
      this.#next(this.#second);
    } else {
      this.#skipping = true;
      this.#place = 'plain';
    }
    return refused;
  }

  #next(start: number): void {
    this.#line += this.#breaks + 1;
    this.#start = start;
    this.#at = start;
    this.#place = 'start';
    this.#breaks = 0;
    this.#skipping = false;
  }
}
