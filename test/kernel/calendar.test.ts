import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  addWorkdays,
  calendarDay,
  calendarOf,
  calendarWarning,
  chineseCalendar,
  dayOf,
  deadline,
  extend,
  isWorkday,
  recompute,
  type Term,
  term,
} from '../../functions/kernel/calendar.ts';

describe('X11: days are Asia/Shanghai', () => {
  test.each([
    ['2026-10-01T15:59:59.999Z', '2026-10-01'],
    ['2026-10-01T16:00:00.000Z', '2026-10-02'],
    ['2025-12-31T16:00:00.000Z', '2026-01-01'],
    ['2024-02-28T16:00:00.000Z', '2024-02-29'],
  ])('given the instant %s, the day is %s', (instant, day) => {
    expect(dayOf(Date.parse(instant))).toBe(day);
  });

  test('given any instant, the day is the one that the time zone data of Asia/Shanghai gives', () => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1992, 0), max: Date.UTC(2100, 0) }), (instant) => {
        expect(dayOf(instant)).toBe(format.format(instant));
      }),
    );
  });

  test.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-05-05', 0, '2026-05-05'],
    ['0099-12-31', 1, '0100-01-01'],
  ])('%s and %i days is %s', (day, count, expected) => {
    expect(addDays(day, count)).toBe(expected);
  });

  test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', '', '2026-01-01T00:00'])('“%s” is no day', (text) => {
    expect(() => addDays(text, 0)).toThrow(RangeError);
    expect(() => isWorkday(text)).toThrow(RangeError);
    expect(calendarDay.safeParse(text).success).toBe(false);
  });
});

describe('A-2, 民法典 202: months', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-30', 1, '2026-02-28'],
    ['2026-01-28', 1, '2026-02-28'],
    ['2026-03-31', 3, '2026-06-30'],
    ['2026-03-31', 12, '2027-03-31'],
    ['2025-11-30', 3, '2026-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
  ])('%s and %i months is %s', (day, count, expected) => {
    expect(addMonths(day, count)).toBe(expected);
  });
});

