import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const LOCAL = join('infra', 'local');

/** What an assembly is made from: the bundler reads the compiler's options and the package's kind too. */
const FILES = [
  'cdk.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  join(LOCAL, 'load-definitions.ts'),
  join(LOCAL, 'assembly/synthesize-stage.ts'),
];
const FOLDERS = ['events', 'functions', 'infra'];

/** Files from which an assembly is made, in order, relative to the root; of the local host only what the synthesis itself runs. */
export function sourcesOf(root: string = ROOT): readonly string[] {
  const found = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(join(root, sep).length)),
  );
  return [...FILES, ...found.filter((file) => !file.startsWith(LOCAL + sep))].sort();
}

/** Hash over names and contents of the sources: another one, another assembly. */
export function sourceHash(root: string = ROOT): string {
  const hash = createHash('sha256');
  for (const file of sourcesOf(root)) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}
