import { dayOf } from './calendar.ts';
import { execute } from './execute.ts';
import type { Kernel } from './kernel.ts';
import { Throttled } from './ports.ts';
import { receiptOf } from './receipts.ts';
import type { AnySchedule } from './schedule.ts';

/**
 * One run of a schedule: everything due now, each at most once. Returns how many commands wrote something.
 * One that fails keeps no other from its turn, and the first failure is thrown when all had theirs; {@link Throttled} ends the run at once.
 */
export async function runSchedule(kernel: Kernel, schedule: AnySchedule): Promise<number> {
  const at = kernel.clock.now();
  const now = { now: new Date(at).toISOString(), today: dayOf(at) };
  let done = 0;
  const failures: unknown[] = [];
  for (let after: string | undefined; ; ) {
    const page = await schedule.due(kernel.views, now, after);
    for (const { input, once } of page.due) {
      try {
        const call = { actor: 'system', receipt: receiptOf.schedule(schedule.name, once) } as const;
        const result = await execute(kernel, schedule.command, schedule.command.input.parse(input), call);
        if (result.outcome === 'done' && !result.known && result.answer.events.length > 0) done += 1;
      } catch (error) {
        if (error instanceof Throttled) throw error;
        kernel.log.warn('schedule-failed', { command: schedule.name, error });
        failures.push(error);
      }
    }
    if (page.next === undefined) break;
    after = page.next;
  }
  if (failures.length > 0) throw failures[0];
  return done;
}
