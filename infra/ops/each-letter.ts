import type { Letter, Queues } from './place.ts';

/** Messages that are taken at once. */
const BATCH = 10;

/** The work for every message that lies in a queue, once; what goes is removed after its work, what stays is given back at the end, whatever that is. */
export async function eachLetter(queues: Queues, queue: string, work: (letter: Letter) => Promise<'goes' | 'stays'>): Promise<void> {
  const stay: Letter[] = [];
  const seen = new Set<string>();
  try {
    for (;;) {
      const taken = await queues.take(queue, BATCH);
      const fresh = taken.filter(({ id }) => !seen.has(id));
      if (fresh.length === 0) return;
      // Given back whatever becomes of the work.
      stay.push(...fresh);
      for (const letter of fresh) {
        seen.add(letter.id);
        if ((await work(letter)) === 'stays') continue;
        await queues.remove(queue, [letter]);
        stay.splice(stay.indexOf(letter), 1);
      }
    }
  } finally {
    if (stay.length > 0) await queues.giveBack(queue, stay);
  }
}
