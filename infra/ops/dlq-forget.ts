import { chosen, workerOf } from './dead-letters.ts';
import { eachLetter } from './each-letter.ts';
import { Misuse, type Outcome } from './misuse.ts';
import type { Shift } from './shift.ts';
import { counted } from './words.ts';

/** Drops dead letters that only tell of a failure (清除失败通知), when it is mended. An event never: it is owed its consequences. */
export async function dlqForget(shift: Shift, { queue: name }: { readonly queue: string }): Promise<Outcome> {
  const { place, dry, tell, command } = shift;
  for (const queue of chosen(shift, name)) {
    if (queue.cure.by === 'redrive') throw new Misuse(`what lies there are events, which are not forgotten: ${command(`dlq redrive --queue ${name}`)}`);
    let dropped = 0;
    await eachLetter(place.queues, name, async () => {
      dropped += 1;
      return dry ? 'stays' : 'goes';
    });
    tell(`${counted(dropped, 'message')} of ${workerOf(queue)} ${dry ? 'would be dropped' : 'dropped'}.`);
  }
  return 0;
}
