import type { Cure } from './dead-letter-queues.ts';
import { chosen, workerOf } from './dead-letters.ts';
import { eachLetter } from './each-letter.ts';
import type { Outcome } from './misuse.ts';
import type { Shift } from './shift.ts';
import { counted } from './words.ts';

/** What mends dead letters that only tell of a failure. */
const OTHERWISE: Readonly<Record<Exclude<Cure['by'], 'redrive'>, string>> = { replay: 'replay --from DAY', rebuild: 'rebuild views', nothing: 'dlq list' };

/** Puts dead letters back on the queue that they came from (重新投递死信). Safe to repeat: what was handled before has its receipts. */
export async function dlqRedrive(
  shift: Shift,
  { queue, message }: { readonly queue?: string | undefined; readonly message?: string | undefined },
): Promise<Outcome> {
  const { place, dry, tell, command } = shift;
  let moved = 0;
  let left = 0;
  for (const each of chosen(shift, queue)) {
    const { cure, name } = each;
    let found = 0;
    await eachLetter(place.queues, name, async ({ id, body }) => {
      if (message !== undefined && id !== message) return 'stays';
      found += 1;
      if (dry || cure.by !== 'redrive') return 'stays';
      await place.queues.send(cure.queue, [body]);
      return 'goes';
    });
    if (found === 0) continue;
    const messages = `${counted(found, 'message')} of ${workerOf(each)}`;
    if (cure.by === 'redrive') {
      tell(`${messages} ${dry ? 'would go' : 'went'} back on the queue ${cure.queue}.`);
      moved += found;
    } else {
      tell(`${messages} cannot be put back: a failure is all they tell of. What mends it: ${command(OTHERWISE[cure.by])}`);
      left += found;
    }
  }
  if (moved + left === 0) tell(message === undefined ? '0 messages lie in the dead letters. There is nothing to do.' : lost(message));
  if (moved > 0 && !dry) {
    const then = place.live ? 'What went back is handled within some minutes.' : 'What went back is handled when the host is started again.';
    tell(`${then} What fails again is back in the dead letters: ${command('dlq list')}`);
  }
  return left > 0 || (message !== undefined && moved === 0) ? 1 : 0;
}

const lost = (message: string): string => `No message ${message} lies in the dead letters: maybe it was put back before.`;
