import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** A module of a package that a bundle takes in another form (精简), because the rest of it never runs in a Lambda of this house. */
interface Reduction {
  /** End of the module's path. */
  readonly module: string;
  /** What no function comes to: told by the error where one does. */
  readonly without: string;
  /** Throws where the module is not what this was written for. */
  readonly reduced: (text: string, without: string) => string;
}

/** Every name that the module exports, as a function that throws, called or constructed. */
function absent(text: string, without: string): string {
  const declared = [...text.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(([, name]) => name as string);
  const listed = [...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names]) => (names as string).split(',').map((name) => name.trim()));
  const names = [...declared, ...listed.filter((name) => name !== '').map((name) => name.split(' as ').at(-1) as string)];
  if (names.length === 0) throw new Error('it exports nothing');
  return `function absent() { throw new Error('this bundle is without ${without}'); }\nexport { ${names.map((name) => `absent as ${name}`).join(', ')} };`;
}

/** A client that has operations with event streams, which we do not call, sets up what they would need when it is made. */
function withoutStreams(text: string, without: string): string {
  const setUp = /^export \{ resolveEventStreamSerdeConfig \} from .*$/m;
  if (!setUp.test(text)) throw new Error('it sets up nothing');
  return `${absent(text.replace(setUp, ''), without)}\nexport const resolveEventStreamSerdeConfig = (config) => config;`;
}

/** Exceptions that are looked at by their class or fields, or that the SDK tries again by a mark of theirs; any other comes as the service's base exception with its name. */
const KNOWN_BY_CLASS = ['ConditionalCheckFailedException', 'TransactionCanceledException', 'ReplicatedWriteConflictException'];

function withoutClasses(text: string): string {
  const dropped: string[] = [];
  const reduced = text.replace(/^export var (\w+)\$ = \[-3, n0,[^;]*\];\nn0_registry\.registerError\(\1\$, \1\);$/gm, (exception, name: string) => {
    if (KNOWN_BY_CLASS.includes(name)) return exception;
    dropped.push(name);
    return '';
  });
  if (dropped.length === 0) throw new Error('it registers no exceptions');
  const used = dropped.find((name) => new RegExp(`\\b${name}\\$`).test(reduced));
  if (used) throw new Error(`it uses ${used} elsewhere`);
  return reduced;
}

/** A namespace that is re-exported is kept whole; the same one, imported from its own module, is not. */
function usedHelpersAlone(text: string): string {
  const imported = 'import { util } from "../core/index.js";';
  if (!text.includes(imported)) throw new Error('it takes its helpers elsewhere');
  return text.replace(imported, 'import * as util from "../core/util.js";').replaceAll('core.util.', 'util.');
}

const versionAlone = (text: string): string => JSON.stringify({ version: (JSON.parse(text) as { version: string }).version });

/** The calendar reads days; the names of the holidays are three quarters of the file. */
function daysAlone(text: string): string {
  const { holidays, workdays } = JSON.parse(text) as Record<'holidays' | 'workdays', Record<string, string>>;
  const days = (named: Record<string, string>) => Object.fromEntries(Object.keys(named).map((day) => [day, 1]));
  return JSON.stringify({ holidays: days(holidays), workdays: days(workdays) });
}

const CLIENTS = ['client-dynamodb', 'client-eventbridge', 'client-kms', 'client-lambda'];

const REDUCTIONS: readonly Reduction[] = [
  {
    module: '/@smithy/core/dist-es/submodules/event-streams/index.js',
    without: 'event streams, which no operation we call answers with',
    reduced: withoutStreams,
  },
  { module: '/@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js.js', without: 'SHA-256 for a Node without node:crypto', reduced: absent },
  {
    module: '/@aws-sdk/endpoint-cache/dist-es/EndpointCache.js',
    without: 'endpoint discovery, whose cache is made and never asked',
    reduced: () => 'export class EndpointCache {}',
  },
  ...CLIENTS.flatMap((client): Reduction[] => [
    { module: `/@aws-sdk/${client}/dist-es/schemas/schemas_0.js`, without: 'classes of exceptions that are known by name', reduced: withoutClasses },
    { module: `/@aws-sdk/${client}/package.json`, without: 'what a client does not say of itself', reduced: versionAlone },
  ]),
  { module: '/zod/v4/core/to-json-schema.js', without: 'JSON Schema', reduced: absent },
  { module: '/zod/v4/core/json-schema-processors.js', without: 'JSON Schema', reduced: absent },
  { module: '/zod/v4/classic/schemas.js', without: 'helpers that no schema uses', reduced: usedHelpersAlone },
  { module: '/chinese-days/dist/chinese-days.json', without: 'names of holidays', reduced: daysAlone },
];

/** Packages that do not say of themselves that importing them does nothing. */
const NO_SIDE_EFFECTS = /\/node_modules\/@aws-sdk\/lib-dynamodb\//;

const ASKED = Symbol('asked');

/** Leaves out of the bundles what their packages carry and no function of ours runs. Fails the build where a module is not what it was. */
export const leftOut: Plugin = {
  name: 'left-out',
  setup({ onLoad, onResolve, resolve }) {
    for (const { module, without, reduced } of REDUCTIONS) {
      onLoad({ filter: new RegExp(`${module.replaceAll('.', '\\.')}$`) }, async ({ path }) => ({
        contents: reduced(await readFile(path, 'utf8'), without),
        loader: path.endsWith('.json') ? 'json' : 'js',
      }));
    }
    onResolve({ filter: /^(@aws-sdk\/lib-dynamodb$|\.)/ }, async ({ path, pluginData, ...about }) => {
      if (pluginData === ASKED || (path.startsWith('.') && !NO_SIDE_EFFECTS.test(`${about.resolveDir}/`))) return undefined;
      return { ...(await resolve(path, { ...about, pluginData: ASKED })), sideEffects: false };
    });
  },
};
