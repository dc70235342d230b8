import type { ThreeDates } from '../../events/common.ts';
import { DeadlineApproaching, DeadlinePassed, DeadlineRecomputed } from '../../events/deadlines.ts';
import type { NewEvent } from '../../events/event.ts';
import { chineseCalendar, deadline as count, type Deadline, type Term, type WorkCalendar } from '../kernel/calendar.ts';
import type { DeadlineState } from './deadline.ts';
import type { How } from './terms.ts';

const datesOf = ({ start, rawDue, legalDue, alertDue, beyondCalendar }: Deadline): ThreeDates => ({ start, rawDue, legalDue, alertDue, beyondCalendar });

/** 三个日期 of a term from a day (X2), and the calendar that they were counted by. */
export const counted = (start: string, term: Term, calendar: WorkCalendar = chineseCalendar) => ({
  dates: datesOf(count({ start, term }, calendar)),
  term,
  calendar: calendar.version,
});

/** Dates by a newer calendar, where it moves them; what an issued decision names stays. */
function moved({ dates, term, calendar: by }: NonNullable<DeadlineState['opened']>, calendar: WorkCalendar): ThreeDates | undefined {
  if (term === null || by === calendar.version) return undefined;
  const { dates: anew } = counted(dates.start, term, calendar);
  return JSON.stringify(anew) === JSON.stringify(dates) ? undefined : anew;
}

/**
 * What a look on a day says (X2, X3, X4): nothing of a deadline that its source has closed, even where that was not heard yet,
 * for the closing is its event's to write; else the dates by today's calendar,
 * once that the last working day has come (`alertDue` and later), once that it has passed (after `legalDue`, whatever its nature:
 * before that day is over nothing is late; an alert is counted in working days, where the two fall together).
 * A look that comes too late for the first says both, in their order.
 */
export function look(
  { opened, closed, approached, passed }: DeadlineState,
  bySource: How | undefined,
  today: string,
  calendar: WorkCalendar = chineseCalendar,
): readonly NewEvent[] {
  if (!opened || closed || passed || bySource) return [];
  const { source, kind, holder, nature, overseer, basis } = opened;
  const named = { source, kind, holder };
  const anew = moved(opened, calendar);
  const { legalDue, alertDue, beyondCalendar } = anew ?? opened.dates;
  return [
    ...(anew ? [DeadlineRecomputed.of({ ...named, dates: anew, calendar: calendar.version })] : []),
    ...(!approached && today >= alertDue ? [DeadlineApproaching.of({ ...named, legalDue, beyondCalendar, nature, basis })] : []),
    ...(today > legalDue ? [DeadlinePassed.of({ ...named, legalDue, beyondCalendar, nature, ...(overseer === undefined ? {} : { overseer }), basis })] : []),
  ];
}
