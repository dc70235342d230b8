/** How far an import is. */
export interface Step {
  /** Bytes read of the file's. */
  readonly read: number;
  readonly size: number;
  readonly lines: number;
  readonly refused: number;
}

/** What a line is drawn on. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Milliseconds between two drawings. */
const PAUSE = 100;
const WIDEST_BAR = 30;
const NARROWEST_BAR = 8;

/** Width of a terminal that does not tell. */
const USUAL_WIDTH = 80;

/** The line (进度) that says how far it is, in at most so many cells. */
export function progressLine({ read, size, lines, refused }: Step, seconds: number, width: number): string {
  const share = size > 0 ? Math.min(read / size, 1) : 0;
  const figures = [
    `${Math.floor(share * 100)} %`.padStart(5),
    `${lines.toLocaleString('en')} lines`,
    `${Math.round(lines / Math.max(seconds, 0.001)).toLocaleString('en')}/s`,
    `${refused.toLocaleString('en')} refused`,
  ].join('  ');
  const room = Math.min(width - figures.length - 3, WIDEST_BAR);
  if (room < NARROWEST_BAR) return figures.slice(0, width);
  return `[${'#'.repeat(Math.round(share * room)).padEnd(room, '-')}] ${figures}`;
}

/** Redraws one line where there is a terminal, and writes nothing where there is none. */
export function progressOn(
  terminal: Terminal,
  now: () => number = () => performance.now(),
): { tell: (step: Step) => void; say: (words: string) => void; clear: () => void } {
  if (!terminal.isTTY) return { tell: () => undefined, say: () => undefined, clear: () => undefined };
  const began = now();
  let drawn = Number.NEGATIVE_INFINITY;
  // A terminal that is full to its last cell begins a new line.
  const width = () => (terminal.columns || USUAL_WIDTH) - 1;
  const draw = (words: string) => terminal.write(`\r${words.slice(0, width())}\x1b[K`);
  return {
    tell(step) {
      const instant = now();
      if (instant - drawn < PAUSE) return;
      drawn = instant;
      draw(progressLine(step, (instant - began) / 1000, width()));
    },
    say: draw,
    clear: () => draw(''),
  };
}
