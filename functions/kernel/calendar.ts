/**
 * Days and deadlines 期间 (rules X2, X3, X11). A day is a day in Asia/Shanghai wherever the host stands.
 *
 * Working days come from the data file of chinese-days and not from its functions: those read `YYYY-MM-DD` as midnight UTC
 * and then ask for the host's local day, which is the day before on a host west of Greenwich.
 */
import { hash } from 'node:crypto';
import arrangements from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import * as z from 'zod';
import { type Term, term } from '../../events/common.ts';

/** A day in Asia/Shanghai, `YYYY-MM-DD`. Sorts as text. */
export type Day = string;

/** 日期, from outside: a day that exists. */
export const calendarDay = z.iso.date('日期须为 YYYY-MM-DD 格式的真实日期');

const dayMillis = 86_400_000;
/** China has kept UTC+8 without summer time since 1992. */
const shanghaiOffset = 8 * 3_600_000;

const ofEpochDay = (epochDay: number): Day => new Date(epochDay * dayMillis).toISOString().slice(0, 10);

const epochMillis = (year: number, month: number, date: number): number => new Date(0).setUTCFullYear(year, month - 1, date);

function partsOf(day: Day): [year: number, month: number, date: number] {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))];
  const millis = epochMillis(year, month, date);
  if (Number.isNaN(millis) || ofEpochDay(millis / dayMillis) !== day) throw new RangeError(`not a day: ${day}`);
  return [year, month, date];
}

const toEpochDay = (day: Day): number => epochMillis(...partsOf(day)) / dayMillis;

/** The day on which an instant (milliseconds since 1970 UTC) falls in Asia/Shanghai. */
export const dayOf = (instant: number): Day => new Date(instant + shanghaiOffset).toISOString().slice(0, 10);

/** `count` calendar days later, or earlier when negative. Throws RangeError for what is no day. */
export const addDays = (day: Day, count: number): Day => ofEpochDay(toEpochDay(day) + count);

/** The same date `count` months later; the last day of that month where it has no such date (民法典 202). Throws RangeError for what is no day. */
export function addMonths(day: Day, count: number): Day {
  const [year, month, date] = partsOf(day);
  const lastDate = new Date(epochMillis(year, month + count + 1, 0)).getUTCDate();
  return ofEpochDay(epochMillis(year, month + count, Math.min(date, lastDate)) / dayMillis);
}

/** A calendar of statutory working days 工作日. A new year's arrangement is a new calendar with its own version. */
export interface WorkCalendar {
  /** Another version means that open deadlines are recomputed. */
  readonly version: string;
  /** Last year whose holidays are known; later years are guessed from weekends alone. */
  readonly lastCoveredYear: number;
  isWorkday(day: Day): boolean;
}

/** Published arrangements 放假安排: holidays that fall on any day, and rest days made up as working days 调休. */
export interface Arrangements {
  readonly holidays: Readonly<Record<Day, unknown>>;
  readonly workdays: Readonly<Record<Day, unknown>>;
}

/** A calendar over published arrangements. A year counts as covered when its National Day is among the holidays. */
export function calendarOf(name: string, { holidays, workdays }: Arrangements): WorkCalendar {
  const lastCoveredYear = Math.max(
    ...Object.keys(holidays)
      .filter((day) => day.endsWith('-10-01'))
      .map((day) => Number(day.slice(0, 4))),
  );
  const days = JSON.stringify([Object.keys(holidays).sort(), Object.keys(workdays).sort()]);
  return {
    version: `${name}/${lastCoveredYear}/${hash('sha256', days).slice(0, 8)}`,
    lastCoveredYear,
    isWorkday(day) {
      const weekday = new Date(epochMillis(...partsOf(day))).getUTCDay();
      if (weekday === 0 || weekday === 6) return Object.hasOwn(workdays, day);
      return !Object.hasOwn(holidays, day);
    },
  };
}

/** The State Council's arrangements as far as they are published. */
export const chineseCalendar: WorkCalendar = /* @__PURE__ */ calendarOf('chinese-days', arrangements);

