import * as z from 'zod';
import { basis } from './basis.ts';
import { agencyId, day, term, threeDates } from './common.ts';
import { defineEvent } from './event.ts';

/** Which deadline of its source: two deadlines of one source never share a kind. */
export const deadlineKind = z.enum([
  'forward-report',
  'route-report',
  'sign-for-notice',
  'remind-of-notice',
  'escalate-notice',
  'correct',
  'sign-rows',
  'rectify',
  'verify-rectification',
]);
export type DeadlineKind = z.infer<typeof deadlineKind>;

const named = {
  /** Stream whose event meets it. */
  source: z.string().max(1024),
  kind: deadlineKind.meta({ title: '期限事项' }),
  /** Agency that has to act. */
  holder: agencyId,
};

/** `alert`: the text says 及时 only, passing it is no breach. `legal`: it has a number. */
const nature = z.enum(['alert', 'legal']);
/** Agency that is told too when a legal deadline passes: whose officer decides what follows (X9). */
const overseer = agencyId.optional();

/** The date lies after the last year whose holidays are known, and is told with that warning. */
const beyondCalendar = z.boolean();

export const DeadlineOpened = defineEvent({
  context: 'deadlines',
  name: 'DeadlineOpened',
  title: '期限已开始计算',
  means: 'A deadline runs, counted in Chinese working days from its start.',
  restsOn: { 'interference-provisions': ['第四条', '第六条', '第八条', '第十一条'], 'jian-reform-plan': ['第12项'] },
  data: z.object({
    ...named,
    dates: threeDates,
    /** Counted from the start; `null` where an issued decision names the dates, which no new calendar moves. */
    term: term.nullable(),
    /** Events of the source that meet it. */
    metBy: z.array(z.string()).min(1),
    nature,
    overseer,
    /** Version of the calendar it was counted by. */
    calendar: z.string(),
    basis,
  }),
});

export const DeadlineApproaching = defineEvent({
  context: 'deadlines',
  name: 'DeadlineApproaching',
  title: '期限将至',
  means: 'The last working day of a deadline has come and its source has not moved.',
  restsOn: { 'interference-provisions': ['第四条', '第六条', '第八条', '第十一条'], 'jian-reform-plan': ['第12项'] },
  data: z.object({ ...named, legalDue: day, beyondCalendar, nature: nature.optional(), basis: basis.optional() }),
});

export const DeadlinePassed = defineEvent({
  context: 'deadlines',
  name: 'DeadlinePassed',
  title: '期限已过',
  means: 'A deadline has passed and its source had not moved when it was looked at.',
  restsOn: { 'interference-provisions': ['第四条', '第六条', '第八条', '第十一条'], 'jian-reform-plan': ['第12项'] },
  data: z.object({ ...named, legalDue: day, beyondCalendar, nature, overseer, basis }),
});

export const DeadlineClosed = defineEvent({
  context: 'deadlines',
  name: 'DeadlineClosed',
  title: '期限已了结',
  means: 'A deadline is met, or what it rested on is gone.',
  restsOn: '事由已办或者不再存在，期限随之了结，只作记录',
  data: z.object({ ...named, how: z.enum(['met', 'cancelled']) }),
});

export const DeadlineRecomputed = defineEvent({
  context: 'deadlines',
  name: 'DeadlineRecomputed',
  title: '期限已按新日历重算',
  means: 'A newer calendar moves the dates of an open deadline.',
  restsOn: '放假安排更新后重算日期，只是技术处理',
  data: z.object({ ...named, dates: threeDates, calendar: z.string() }),
});
