import { contextOf, type InContext } from './deployed.ts';

/**
 * For each context, those that are deployed before it (部署次序), because they hear what it says: an event that nobody hears yet would be
 * lost to them until an audit. Contexts that hear each other in a circle have no order among themselves; each still comes after whoever
 * outside the circle hears it.
 */
export function hearersFirst(deployed: readonly InContext[]): ReadonlyMap<string, readonly string[]> {
  const hearers = new Map(deployed.map((each) => [contextOf(each), new Set<string>()]));
  for (const each of deployed) {
    if (each.kind === 'reaction') for (const event of each.reaction.hears) hearers.get(event.context)?.add(contextOf(each));
  }
  const circled = (speaker: string, hearer: string): boolean => reached(hearers, hearer).has(speaker);
  return new Map([...hearers].map(([speaker, heard]) => [speaker, [...heard].filter((hearer) => hearer !== speaker && !circled(speaker, hearer)).sort()]));
}

/** Every node to which a way leads from `start`. */
function reached(ways: ReadonlyMap<string, ReadonlySet<string>>, start: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: string): void => {
    for (const next of ways.get(node) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(start);
  return found;
}
