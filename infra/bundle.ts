import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { CredentialFact } from '../events/credential.ts';
import type { AnyAggregate } from '../functions/kernel/aggregate.ts';
import type { Definitions } from '../functions/kernel/definitions.ts';
import { servedBy } from './contracts/contracts.ts';
import { contextOf, type Deployed, idOf, type Kind, reachesOut, ringOf } from './deployed.ts';
import { leftOut } from './left-out.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Folder of a function's bundle below the bundles' own. */
export const bundleOf = (deployed: Deployed): string => `${contextOf(deployed)}/${idOf(deployed)}`;

/**
 * Bundles every function with one call of esbuild. Each entry is made here: its own file, the definitions its kind needs and
 * `functions/kernel/lambda.ts`; the fingerprints of the aggregates are put in. Returns the bytes of each bundle by folder.
 */
export async function bundle(definitions: Definitions, deployed: readonly Deployed[], folder: string): Promise<ReadonlyMap<string, number>> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const entries = new Map(deployed.map((each) => [bundleOf(each), each]));
  const places = await aggregatePlaces(definitions);
  await build({
    entryPoints: [...entries.keys()].map((name) => ({ in: `${PREFIX}${name}`, out: `${name}/index` })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    charset: 'utf8',
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    target: 'node24',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'error',
    // The chain of providers would be a third of each bundle, to find what Lambda puts into the environment.
    alias: { '@aws-sdk/credential-provider-node': './functions/kernel/aws/credentials.ts' },
    plugins: [leftOut, made((name) => sourceOf(definitions, places, entries.get(name) as Deployed))],
  });
  return new Map([...entries.keys()].map((name) => [name, statSync(join(folder, name, 'index.mjs')).size]));
}

const PREFIX = 'lambda:';

const made = (source: (name: string) => string): Plugin => ({
  name: 'lambda-entries',
  setup({ onResolve, onLoad }) {
    // No module of this house does anything as it is imported, so what is not used is left out.
    onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) =>
      resolveDir.includes('node_modules') ? undefined : { path: resolve(resolveDir, path), sideEffects: false },
    );
    onResolve({ filter: new RegExp(`^${PREFIX}`) }, ({ path }) => ({ path: path.slice(PREFIX.length), namespace: 'lambda' }));
    onLoad({ filter: /./, namespace: 'lambda' }, ({ path }) => ({ contents: source(path), resolveDir: ROOT, loader: 'ts' }));
  },
});

/** What a kind of function must know of the rest: a command's preview plays every reaction, a query reads rows alone. */
const KNOWS: Readonly<Record<Kind, { readonly aggregates: boolean; readonly reactions: boolean }>> = {
  command: { aggregates: true, reactions: true },
  reaction: { aggregates: true, reactions: false },
  schedule: { aggregates: true, reactions: false },
  dispatch: { aggregates: true, reactions: false },
  project: { aggregates: true, reactions: false },
  intake: { aggregates: false, reactions: false },
  query: { aggregates: false, reactions: false },
  publish: { aggregates: false, reactions: false },
  document: { aggregates: false, reactions: false },
};

/** Folders of the kinds that have a file each. */
const FOLDERS: Partial<Readonly<Record<Kind, string>>> = {
  command: 'commands',
  query: 'queries',
  reaction: 'reactions',
  schedule: 'schedules',
  dispatch: 'dispatches',
};

function sourceOf(definitions: Definitions, places: readonly AggregatePlace[], deployed: Deployed): string {
  const { kind, name } = deployed;
  const knows = KNOWS[kind];
  const verifies = kind === 'intake' && deployed.route.signed;
  const aggregates = places.filter((each) => knows.aggregates || (verifies && each.aggregate === CredentialFact.aggregate));
  const defines = aggregates.length > 0;
  const reactions = knows.reactions ? [...definitions.reactions.keys()] : [];
  const folder = FOLDERS[kind];
  const { seal, open } = ringOf(deployed);
  const seals = seal || open;
  const reaches = reachesOut(deployed);
  const given = [...(seals ? ['makeKeyRing'] : []), ...(reaches ? ['makeNetwork'] : [])];
  const documents = kind === 'document' ? [JSON.stringify(servedBy(definitions))] : [];
  const made = verifies ? 'signedIntakeLambda' : `${kind}Lambda`;
  const taken = [
    ...(defines ? ['definitions'] : []),
    ...(folder ? ['own'] : []),
    ...(kind === 'intake' ? [JSON.stringify(deployed.types)] : []),
    ...(given.length > 0 ? [`{ ${given.join()} }`] : []),
    ...documents,
  ];
  return [
    `import { ${made} } from './functions/kernel/lambda.ts';`,
    ...(defines ? [`import { define } from './functions/kernel/definitions.ts';`, `import { catalogue } from './events/catalogue.ts';`] : []),
    ...(seals ? [`import { makeKeyRing } from './functions/kernel/seal.ts';`] : []),
    ...(reaches ? [`import { makeNetwork } from './functions/kernel/network.ts';`] : []),
    ...aggregates.map(({ file, exported }, at) => `import { ${exported} as aggregate${at} } from '${file}';`),
    ...reactions.map((reaction, at) => `import reaction${at} from '${fileOf('reactions', reaction)}';`),
    ...(folder ? [`import own from '${fileOf(folder, name)}';`] : []),
    ...(defines
      ? [
          'const definitions = define({',
          '  events: catalogue, commands: [], queries: [], schedules: [], dispatches: [],',
          `  aggregates: [${aggregates.map((_, at) => `aggregate${at}`).join()}], reactions: [${reactions.map((_, at) => `reaction${at}`).join()}],`,
          `  fingerprints: new Map(${JSON.stringify([...definitions.fingerprints])}),`,
          '});',
        ]
      : []),
    `export const handler = await ${made}(${taken.join(', ')});`,
  ].join('\n');
}

const fileOf = (folder: string, name: string): string => `./functions/${name.replace('/', `/${folder}/`)}.ts`;

/** Where an aggregate is declared. */
interface AggregatePlace {
  readonly aggregate: string;
  readonly file: string;
  readonly exported: string;
}

async function aggregatePlaces(definitions: Definitions): Promise<readonly AggregatePlace[]> {
  const wanted = new Set<unknown>(definitions.aggregates.values());
  const contexts = new Set([...definitions.aggregates.keys()].map((name) => contextOf({ name })));
  const files = [...contexts].flatMap((context) =>
    readdirSync(join(ROOT, 'functions', context))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `./functions/${context}/${file}`),
  );
  const found = await Promise.all(
    files.map(async (file) => {
      const module = (await import(pathToFileURL(join(ROOT, file)).href)) as Record<string, unknown>;
      return Object.keys(module).flatMap((exported) =>
        wanted.has(module[exported]) ? [{ file, exported, aggregate: (module[exported] as AnyAggregate).name }] : [],
      );
    }),
  );
  return found.flat();
}
