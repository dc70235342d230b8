import * as z from 'zod';
import { DeadlineOpened } from '../../../events/deadlines.ts';
import { chineseCalendar } from '../../kernel/calendar.ts';
import { schedule } from '../../kernel/schedule.ts';
import lookAtDeadline from '../commands/look-at-deadline.ts';
import { placeOf, SHARDS } from '../deadline.ts';

/** After every sort that begins with this text and a slash, before every later text. */
const last = (prefix: string): string => `${prefix}/~`;

interface Range {
  readonly listing: string;
  readonly after?: string;
  readonly until?: string;
}

/** What is due by today, and what was counted beyond the calendar by another calendar than this one. */
const ranges = (today: string, calendar: string): readonly Range[] => [
  { listing: 'deadlines/to-look-at', until: last(today) },
  { listing: 'deadlines/beyond-calendar', until: calendar },
  { listing: 'deadlines/beyond-calendar', after: last(calendar) },
];

const cursor = z.tuple([z.int(), z.string().nullable()]);
const item = z.object(DeadlineOpened.data.pick({ source: true, kind: true }).shape);

/**
 * 期限巡查: looks at each open deadline from its alert day on, and at what a newer calendar may move.
 *
 * The listing lies in shards, not in one partition a province, and a shard is read from its first row up to today,
 * so that no outage leaves a row behind. One look a deadline, day and calendar: within a day a second would say nothing new.
 */
export default schedule({
  name: 'deadlines/sweep-deadlines',
  title: '期限巡查',
  everyMinutes: 15,
  command: lookAtDeadline,
  due: async (views, { today }, after) => {
    const reads = ranges(today, chineseCalendar.version).flatMap((range) => SHARDS.map((shard) => ({ ...range, shard })));
    const [at, from] = after === undefined ? [0, null] : cursor.parse(JSON.parse(after));
    const read = reads[at];
    if (!read) return { due: [] };
    const begin = from ?? read.after;
    const page = await views.rows(read.listing, read.shard, {
      limit: 500,
      ...(begin === undefined ? {} : { after: begin }),
      ...(read.until === undefined ? {} : { until: read.until }),
    });
    const next = page.next === undefined ? [at + 1, null] : [at, page.next];
    return {
      due: page.rows.map((row) => {
        const input = item.parse(row.item);
        return { input, once: `${placeOf([input.source, input.kind])}/${today}/${chineseCalendar.version}` };
      }),
      ...(next[0] === reads.length ? {} : { next: JSON.stringify(next) }),
    };
  },
});