/** The State Council's published arrangements: for each holiday its first and last day, and the made-up days. */
const published: Record<number, { off: [string, string][]; on: string[] }> = {
  2020: {
    off: [
      ['01-01', '01-01'],
      ['01-24', '02-02'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-25', '06-27'],
      ['10-01', '10-08'],
    ],
    on: ['01-19', '04-26', '05-09', '06-28', '09-27', '10-10'],
  },
  2021: {
    off: [
      ['01-01', '01-03'],
      ['02-11', '02-17'],
      ['04-03', '04-05'],
      ['05-01', '05-05'],
      ['06-12', '06-14'],
      ['09-19', '09-21'],
      ['10-01', '10-07'],
    ],
    on: ['02-07', '02-20', '04-25', '05-08', '09-18', '09-26', '10-09'],
  },
  2022: {
    off: [
      ['01-01', '01-03'],
      ['01-31', '02-06'],
      ['04-03', '04-05'],
      ['04-30', '05-04'],
      ['06-03', '06-05'],
      ['09-10', '09-12'],
      ['10-01', '10-07'],
    ],
    on: ['01-29', '01-30', '04-02', '04-24', '05-07', '10-08', '10-09'],
  },
  2023: {
    off: [
      ['01-01', '01-02'],
      ['01-21', '01-27'],
      ['04-05', '04-05'],
      ['04-29', '05-03'],
      ['06-22', '06-24'],
      ['09-29', '10-06'],
    ],
    on: ['01-28', '01-29', '04-23', '05-06', '06-25', '10-07', '10-08'],
  },
  2024: {
    off: [
      ['01-01', '01-01'],
      ['02-10', '02-17'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-10', '06-10'],
      ['09-15', '09-17'],
      ['10-01', '10-07'],
    ],
    on: ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'],
  },
  2025: {
    off: [
      ['01-01', '01-01'],
      ['01-28', '02-04'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['05-31', '06-02'],
      ['10-01', '10-08'],
    ],
    on: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  2026: {
    off: [
      ['01-01', '01-03'],
      ['02-15', '02-23'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-19', '06-21'],
      ['09-25', '09-27'],
      ['10-01', '10-07'],
    ],
    on: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
};

describe('X3: statutory working days with 调休', () => {
  test.each(Object.entries(published))('given %s, every day is as published', (year, { off, on }) => {
    const wrong: string[] = [];
    for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
      const date = day.slice(5);
      const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
      const holiday = off.some(([first, last]) => first <= date && date <= last);
      if (isWorkday(day) !== (on.includes(date) || (!weekend && !holiday))) wrong.push(day);
    }
    expect(wrong).toEqual([]);
  });

  test('given the made-up days, all of them fall on Saturday or Sunday', () => {
    const weekdays = Object.entries(published).flatMap(([year, { on }]) => on.map((date) => new Date(`${year}-${date}T00:00:00Z`).getUTCDay()));
    expect(weekdays.filter((weekday) => weekday !== 0 && weekday !== 6)).toEqual([]);
  });

  test('the last covered year is 2026: when the data covers more, check the new year against its arrangement and add it above', () => {
    expect(chineseCalendar.lastCoveredYear).toBe(2026);
    expect(chineseCalendar.lastCoveredYear).toBe(2026);
    expect(chineseCalendar.version).toMatch(/^chinese-days\/2026\/[0-9a-f]{8}$/);
  });

  test.each([
    ['国庆 2026: the next working day after 09-30 is 10-08', '2026-09-30', 1, '2026-10-08'],
    ['国庆 2026: 10-10, a Saturday, is worked', '2026-10-08', 2, '2026-10-10'],
    ['国庆 2026: backwards over the holiday', '2026-10-08', -1, '2026-09-30'],
    ['中秋 2026: 09-20, a Sunday, is worked', '2026-09-18', 1, '2026-09-20'],
    ['春节 2026: the day before the holiday is a worked Saturday', '2026-02-13', 1, '2026-02-14'],
    ['春节 2026: over nine days', '2026-02-14', 1, '2026-02-24'],
    ['春节 2026: 02-28, a Saturday, is worked', '2026-02-27', 1, '2026-02-28'],
    ['counted from a rest day, which does not count either', '2026-10-03', 1, '2026-10-08'],
    ['nothing to count', '2026-10-03', 0, '2026-10-03'],
    ['two weeks without a holiday', '2026-03-02', 10, '2026-03-16'],
  ])('%s', (_, day, count, expected) => {
    expect(addWorkdays(day, count)).toBe(expected);
  });
});

describe('X2: a deadline has three dates', () => {
  test('given 3 calendar days from 2026-09-28, when they end in 国庆, then the law waits until 10-08 and the alert is 09-30', () => {
    const due = deadline({ start: '2026-09-28', term: { days: 3 } });
    expect(due).toMatchObject({ start: '2026-09-28', rawDue: '2026-10-01', legalDue: '2026-10-08', alertDue: '2026-09-30', beyondCalendar: false });
  });

  test('given a term that ends on the working day before the holiday, then all three are that day', () => {
    const due = deadline({ start: '2026-09-28', term: { days: 2 } });
    expect([due.rawDue, due.legalDue, due.alertDue]).toEqual(['2026-09-30', '2026-09-30', '2026-09-30']);
  });

  test('given 20 working days over 春节 2026, then holidays are skipped and both made-up Saturdays count', () => {
    expect(deadline({ start: '2026-02-02', term: { workdays: 20 } }).rawDue).toBe('2026-03-06');
  });

  test('given 90 calendar days (行政处罚法 60) that end on a Saturday, then they roll to Monday', () => {
    const due = deadline({ start: '2026-03-15', term: { days: 90 } });
    expect([due.alertDue, due.rawDue, due.legalDue]).toEqual(['2026-06-12', '2026-06-13', '2026-06-15']);
  });

  test('given a month from 01-31, then it ends on the last day of February, a Saturday made up as a working day', () => {
    const due = deadline({ start: '2026-01-31', term: { months: 1 } });
    expect([due.rawDue, due.legalDue]).toEqual(['2026-02-28', '2026-02-28']);
  });

  test('given a deadline rolled from 10-01 to 10-08, when it is extended by 10 days, then they count from 10-01', () => {
    const due = extend(deadline({ start: '2026-09-28', term: { days: 3 } }), { days: 10 });
    expect(due).toMatchObject({
      start: '2026-09-28',
      terms: [{ days: 3 }, { days: 10 }],
      rawDue: '2026-10-11',
      legalDue: '2026-10-12',
      alertDue: '2026-10-10',
    });
  });

  test.each([{ days: 0 }, { workdays: -1 }, { months: 1.5 }, { days: Number.NaN }, { days: 1, months: 1 }, {}])('given %j, then it is no term', (length) => {
    const given = length as Term;
    expect(term.safeParse(given).success).toBe(false);
    expect(() => deadline({ start: '2026-03-02', term: given })).toThrow(RangeError);
    expect(() => extend(deadline({ start: '2026-03-02', term: { days: 1 } }), given)).toThrow(RangeError);
  });
});

describe('X3: past the last covered year there is a warning, never silence', () => {
  test.each([
    ['the last working day that is covered', '2026-12-30', { workdays: 1 }, '2026-12-31', false],
    ['the first working day after it', '2026-12-31', { workdays: 1 }, '2027-01-01', true],
    ['a start that lies beyond already', '2027-03-01', { days: 1 }, '2027-03-02', true],
  ] as const)('%s', (_, start, length, rawDue, beyond) => {
    const due = deadline({ start, term: length });
    expect([due.rawDue, due.beyondCalendar]).toEqual([rawDue, beyond]);
    expect(calendarWarning(due)).toEqual(beyond ? expect.stringContaining(due.legalDue) : undefined);
  });

  test('given a raw date within the calendar that rolls out of it, then there is a warning', () => {
    const until2022 = calendarOf('made', { holidays: { '2022-10-01': true }, workdays: {} });
    const due = deadline({ start: '2022-12-30', term: { days: 1 } }, until2022);
    expect([due.rawDue, due.legalDue, due.beyondCalendar]).toEqual(['2022-12-31', '2023-01-02', true]);
  });

  test('given an extension past the calendar, then there is a warning that was not there before', () => {
    const due = deadline({ start: '2026-12-01', term: { days: 10 } });
    expect([due.beyondCalendar, extend(due, { days: 30 }).beyondCalendar]).toEqual([false, true]);
  });
});

describe('X3: a new year’s calendar recomputes open deadlines', () => {
  const made = (holidays: string[], workdays: string[] = []) =>
    calendarOf('made', { holidays: Object.fromEntries(holidays.map((day) => [day, true])), workdays: Object.fromEntries(workdays.map((day) => [day, true])) });
  const old = made(['2026-10-01']);
  const fresh = made(['2026-10-01', '2027-01-01', '2027-10-01'], ['2027-01-02']);

  test('given a deadline guessed on 2027-01-01, when that year’s holidays are known, then it moves and the warning goes', () => {
    const guessed = deadline({ start: '2026-12-31', term: { workdays: 1 } }, old);
    expect(guessed).toMatchObject({ rawDue: '2027-01-01', beyondCalendar: true, calendar: old.version });
    expect(recompute(guessed, fresh)).toMatchObject({ rawDue: '2027-01-02', beyondCalendar: false, calendar: fresh.version });
  });

  test('given an extended deadline, when it is recomputed, then every term is counted anew', () => {
    const extended = extend(deadline({ start: '2026-12-30', term: { workdays: 1 } }, old), { workdays: 1 }, old);
    expect(extended.rawDue).toBe('2027-01-01');
    expect(recompute(extended, fresh)).toEqual(extend(deadline({ start: '2026-12-30', term: { workdays: 1 } }, fresh), { workdays: 1 }, fresh));
    expect(recompute(extended, fresh).rawDue).toBe('2027-01-02');
    expect(recompute(extended, old)).toEqual(extended);
  });

  test('given another day off in the same year, then the version is another; given other words for the same days, it is not', () => {
    expect(made(['2026-10-01', '2026-10-02']).version).not.toBe(old.version);
    expect(made(['2026-10-01'], ['2026-10-10']).version).not.toBe(old.version);
    expect(calendarOf('made', { holidays: { '2026-10-01': '国庆节' }, workdays: {} }).version).toBe(old.version);
  });

  test('given data that knows only a day of the next year’s January, then that year is not covered', () => {
    expect(made(['2026-10-01', '2027-01-01']).lastCoveredYear).toBe(2026);
  });
});

describe('properties of deadlines', () => {
  const day = fc.integer({ min: 0, max: 365 * 23 }).map((offset) => addDays('2004-01-01', offset));
  const unit = fc.constantFrom('workdays', 'days', 'months');
  const termOf = (name: string, count: number) => ({ [name]: count }) as unknown as Term;

  test('X2: alertDue ≤ rawDue ≤ legalDue; both are working days and only rest days lie between', () => {
    fc.assert(
      fc.property(day, unit, fc.integer({ min: 1, max: 90 }), (start, name, count) => {
        const due = deadline({ start, term: termOf(name, count) });
        expect(due.alertDue <= due.rawDue && due.rawDue <= due.legalDue && start < due.rawDue).toBe(true);
        expect([due.alertDue, due.legalDue].every((at) => isWorkday(at))).toBe(true);
        if (isWorkday(due.rawDue)) expect(due.alertDue).toBe(due.legalDue);
        else expect(addWorkdays(due.alertDue, 1)).toBe(due.legalDue);
        if (name === 'workdays') expect(due.legalDue).toBe(due.rawDue);
      }),
    );
  });

  test('a later start or a longer term never ends earlier', () => {
    fc.assert(
      fc.property(day, unit, fc.integer({ min: 1, max: 60 }), (start, name, count) => {
        const due = deadline({ start, term: termOf(name, count) });
        const later = deadline({ start: addDays(start, 1), term: termOf(name, count) });
        const longer = deadline({ start, term: termOf(name, count + 1) });
        for (const other of [later, longer]) {
          expect(due.rawDue <= other.rawDue && due.legalDue <= other.legalDue && due.alertDue <= other.alertDue).toBe(true);
        }
        expect(due.rawDue < longer.rawDue).toBe(true);
      }),
    );
  });

  test('n working days hold exactly n working days, the last among them', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 40 }), (start, count) => {
        const { rawDue } = deadline({ start, term: { workdays: count } });
        let worked = 0;
        for (let at = addDays(start, 1); at <= rawDue; at = addDays(at, 1)) if (isWorkday(at)) worked += 1;
        expect([worked, isWorkday(rawDue)]).toEqual([count, true]);
      }),
    );
  });

  test('recomputing by the same calendar changes nothing', () => {
    fc.assert(
      fc.property(day, unit, unit, fc.integer({ min: 1, max: 40 }), (start, first, second, count) => {
        const due = extend(deadline({ start, term: termOf(first, count) }), termOf(second, count));
        expect(recompute(due)).toEqual(due);
      }),
    );
  });
});
