import { parseArgs } from 'node:util';
import { loadDefinitions } from '../local/load-definitions.ts';
import { pagesOf } from './pages.ts';
import { ForeignFolder, writePages } from './write-pages.ts';

const USAGE = `npm run catalogue -- FOLDER
  writes the catalogue of events (事件目录) as HTML: index.html and a page for every event
  FOLDER   empty, not there yet, or one that this command wrote before`;

/** It was called in a way that there is not. */
class Misuse extends Error {}

try {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) throw new Misuse('name one folder');
  const pages = await pagesOf(await loadDefinitions());
  writePages(pages, folder);
  console.log(`${pages.size} pages written: open ${folder}/index.html`);
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const misused = error instanceof Misuse || String(code).startsWith('ERR_PARSE_ARGS');
  if (!misused && !(error instanceof ForeignFolder) && !['EACCES', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST', 'EPERM'].includes(String(code))) throw error;
  console.error(misused ? `${message}\n${USAGE}` : message);
  process.exitCode = misused ? 2 : 1;
}
