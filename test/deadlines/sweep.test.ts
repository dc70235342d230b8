import { describe, expect, test } from 'vitest';
import { DeadlineOpened } from '../../events/deadlines.ts';
import { cite } from '../../events/documents.ts';
import { deadline, placeOf, SHARDS } from '../../functions/deadlines/deadline.ts';
import sweep from '../../functions/deadlines/schedules/sweep-deadlines.ts';
import { chineseCalendar } from '../../functions/kernel/calendar.ts';
import type { ListingRow, ViewStore } from '../../functions/kernel/ports.ts';
import type { Due } from '../../functions/kernel/schedule.ts';
import { streamOf } from '../support/given.ts';
import { id } from '../support/heard.ts';
import { viewsOf } from '../support/views.ts';
import { INSTITUTION } from './made.ts';

const row = (source: string, alertDue: string, change: { beyondCalendar?: boolean; calendar?: string; term?: null } = {}): readonly ListingRow[] => {
  const { beyondCalendar = false, calendar = chineseCalendar.version, term = { workdays: 1 } } = change;
  const stream = streamOf(deadline, [source, 'forward-report']);
  stream.write(
    DeadlineOpened.of({
      source,
      kind: 'forward-report',
      holder: INSTITUTION,
      dates: { start: '2026-01-05', rawDue: alertDue, legalDue: alertDue, alertDue, beyondCalendar },
      term,
      metBy: ['ReportForwarded'],
      nature: 'alert',
      calendar,
      basis: cite('interference-provisions', '第六条'),
    }),
  );
  return stream.rows();
};

const all = async (views: Pick<ViewStore, 'rows'>, today: string): Promise<readonly Due[]> => {
  const found: Due[] = [];
  for (let after: string | undefined; ; ) {
    const page = await sweep.due(views, { now: `${today}T01:00:00.000Z`, today }, after);
    found.push(...page.due);
    if (page.next === undefined) return found;
    after = page.next;
  }
};
const sources = async (rows: readonly ListingRow[], today: string) =>
  (await all(viewsOf(rows), today)).map(({ input }) => (input as { source: string }).source).toSorted();

describe('the sweep', () => {
  test('given deadlines before, on and after today, then those up to today are looked at, however old', async () => {
    const rows = ['2021-01-04', '2026-03-09', '2026-03-10', '2026-03-11', '2027-01-04'].flatMap((day) => row(`interference/report/${day}`, day));
    expect(await sources(rows, '2026-03-10')).toEqual(['interference/report/2021-01-04', 'interference/report/2026-03-09', 'interference/report/2026-03-10']);
  });

  test('given many deadlines over all shards and pages, then each is looked at once', async () => {
    const expected = Array.from({ length: 1200 }, (_, at) => `interference/report/${id(at.toString(16))}x`);
    const rows = expected.flatMap((source) => row(source, '2026-03-10'));
    expect(new Set(rows.filter(({ listing }) => listing === 'deadlines/to-look-at').map(({ partition }) => partition))).toEqual(new Set(SHARDS));
    expect(await sources(rows, '2026-03-10')).toEqual(expected.toSorted());
  });

  test('given a shard of more than a page, then its next page follows', async () => {
    const one = row('interference/report/1', '2026-03-10').filter(({ listing }) => listing === 'deadlines/to-look-at');
    const rows = Array.from({ length: 1100 }, (_, at) =>
      one.map((each) => ({ ...each, sort: `2026-03-10/${at}`, item: { ...each.item, source: `s/t/${at}` } })),
    ).flat();
    expect(await sources(rows, '2026-03-10')).toHaveLength(1100);
  });

  test('a look happens once a deadline, day and calendar', async () => {
    const rows = row('interference/report/1', '2026-03-10');
    const place = placeOf(['interference/report/1', 'forward-report']);
    expect(await all(viewsOf(rows), '2026-03-11')).toEqual([
      { input: { source: 'interference/report/1', kind: 'forward-report' }, once: `${place}/2026-03-11/${chineseCalendar.version}` },
    ]);
  });
});

describe('X3: the sweep after a new calendar', () => {
  const beyond = (calendar: string) => row(`interference/report/${calendar}`, '2027-02-01', { beyondCalendar: true, calendar });

  test('given deadlines counted beyond another calendar, older or newer, then they are looked at before their day', async () => {
    const rows = [...beyond('a/2026/1'), ...beyond('z/2028/1')];
    expect(await sources(rows, '2026-12-01')).toEqual(['interference/report/a/2026/1', 'interference/report/z/2028/1']);
  });

  test('given deadlines counted beyond this calendar, then they wait for their day', async () => {
    expect(await sources(beyond(chineseCalendar.version), '2026-12-01')).toEqual([]);
  });

  test('given dates within the calendar, or named by a decision, then no new calendar asks for a look', async () => {
    const rows = [
      ...row('interference/report/1', '2026-12-31', { calendar: 'a/2026/1' }),
      ...row('interference/report/2', '2027-02-01', { beyondCalendar: true, calendar: 'a/2026/1', term: null }),
    ];
    expect(await sources(rows, '2026-12-01')).toEqual([]);
  });
});
