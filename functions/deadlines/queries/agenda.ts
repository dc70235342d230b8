import * as z from 'zod';
import { threeDates } from '../../../events/common.ts';
import { deadlineKind } from '../../../events/deadlines.ts';
import { calendarWarning } from '../../kernel/calendar.ts';
import type { Json } from '../../kernel/ports.ts';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { desk, ownAgency } from '../../kernel/rights.ts';
import { terms } from '../terms.ts';

const row = z.object({ kind: deadlineKind, dates: threeDates, calendar: z.string() });

/** With the words of its kind, and the warning that goes with every date beyond the calendar (X3). */
const worded = (item: Json): Json => {
  const { kind, dates, calendar } = row.parse(item);
  return { ...(item as { [key: string]: Json }), title: terms[kind].title, warning: calendarWarning({ ...dates, calendar }) ?? null };
};

/** 待办期限 of one's own agency, the earliest first, with how many are open; what has passed stays until it is met. */
export default query({
  name: 'deadlines/agenda',
  title: '待办期限',
  parameters: z.strictObject(pageParameters),
  who: desk.map((line) => ({ ...line, relation: ownAgency })),
  read: async ({ cursor, limit }, { views, actor }) => {
    const { items, next } = await page(views, 'deadlines/agenda', actor.agency, { cursor, limit });
    return { items: items.map(worded), next, open: await views.counter(`deadlines/open/${actor.agency}`) };
  },
});
