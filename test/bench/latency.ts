import { join } from 'node:path';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { openBenchHost } from './bench-host.ts';
import { benchFolder } from './bench-province.ts';
import { type Effort, inRounds, type Line, linesOf, quantile } from './rounds.ts';

const PER_SECOND = 50;

/** So that a sample holds enough requests for a p99. */
const LONGER = 8;

/**
 * A steady pace of requests, whether or not those before are answered: milliseconds from sending to the answer, and to the last consequence,
 * which is there when the host has published, projected and reacted to everything that followed from the command.
 */
export async function measureLatency(_: Definitions, { seconds, rounds }: Effort): Promise<readonly Line[]> {
  const folder = benchFolder();
  const host = await openBenchHost(join(folder.path, 'host')).catch((error) => {
    folder.remove();
    throw error;
  });
  try {
    const samples = await inRounds(rounds, async () => {
      const found: Record<string, number> = {};
      for (const [name, next] of Object.entries(host.loads)) {
        await host.client.know(next());
        await host.child.ask('begin', true);
        const sent = await host.client.keepPace(next, PER_SECOND, LONGER * seconds);
        const lastOf = new Map((await host.settled()).lastOf);
        const times = [...sent].map(([id, times]) => ({ answer: times.answered - times.sent, 'last-consequence': (lastOf.get(id) as number) - times.sent }));
        for (const what of ['answer', 'last-consequence'] as const) {
          const values = times.map((each) => each[what]);
          found[`${name}/${what}-p50`] = quantile(values, 0.5);
          found[`${name}/${what}-p99`] = quantile(values, 0.99);
        }
      }
      return found;
    });
    return linesOf('latency', samples, () => 'ms');
  } finally {
    await host.close();
    folder.remove();
  }
}
