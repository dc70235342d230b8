import { describe, expect, test } from 'vitest';
import { cite } from '../../events/documents.ts';
import type { DeadlineState } from '../../functions/deadlines/deadline.ts';
import { counted, look } from '../../functions/deadlines/look.ts';
import type { How } from '../../functions/deadlines/terms.ts';
import { calendarOf, chineseCalendar, type WorkCalendar } from '../../functions/kernel/calendar.ts';
import { written } from '../support/given.ts';
import { BUREAU, correction, INSTITUTION, MEASURES, REPORT } from './made.ts';

type Opened = NonNullable<DeadlineState['opened']>;
const basis = cite('interference-provisions', '第十一条');
const legal: Opened = {
  source: MEASURES,
  kind: 'correct',
  holder: INSTITUTION,
  overseer: BUREAU,
  nature: 'legal',
  dates: correction,
  term: null,
  calendar: chineseCalendar.version,
  basis,
};
/** Reported on the day before 国庆 2026: one working day ends on 8 October. */
const alert: Opened = { ...legal, source: REPORT, kind: 'forward-report', nature: 'alert', ...counted('2026-09-30', { workdays: 1 }) };
const state = (opened: Opened | null, change: Partial<DeadlineState> = {}): DeadlineState => ({
  opened,
  closed: null,
  approached: false,
  passed: false,
  ...change,
});

const says = (of: DeadlineState, today: string, bySource?: How, calendar?: WorkCalendar) => look(of, bySource, today, calendar).map((event) => written(event));
const names = (...parameters: Parameters<typeof says>) => says(...parameters).map(({ name }) => name);

describe('X2, 国庆 2026: an order whose last day falls on 3 October', () => {
  test.each<[string, string[]]>([
    ['2026-09-29', []],
    ['2026-09-30', ['DeadlineApproaching']],
    ['2026-10-08', ['DeadlineApproaching']],
    ['2026-10-09', ['DeadlineApproaching', 'DeadlinePassed']],
  ])('looked at first on %s, then %j', (today, expected) => {
    expect(names(state(legal), today)).toEqual(expected);
  });

  test.each<[string, string[]]>([
    ['2026-10-08', []],
    ['2026-10-09', ['DeadlinePassed']],
  ])('reminded of before, looked at on %s, then %j: the rolled day itself is not late', (today, expected) => {
    expect(names(state(legal, { approached: true }), today)).toEqual(expected);
  });

  test('given that it has passed and was said, then nothing is said again', () => {
    expect(names(state(legal, { approached: true, passed: true }), '2026-10-10')).toEqual([]);
  });

  test('what is said names the holder, the legal day, the nature and the basis', () => {
    expect(says(state(legal), '2026-10-09')).toEqual([
      {
        name: 'DeadlineApproaching',
        data: { source: MEASURES, kind: 'correct', holder: INSTITUTION, legalDue: '2026-10-08', beyondCalendar: false, nature: 'legal', basis },
      },
      {
        name: 'DeadlinePassed',
        data: {
          source: MEASURES,
          kind: 'correct',
          holder: INSTITUTION,
          legalDue: '2026-10-08',
          beyondCalendar: false,
          nature: 'legal',
          overseer: BUREAU,
          basis,
        },
      },
    ]);
  });
});

describe('X4: an alert passes by the same rule', () => {
  test.each<[string, string[]]>([
    ['2026-10-07', []],
    ['2026-10-08', ['DeadlineApproaching']],
    ['2026-10-09', ['DeadlineApproaching', 'DeadlinePassed']],
  ])('looked at first on %s, then %j', (today, expected) => {
    expect(names(state(alert), today)).toEqual(expected);
  });
});

describe('a deadline that is closed gets neither', () => {
  test.each(['met', 'cancelled'] as const)('given that it is %s, then nothing', (closed) => {
    expect(names(state(legal, { closed }), '2026-12-01')).toEqual([]);
  });

  test('given a closing that came before the opening, then nothing', () => {
    expect(names(state(null, { closed: 'met' }), '2026-12-01')).toEqual([]);
    expect(names(state(null), '2026-12-01')).toEqual([]);
  });

  test.each(['met', 'cancelled'] as const)('given a source that has %s it and a queue that lags, then nothing: its event will close it', (bySource) => {
    expect(names(state(legal), '2026-12-01', bySource)).toEqual([]);
  });
});

describe('X3: a new year’s calendar', () => {
  const national = { '2026-10-01': 1 };
  const old = calendarOf('made', { holidays: national, workdays: {} });
  /** New Year 2027 off on Friday, made up on Sunday 27 December 2026. */
  const next = calendarOf('made', { holidays: { ...national, '2027-01-01': 1, '2027-10-01': 1 }, workdays: { '2026-12-27': 1 } });
  const opened = (start: string, workdays: number): Opened => ({ ...alert, ...counted(start, { workdays }, old) });
  /** From Wednesday 30 December: Thursday, Friday, Monday by the old; Thursday, Monday, Tuesday by the new. */
  const later = opened('2026-12-30', 3);

  test('given a deadline counted beyond the old calendar, when it is looked at by the new, then its dates move and the warning goes', () => {
    expect(later.dates).toMatchObject({ legalDue: '2027-01-04', beyondCalendar: true });
    expect(says(state(later), '2026-12-30', undefined, next)).toEqual([
      {
        name: 'DeadlineRecomputed',
        data: {
          source: REPORT,
          kind: 'forward-report',
          holder: INSTITUTION,
          dates: { start: '2026-12-30', rawDue: '2027-01-05', legalDue: '2027-01-05', alertDue: '2027-01-05', beyondCalendar: false },
          calendar: next.version,
        },
      },
    ]);
  });

  test('then it is the new dates that approach and pass', () => {
    expect(names(state(later), '2027-01-04', undefined, next)).toEqual(['DeadlineRecomputed']);
    expect(names(state(later), '2027-01-05', undefined, next)).toEqual(['DeadlineRecomputed', 'DeadlineApproaching']);
    expect(says(state(later), '2027-01-06', undefined, next).at(-1)).toMatchObject({
      name: 'DeadlinePassed',
      data: { legalDue: '2027-01-05', beyondCalendar: false },
    });
  });

  test('given a made-up working day, then the dates move forward', () => {
    const earlier = opened('2026-12-24', 2);
    expect(earlier.dates.legalDue).toBe('2026-12-28');
    expect(says(state(earlier), '2026-12-24', undefined, next)).toMatchObject([{ data: { dates: { legalDue: '2026-12-27' } } }]);
  });

  test('given the same calendar, or one that moves nothing, then nothing is said', () => {
    expect(names(state(later), '2026-12-30', undefined, old)).toEqual([]);
    expect(names(state(opened('2026-06-01', 3)), '2026-06-01', undefined, next)).toEqual([]);
  });

  test('given dates that an issued decision names, then no calendar moves them', () => {
    expect(names(state({ ...later, term: null }), '2026-12-30', undefined, next)).toEqual([]);
  });

  test('given a closed or passed one, then it is not counted again', () => {
    expect(names(state(later, { closed: 'met' }), '2026-12-30', undefined, next)).toEqual([]);
    expect(names(state(later, { approached: true, passed: true }), '2027-01-20', undefined, next)).toEqual([]);
  });
});
