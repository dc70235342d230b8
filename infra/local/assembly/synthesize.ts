import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { provinceCalled } from '../../province.ts';
import type { Deployment } from '../deployment.ts';
import { readAssembly } from './read-assembly.ts';
import { sourceHash } from './sources.ts';

/** An assembly that could not be made. */
export class NoAssembly extends Error {
  override readonly name = 'NoAssembly';
}

/** How assemblies are made and kept. */
export interface Synthesis {
  /** Folder below which they are kept: `<province>/<hash of the sources>`. */
  readonly kept: string;
  readonly hash: () => string;
  /** Makes a province's app in `<folder>/app`. */
  readonly synthesize: (province: string, folder: string) => Promise<void>;
}

/** The CDK is large: it stays out of the process that asks. Throws {@link NoAssembly} with what the script said. */
export const inChild =
  (script: string): Synthesis['synthesize'] =>
  async (province, folder) => {
    try {
      await promisify(execFile)(process.execPath, [script, province, folder]);
    } catch (error) {
      const { stderr = '', message } = error as Error & { readonly stderr?: string };
      throw new NoAssembly(`the assembly of ${province} could not be made:\n${stderr.trim() || message}`);
    }
  };

const SYNTHESIS: Synthesis = {
  kept: fileURLToPath(new URL('../../../.assembly/', import.meta.url)),
  hash: sourceHash,
  synthesize: inChild(fileURLToPath(new URL('synthesize-stage.ts', import.meta.url))),
};

/**
 * The folder of a province's synthesized stage, made anew when the sources have changed. `province` is the stage's name or
 * the province's code of two or six digits. Throws {@link NoAssembly} or {@link InvalidProvince}. Several may call at once, from several processes:
 * an assembly is there whole or not at all.
 */
export async function assemblyOf(province: string, synthesis: Partial<Synthesis> = {}): Promise<string> {
  const { kept, hash, synthesize } = { ...SYNTHESIS, ...synthesis };
  const { name } = await provinceCalled(province);
  const folder = join(kept, name);
  for (;;) {
    const wanted = hash();
    const whole = join(folder, wanted);
    if (existsSync(whole)) {
      const now = new Date();
      await utimes(whole, now, now);
      return join(whole, `assembly-${name}`);
    }
    const begun = join(folder, `begun-${randomUUID()}`);
    try {
      await mkdir(begun, { recursive: true });
      await synthesize(name, begun);
      // Sources that changed meanwhile may be in it: it is no assembly of either hash.
      if (hash() === wanted) await keep(join(begun, 'app'), whole);
    } finally {
      await rm(begun, { recursive: true, force: true });
    }
    await forgetOld(folder);
  }
}

/** What the province's templates say, from sources as they are now. Throws {@link NoAssembly}, {@link InvalidProvince} or {@link InvalidAssembly}. */
export const loadDeployment = async (province: string): Promise<Deployment> => readAssembly(await assemblyOf(province));

/** Puts an assembly in its place; another of the same sources that was first may stay there. */
async function keep(made: string, whole: string): Promise<void> {
  try {
    await rename(made, whole);
  } catch (error) {
    if (!existsSync(whole)) throw error;
  }
}

/** Assemblies kept: a host may still run from an earlier one. */
const KEPT = 4;
/** Milliseconds after which a synthesis that was begun has been given up. */
const GIVEN_UP_MS = 3_600_000;

async function forgetOld(folder: string): Promise<void> {
  const names = await readdir(folder);
  const entries = await Promise.all(names.map(async (name) => ({ name, usedAt: (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0 })));
  const begun = ({ name }: { readonly name: string }): boolean => name.startsWith('begun-');
  const whole = entries.filter((entry) => !begun(entry)).sort((a, b) => b.usedAt - a.usedAt);
  const givenUp = entries.filter((entry) => begun(entry) && entry.usedAt < Date.now() - GIVEN_UP_MS);
  await Promise.all([...whole.slice(KEPT), ...givenUp].map(({ name }) => rm(join(folder, name), { recursive: true, force: true })));
}
