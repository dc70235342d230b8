import { hash } from 'node:crypto';
import { decodeCommit } from '../../functions/kernel/ledger.ts';
import type { World } from './world.ts';

/**
 * Of all that came about in a run, in its order: events, receipts, rows, counters, what the bus took, messages to endpoints, log lines, answers, and when.
 * Ciphertext is new each time and counts by its length; a log line's frames tell of the machine that played the run.
 */
export function digestOf(world: World): string {
  const commits = world.ledger.stream(0, Number.MAX_SAFE_INTEGER).map((record) => {
    const { previous: _, ...commit } = decodeCommit(record);
    return { ...commit, state: record.state };
  });
  const all = [
    commits,
    world.ledger.allReceipts(),
    world.views.allRows(),
    world.views.allCounters(),
    world.archive,
    world.outside.posted,
    world.lines.map((line) => JSON.parse(line)),
    [...world.answers],
    world.scheduler.done,
    world.scheduler.now,
  ];
  return hash('sha256', JSON.stringify(all, told), 'hex');
}

function told(name: string, value: unknown): unknown {
  if (name === 'frames') return undefined;
  return name === 'sealed' ? String(value).length : value;
}
