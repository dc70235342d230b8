import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { sourceHash, sourcesOf } from '../../../../infra/local/assembly/sources.ts';
import { assemblyOf, inChild, type Synthesis } from '../../../../infra/local/assembly/synthesize.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'assemblies-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

/** A synthesis that writes one file; `during` is what happens while it runs. */
function made(during: (begun: string) => Promise<void> | void = () => undefined) {
  const asked: string[] = [];
  const sources = { hash: 'first' };
  const synthesis: Synthesis = {
    kept: folder(),
    hash: () => sources.hash,
    synthesize: async (province, begun) => {
      asked.push(province);
      mkdirSync(join(begun, 'app', `assembly-${province}`), { recursive: true });
      await during(begun);
      writeFileSync(join(begun, 'app', `assembly-${province}`, 'manifest.json'), String(asked.length));
    },
  };
  return { asked, sources, synthesis, kept: () => readdirSync(join(synthesis.kept, 'jiangxi')).sort() };
}

test('a province is known by its name and by its code of two or six digits', async () => {
  const { synthesis, asked } = made();
  const folders = new Set(await Promise.all(['jiangxi', '36', '360000'].map((province) => assemblyOf(province, synthesis))));
  expect([...folders]).toEqual([join(synthesis.kept, 'jiangxi/first/assembly-jiangxi')]);
  expect(new Set(asked)).toEqual(new Set(['jiangxi']));
});

test('an unknown province is refused with those that there are', async () => {
  await expect(assemblyOf('atlantis', made().synthesis)).rejects.toThrow(/no province is called atlantis; there are .*jiangxi \(36\)/);
});

test('an assembly is made once, and anew when the sources have changed', async () => {
  const { synthesis, asked, sources, kept } = made();
  const first = await assemblyOf('jiangxi', synthesis);
  expect(await assemblyOf('jiangxi', synthesis)).toBe(first);
  expect(asked).toHaveLength(1);
  sources.hash = 'second';
  const second = await assemblyOf('jiangxi', synthesis);
  expect(readFileSync(join(second, 'manifest.json'), 'utf8')).toBe('2');
  expect(kept()).toEqual(['first', 'second']);
});

test('nobody sees half an assembly: two that make it at once end with the same whole one', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((done) => {
    release = done;
  });
  const { synthesis, asked, kept } = made(() => held);
  const both = [assemblyOf('jiangxi', synthesis), assemblyOf('jiangxi', synthesis)];
  await expect.poll(() => asked.length).toBe(2);
  expect(kept().every((name) => name.startsWith('begun-'))).toBe(true);
  release();
  const [one, other] = await Promise.all(both);
  expect(one).toBe(other);
  expect(existsSync(join(one ?? '', 'manifest.json'))).toBe(true);
  expect(kept()).toEqual(['first']);
});

test('sources that changed while it was made are synthesized again', async () => {
  const { synthesis, asked, sources, kept } = made(() => {
    sources.hash = 'second';
  });
  expect(await assemblyOf('jiangxi', synthesis)).toBe(join(synthesis.kept, 'jiangxi/second/assembly-jiangxi'));
  expect(asked).toHaveLength(2);
  expect(kept()).toEqual(['second']);
});

test('what failed leaves nothing behind and says why', async () => {
  const { synthesis, kept } = made(() => Promise.reject(new Error('made reason')));
  await expect(assemblyOf('jiangxi', synthesis)).rejects.toThrow('made reason');
  expect(kept()).toEqual([]);
});

test('the last four are kept, by their use, and what was given up long ago is not', async () => {
  const { synthesis, sources, kept } = made();
  for (const [at, hash] of ['a', 'b', 'c', 'd'].entries()) {
    sources.hash = hash;
    await assemblyOf('jiangxi', synthesis);
    utimesSync(join(synthesis.kept, 'jiangxi', hash), at + 1, at + 1);
  }
  for (const name of ['begun-old', 'begun-new']) mkdirSync(join(synthesis.kept, 'jiangxi', name));
  utimesSync(join(synthesis.kept, 'jiangxi/begun-old'), 1, 1);
  sources.hash = 'a';
  await assemblyOf('jiangxi', synthesis);
  sources.hash = 'e';
  await assemblyOf('jiangxi', synthesis);
  expect(kept()).toEqual(['a', 'begun-new', 'c', 'd', 'e']);
});

test('a synthesis that fails in its process is told with what it said', async () => {
  const kept = folder();
  const script = join(kept, 'made.mjs');
  writeFileSync(script, "throw new Error('made reason for ' + process.argv[2]);");
  await expect(assemblyOf('jiangxi', { kept, synthesize: inChild(script) })).rejects.toThrow(
    /^the assembly of jiangxi could not be made:.*Error: made reason for jiangxi/s,
  );
});

test('the hash is of every file that the synthesis reads, by name and content', () => {
  const copy = folder();
  for (const file of sourcesOf()) cpSync(join(root, file), join(copy, file), { recursive: true });
  expect(sourceHash(copy)).toBe(sourceHash());
  for (const file of ['events/sanctions.ts', 'infra/names.ts', 'infra/local/load-definitions.ts', 'package-lock.json']) {
    const before = readFileSync(join(copy, file));
    writeFileSync(join(copy, file), `${before}\n`);
    expect(sourceHash(copy), file).not.toBe(sourceHash());
    writeFileSync(join(copy, file), before);
  }
  writeFileSync(join(copy, 'functions/new.ts'), '');
  expect(sourceHash(copy)).not.toBe(sourceHash());
});

test('what the synthesis imports is among the sources, and the rest of the local host is not', () => {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, target = ''] of readFileSync(join(root, file), 'utf8').matchAll(/^(?:import|export|\}) .*from '(\.{1,2}\/[^']+)'/gm)) {
      visit(relative(root, resolve(root, dirname(file), target)));
    }
  };
  visit('infra/local/assembly/synthesize-stage.ts');
  expect(seen.size).toBeGreaterThan(30);
  expect(sourcesOf()).toEqual(expect.arrayContaining([...seen]));
  expect(sourcesOf()).not.toContain('infra/local/deployment.ts');
});
