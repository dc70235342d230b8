import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin, type TransformOptions, transform } from 'esbuild';
import type { AnyEventDefinition } from '../../events/event.ts';
import type { AnyCommand } from '../../functions/kernel/command.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FUNCTIONS = `${ROOT}functions/`;
const AGGREGATE = `${FUNCTIONS}kernel/aggregate.ts`;

/** A file of a context stays as it is; one of `events/` keeps its names alone, the aggregate's is emptied, and all else is left outside. */
const PLACES: readonly (readonly [place: 'own' | 'names' | 'emptied' | 'outside', of: (file: string) => boolean])[] = [
  ['emptied', (file) => file === AGGREGATE],
  ['names', (file) => file.startsWith(`${ROOT}events/`)],
  ['outside', (file) => file.startsWith(`${FUNCTIONS}kernel/`) || file.startsWith(`${FUNCTIONS}policy/`)],
  ['own', () => true],
];
const placeOf = (file: string) => PLACES.find(([, of]) => of(file))?.[0] ?? 'outside';

/**
 * An aggregate lists every event of its streams, whichever command writes it. Its call becomes one of an empty function, and events
 * objects that nobody can mind: esbuild takes the call out, and what only the list named with it.
 */
const contextAlone: Plugin = {
  name: 'context-alone',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, ({ path }) => ({ path, external: true, sideEffects: false }));
    onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) => {
      const file = resolve(resolveDir, path);
      const place = placeOf(file);
      return { path: file, sideEffects: false, external: place === 'outside', namespace: place === 'own' ? 'file' : place };
    });
    onLoad({ filter: /./, namespace: 'emptied' }, () => ({ contents: 'export function aggregate() {}' }));
    onLoad({ filter: /./, namespace: 'names' }, async ({ path }) => ({
      contents: Object.keys(await import(pathToFileURL(path).href))
        .map((name) => `export const ${name} = {};`)
        .join('\n'),
    }));
  },
};

const LEAST = {
  treeShaking: true,
  minifySyntax: true,
  charset: 'utf8',
  format: 'esm',
  target: 'node24',
  logLevel: 'error',
} as const satisfies TransformOptions;

/**
 * Which events each command can write (由哪个命令发布), by the command's name: those of its aggregate that are left in its code once esbuild has
 * taken out what it cannot reach. What is left only to be read, such as an event's name or schema, is not written.
 */
export async function writtenBy(commands: Iterable<AnyCommand>): Promise<ReadonlyMap<string, readonly AnyEventDefinition[]>> {
  const all = [...commands];
  const { outputFiles } = await build({
    entryPoints: all.map(({ name }) => ({ in: `${FUNCTIONS}${name.replace('/', '/commands/')}.ts`, out: name })),
    outdir: ROOT,
    write: false,
    bundle: true,
    ...LEAST,
    plugins: [contextAlone],
  });
  // Only in one file does esbuild know that a name which is not looked at does nothing: what the first pass left of the lists goes in the second.
  const texts = await Promise.all(
    outputFiles.map(async ({ path, text }) => [path.slice(ROOT.length).replace(/\.js$/, ''), (await transform(text, LEAST)).code] as const),
  );
  const left = new Map(texts);
  return new Map(
    all.map(({ name, aggregate }) => [name, (aggregate.events as readonly AnyEventDefinition[]).filter((event) => writes(left.get(name) ?? '', event))]),
  );
}

/** The name is called upon (`X.of`) or handed on as it is; it is neither what it is declared by, nor a key, nor is another member of it read. */
const writes = (text: string, { name }: AnyEventDefinition): boolean => new RegExp(`(?<![.$\\w])${name}(?! = \\{\\}|[$\\w:]|\\.(?!of\\b))`).test(text);
