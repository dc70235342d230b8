import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lists what was written into a folder, so that the next time it is known to be the catalogue's own. */
export const LIST = '.catalogue';

/** A folder that the catalogue must not be written into. */
export class ForeignFolder extends Error {
  override readonly name = 'ForeignFolder';
}

/**
 * Writes pages, by file name, into a folder that is empty or that it wrote before; pages of then that are no more are removed, and nothing else.
 * Throws {@link ForeignFolder} before anything is written.
 */
export function writePages(pages: ReadonlyMap<string, string>, folder: string): void {
  const there = filesOf(folder);
  const own = there.includes(LIST) ? readFileSync(join(folder, LIST), 'utf8').split('\n') : [];
  const foreign = there.filter((name) => name !== LIST && !own.includes(name));
  if (foreign.length > 0) throw new ForeignFolder(`${folder} holds ${foreign[0]}, which is not of a catalogue: name an empty folder`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, LIST), [...new Set([...own, ...pages.keys()])].join('\n'));
  for (const name of there) if (name !== LIST && !pages.has(name)) rmSync(join(folder, name));
  for (const [name, html] of pages) writeFileSync(join(folder, name), html);
  writeFileSync(join(folder, LIST), [...pages.keys()].join('\n'));
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') throw new ForeignFolder(`${folder} is no folder`);
    throw error;
  }
}