/** Whether a day is a statutory working day 工作日: holidays off, made-up Saturdays and Sundays on (X3). */
export const isWorkday = (day: Day, calendar: WorkCalendar = chineseCalendar): boolean => calendar.isWorkday(day);

/** The `count`-th working day after `day`, which itself does not count (X2); before it when negative; `day` for 0. */
export function addWorkdays(day: Day, count: number, calendar: WorkCalendar = chineseCalendar): Day {
  const step = Math.sign(count);
  let at = day;
  for (let left = Math.abs(count); left > 0; ) {
    at = addDays(at, step);
    if (calendar.isWorkday(at)) left -= 1;
  }
  return at;
}

export { type Term, term, workdayTerm } from '../../events/common.ts';

/** 期限 with its three dates (X2). `start` is the day of what set it off and does not count. */
export interface Deadline {
  readonly start: Day;
  /** The first term and every extension, in order. */
  readonly terms: readonly Term[];
  /** Last day by counting alone. Extensions count from here. */
  readonly rawDue: Day;
  /** `rawDue`, or the next working day when it is a rest day: only after this day is anything late (民法典 203). */
  readonly legalDue: Day;
  /** Last working day not after `rawDue`: when to have acted to be safe. Before `start` when only rest days lie between. */
  readonly alertDue: Day;
  /** A date involved lies after the calendar's last covered year: warn with {@link calendarWarning} (X3). */
  readonly beyondCalendar: boolean;
  /** Version of the calendar it was computed with. */
  readonly calendar: string;
}

function after(day: Day, length: Term, calendar: WorkCalendar): Day {
  if ('workdays' in length) return addWorkdays(day, length.workdays, calendar);
  return 'days' in length ? addDays(day, length.days) : addMonths(day, length.months);
}

function counted(start: Day, terms: readonly Term[], rawDue: Day, calendar: WorkCalendar): Deadline {
  const onWorkday = calendar.isWorkday(rawDue);
  const legalDue = onWorkday ? rawDue : addWorkdays(rawDue, 1, calendar);
  const alertDue = onWorkday ? rawDue : addWorkdays(rawDue, -1, calendar);
  const beyondCalendar = Number((legalDue > start ? legalDue : start).slice(0, 4)) > calendar.lastCoveredYear;
  return { start, terms, rawDue, legalDue, alertDue, beyondCalendar, calendar: calendar.version };
}

/** The deadline that a term sets from `start` (X2). Throws RangeError for a term that is not a positive whole number. */
export function deadline({ start, term: length }: { readonly start: Day; readonly term: Term }, calendar: WorkCalendar = chineseCalendar): Deadline {
  const valid = checked(length);
  return counted(start, [valid], after(start, valid, calendar), calendar);
}

/** The deadline 延长 by a further term, counted from `rawDue`, not from the rolled day (X2). Throws RangeError as {@link deadline} does. */
export function extend(due: Deadline, length: Term, calendar: WorkCalendar = chineseCalendar): Deadline {
  const valid = checked(length);
  return counted(due.start, [...due.terms, valid], after(due.rawDue, valid, calendar), calendar);
}

/** The same deadline by another calendar, for when a year's arrangement comes out (X3). */
export function recompute({ start, terms }: Deadline, calendar: WorkCalendar = chineseCalendar): Deadline {
  const rawDue = terms.reduce((day, length) => after(day, length, calendar), start);
  return counted(start, terms, rawDue, calendar);
}

function checked(length: Term): Term {
  const parsed = term.safeParse(length);
  if (!parsed.success) throw new RangeError(`not a term: ${JSON.stringify(length)}`);
  return parsed.data;
}

/** The sentence that stands beside every date of a deadline beyond the calendar; nothing for one within it (X3). */
export const calendarWarning = (due: Pick<Deadline, 'beyondCalendar' | 'legalDue' | 'calendar'>): string | undefined =>
  due.beyondCalendar ? `该期限（${due.legalDue}）超出已公布的放假安排（日历 ${due.calendar}），暂只按周末推算，安排公布后须重新计算。` : undefined;
