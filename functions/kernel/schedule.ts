import type { AnyCommand } from './command.ts';
import type { ViewStore } from './ports.ts';

/** One thing that a schedule finds due: a command's input, and the name under which it happens at most once. */
export interface Due<Input = unknown> {
  readonly input: Input;
  /** With the schedule's name it makes the receipt. */
  readonly once: string;
}

/** A schedule (定时任务): looks at a listing at an interval and decides its command for whatever is due. What is listed late is found by a later run. */
export interface ScheduleDefinition<Input = unknown> {
  /** `<context>/<verb-noun>` */
  readonly name: string;
  readonly title: string;
  readonly everyMinutes: number;
  readonly command: AnyCommand;
  /** A page of what is due now; `next` to go on. */
  readonly due: (
    views: Pick<ViewStore, 'rows'>,
    now: { readonly now: string; readonly today: string },
    after: string | undefined,
  ) => Promise<{ due: readonly Due<Input>[]; next?: string }>;
}

export type AnySchedule = ScheduleDefinition & { readonly kind: 'schedule' };

export const schedule = (definition: ScheduleDefinition): AnySchedule => ({ ...definition, kind: 'schedule' });
