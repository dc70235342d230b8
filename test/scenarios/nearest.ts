/** Edits (增、删、改) that turn one text into the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, left] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      next.push(Math.min((row[j] ?? 0) + (left === b[j] ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The candidate that is most like the text; nothing where there are none. */
export const nearest = (text: string, candidates: readonly string[]): string | undefined =>
  candidates.map((candidate) => ({ candidate, edits: distance(text, candidate) })).toSorted((a, b) => a.edits - b.edits)[0]?.candidate;
