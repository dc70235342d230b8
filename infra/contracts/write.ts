import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDefinitions } from '../local/load-definitions.ts';
import { contractsOf } from './contracts.ts';

const USAGE = `npm run contracts -- FOLDER
  writes openapi.json, asyncapi.json, a page of each, and a collection of requests as collection.json and requests.http`;

const [folder, ...more] = process.argv.slice(2);
if (folder === undefined || folder.startsWith('-') || more.length > 0) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(contractsOf(await loadDefinitions()))) {
    writeFileSync(join(folder, name), name.endsWith('.json') ? `${JSON.stringify(JSON.parse(text), null, 2)}\n` : text);
    console.log(join(folder, name));
  }
}
