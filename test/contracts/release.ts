import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type AsyncApi, asyncApiOf } from '../../infra/contracts/asyncapi.ts';
import { type OpenApi, openApiOf } from '../../infra/contracts/openapi.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { asyncApiBreaks, openApiBreaks } from './breaking.ts';

/** Both documents of a release (已发布的契约). */
export interface Release {
  readonly openApi: OpenApi;
  readonly asyncApi: AsyncApi;
}

const FOLDER = fileURLToPath(new URL('./released/', import.meta.url));
const FILES = { openApi: 'openapi.json', asyncApi: 'asyncapi.json' } as const;

/** The documents as they are now. */
export const presentRelease = async (): Promise<Release> => ({ openApi: openApiOf(await loadDefinitions()), asyncApi: asyncApiOf() });

/** Those of the last release; none before the first. */
export function lastRelease(folder = FOLDER): Release | undefined {
  if (!existsSync(`${folder}${FILES.openApi}`)) return undefined;
  const read = <T>(file: string) => JSON.parse(readFileSync(`${folder}${file}`, 'utf8')) as T;
  return { openApi: read(FILES.openApi), asyncApi: read(FILES.asyncApi) };
}

/** Whom a change would break who works by the last release: one line each. */
export const breaks = (last: Release, present: Release): readonly string[] => [
  ...openApiBreaks(last.openApi, present.openApi),
  ...asyncApiBreaks(last.asyncApi, present.asyncApi),
];

/** Writes the documents as the last release's, without what they say of themselves: only what binds is compared. */
export function writeRelease({ openApi, asyncApi }: Release, folder = FOLDER): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${FILES.openApi}`, `${compact(bare(openApi))}\n`);
  writeFileSync(`${folder}${FILES.asyncApi}`, `${compact(bare(asyncApi))}\n`);
}

const SAID = new Set(['title', 'description', 'summary', 'tags', 'example', 'operationId', 'x-who-may', 'default']);
/** Members of these are named by who wrote them, whatever their names. */
const NAMING = new Set(['properties', 'examples', 'paths', 'webhooks', 'channels', 'messages', 'operations', 'schemas', 'parameters', 'responses', 'content']);

/** Of a failure's examples their names stay, which are its codes. */
function bare(value: unknown, within = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => bare(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (NAMING.has(within)) return [[key, within === 'examples' ? {} : bare(inner)]];
      if (SAID.has(key) || (key === 'examples' && Array.isArray(inner))) return [];
      return [[key, bare(inner, key)]];
    }),
  );
}

const WIDTH = 160;

/** JSON that is short, and whose changes a person can read line by line. */
function compact(value: unknown, indent = ''): string {
  const line = JSON.stringify(value);
  if (line.length + indent.length <= WIDTH || typeof value !== 'object' || value === null) return line;
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const members = Array.isArray(value)
    ? value.map((each) => compact(each, deeper))
    : Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${compact(each, deeper)}`);
  return `${open}\n${members.map((each) => `${deeper}${each}`).join(',\n')}\n${indent}${close}`;
}

const USAGE = `npm run release -- --write [--breaking]
  writes the contracts as they are now as the last release's, which every later change is compared with
  --breaking  also where that breaks who works by the last release: only with a notice to every agency`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const present = await presentRelease();
  const last = lastRelease();
  const found = last ? breaks(last, present) : [];
  for (const each of found) console.log(each);
  if (!process.argv.includes('--write')) console.log(USAGE);
  else if (found.length > 0 && !process.argv.includes('--breaking')) {
    console.error('not written: this breaks who works by the last release');
    process.exitCode = 1;
  } else writeRelease(present);
}
