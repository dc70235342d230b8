/** Room for a text (书写空间): lines of so many full-width characters, the first of them shorter by what stands before the text. */
export interface Room {
  readonly lines: number;
  readonly width: number;
  readonly indent: number;
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Characters that are as wide as they are high in every font for Chinese. */
const FULL_WIDTH = /^[\p{Script=Han}\u2010-\u2027\u3000-\u30ff\uff00-\uffef]$/u;
/** Capitals and what is as wide, in the widest of usual fonts. */
const WIDE_LATIN = /^[A-Z@%&mw]$/;

/** Width in full-width characters, never less than it is printed: what no font for Chinese is sure to have counts twice. */
const widthOf = (grapheme: string): number => {
  let width = 0;
  for (const char of grapheme) width += FULL_WIDTH.test(char) || WIDE_LATIN.test(char) ? 1 : /^[\x20-\x7e]$/.test(char) ? 0.7 : 2;
  return width;
};

/** How much of a text has surely room, in UTF-16 units: `less` is kept free at the end of the last line. */
function roomFor(text: string, { lines, width, indent }: Room, less: number): number {
  let line = 1;
  let used = indent;
  for (const { segment, index } of graphemes.segment(text)) {
    const newline = segment === '\n' || segment === '\r\n';
    const wide = newline ? 0 : widthOf(segment);
    if (newline || used + wide > width) {
      if (line === lines) return index;
      line += 1;
      used = 0;
    }
    if (line === lines && used + wide > width - less) return index;
    used += wide;
  }
  return text.length;
}

/** A text as far as it has room, and what is over; where something is, `mark` has room behind the first part. */
export function divide(text: string, room: Room, mark: string): { readonly here: string; readonly over: string } {
  if (roomFor(text, room, 0) === text.length) return { here: text, over: '' };
  const end = roomFor(text, room, widthOf(mark));
  return { here: text.slice(0, end), over: text.slice(end) };
}
