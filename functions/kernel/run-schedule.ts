import { dayOf } from './calendar.ts';
import { execute } from './execute.ts';
import type { Kernel } from './kernel.ts';
import { receiptOf } from './receipts.ts';
import type { AnySchedule } from './schedule.ts';

/** One run of a schedule: everything due now, each at most once. Returns how many commands wrote something. */
export async function runSchedule(kernel: Kernel, schedule: AnySchedule): Promise<number> {
  const at = kernel.clock.now();
  const now = { now: new Date(at).toISOString(), today: dayOf(at) };
  let done = 0;
  for (let after: string | undefined; ; ) {
    const page = await schedule.due(kernel.views, now, after);
    for (const { input, once } of page.due) {
      const result = await execute(kernel, schedule.command, schedule.command.input.parse(input), {
        actor: 'system',
        receipt: receiptOf.schedule(schedule.name, once),
      });
      if (result.outcome === 'done' && !result.known && result.answer.events.length > 0) done += 1;
    }
    if (page.next === undefined) return done;
    after = page.next;
  }
}
