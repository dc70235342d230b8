import { dayOf } from '../../functions/kernel/calendar.ts';
import type { DeadLetterQueue } from './dead-letter-queues.ts';
import { arrivedAt, chosen, eventOf, workerOf } from './dead-letters.ts';
import type { Outcome } from './misuse.ts';
import type { Letter } from './place.ts';
import type { Shift } from './shift.ts';
import { counted, minuteOf } from './words.ts';

/** Messages of one queue that are told one by one. */
const SHOWN = 100;

/** What lies in each dead-letter queue (列出死信), and what mends it. */
export async function dlqList(shift: Shift, { queue }: { readonly queue?: string | undefined }): Promise<Outcome> {
  const { place, tell } = shift;
  const all = chosen(shift, queue);
  const found = await Promise.all(
    all.map(async (each) => {
      const letters = await place.queues.take(each.name, SHOWN);
      const count = await place.queues.count(each.name).finally(() => place.queues.giveBack(each.name, letters));
      return { each, letters, count: Math.max(letters.length, count) };
    }),
  );
  const lying = found.filter(({ count }) => count > 0);
  for (const { each, letters, count } of lying) tellOf(shift, each, letters, count);
  if (lying.length === 0) tell(`0 messages wait in ${counted(all.length, 'dead-letter queue')}. There is nothing to do.`);
  return lying.length === 0 ? 0 : 1;
}

function tellOf(shift: Shift, queue: DeadLetterQueue, letters: readonly Letter[], count: number): void {
  const { tell } = shift;
  const since = letters.length === 0 ? '' : `, the oldest since ${minuteOf(Math.min(...letters.map(({ sentAt }) => sentAt)))}`;
  tell(`${counted(count, 'message waits', 'messages wait')} in the dead letters of ${workerOf(queue)}${since}.`);
  for (const letter of letters) tell(`  ${letter.id}: ${told(shift, queue, letter)}`);
  if (letters.length < count) tell(`  ${counted(count - letters.length, 'more is', 'more are')} not shown, or somebody else looks at them.`);
  for (const line of NEXT[queue.cure.by](queue, shift, letters)) tell(`  ${line}`);
}

function told({ place }: Shift, { cure }: DeadLetterQueue, letter: Letter): string {
  if (cure.by !== 'redrive') return `a failure of ${minuteOf(letter.sentAt)}`;
  return `${eventOf(place.kernel.definitions, letter) ?? 'no event that these sources know'}; tried ${counted(cure.tries, 'time')}`;
}

type Next = (queue: DeadLetterQueue, shift: Shift, letters: readonly Letter[]) => readonly string[];

const forget: Next = ({ name }, { command }) => [`Then drop what only tells of it: ${command(`dlq forget --queue ${name}`)}`];

/** What to do next, by what mends it. */
const NEXT: Readonly<Record<DeadLetterQueue['cure']['by'], Next>> = {
  redrive: ({ name }, { command }) => [`To try them again: ${command(`dlq redrive --queue ${name}`)}`],
  replay: (queue, shift, letters) => [
    `Some events were not published. To publish them again: ${shift.command(`replay --from ${firstDay(letters)}`)}`,
    ...forget(queue, shift, letters),
  ],
  rebuild: (queue, shift, letters) => [
    `Some commits did not come into the views. To see which listings lack something: ${shift.command('rebuild views --dry-run')}`,
    ...forget(queue, shift, letters),
  ],
  nothing: (queue, shift, letters) => ['What was due is found by the next run. Its log tells why this one failed.', ...forget(queue, shift, letters)],
};

/** From which day on none of them is passed over; a word for it where somebody else holds them at the moment. */
const firstDay = (letters: readonly Letter[]): string => (letters.length === 0 ? 'DAY' : dayOf(Math.min(...letters.map(arrivedAt))));
