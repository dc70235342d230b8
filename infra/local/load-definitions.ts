import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { catalogue } from '../../events/catalogue.ts';
import type { AnyAggregate } from '../../functions/kernel/aggregate.ts';
import type { AnyCommand } from '../../functions/kernel/command.ts';
import { type Definitions, define } from '../../functions/kernel/definitions.ts';
import type { AnyDispatch } from '../../functions/kernel/dispatch.ts';
import type { AnyQuery } from '../../functions/kernel/query.ts';
import type { AnyReaction } from '../../functions/kernel/reaction.ts';
import type { AnySchedule } from '../../functions/kernel/schedule.ts';

const FUNCTIONS = fileURLToPath(new URL('../../functions/', import.meta.url));
/** Folders of `functions/` that are no context. */
const SHARED = new Set(['kernel', 'policy']);

/**
 * Finds every function by the layout: `<context>/<aggregate>.ts`, `<context>/commands/<verb-noun>.ts` and so on.
 * Throws with the file when its default export is not what its path says.
 */
export async function loadDefinitions(root: string = FUNCTIONS): Promise<Definitions> {
  const contexts = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !SHARED.has(entry.name));
  const aggregates: AnyAggregate[] = [];
  const fingerprints = new Map<string, string>();
  const commands: AnyCommand[] = [];
  const reactions: AnyReaction[] = [];
  const queries: AnyQuery[] = [];
  const schedules: AnySchedule[] = [];
  const dispatches: AnyDispatch[] = [];
  for (const { name: context } of contexts) {
    for (const file of filesIn(resolve(root, context))) {
      for (const found of Object.values(await importFile(file)).filter((each) => kindOf(each) === 'aggregate')) {
        aggregates.push(found as AnyAggregate);
        fingerprints.set((found as AnyAggregate).name, fingerprint(file));
      }
    }
    commands.push(...(await declared<AnyCommand>(root, context, 'command', 'commands')));
    reactions.push(...(await declared<AnyReaction>(root, context, 'reaction', 'reactions')));
    queries.push(...(await declared<AnyQuery>(root, context, 'query', 'queries')));
    schedules.push(...(await declared<AnySchedule>(root, context, 'schedule', 'schedules')));
    dispatches.push(...(await declared<AnyDispatch>(root, context, 'dispatch', 'dispatches')));
  }
  return define({ events: catalogue, aggregates, commands, reactions, queries, schedules, dispatches, fingerprints });
}

async function declared<T extends { readonly name: string }>(root: string, context: string, kind: string, folder: string): Promise<T[]> {
  const found: T[] = [];
  for (const file of filesIn(resolve(root, context, folder))) {
    const { default: definition } = await importFile(file);
    const name = `${context}/${basename(file, '.ts')}`;
    if (kindOf(definition) !== kind || (definition as T).name !== name) throw new Error(`${file} must export the ${kind} ${name} as its default`);
    found.push(definition as T);
  }
  return found;
}

const kindOf = (value: unknown) => (value as { kind?: unknown } | undefined)?.kind;
const importFile = (file: string): Promise<Record<string, unknown>> => import(pathToFileURL(file).href);

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => resolve(folder, name));
  } catch {
    return [];
  }
}

/** Hash over a file and everything it imports by a relative path: what folds a state has changed when any of it has. */
export function fingerprint(file: string): string {
  const seen = new Map<string, string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    const text = readFileSync(path, 'utf8');
    seen.set(path, text);
    for (const [, target] of text.matchAll(/(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g)) if (target) visit(resolve(dirname(path), target));
  };
  visit(file);
  const hash = createHash('sha256');
  for (const path of [...seen.keys()].sort()) hash.update(seen.get(path) ?? '').update('\0');
  return hash.digest('hex').slice(0, 16);
}
