import * as z from 'zod';
import { day } from '../../../events/common.ts';
import { refuse } from '../../kernel/decision.ts';
import type { Json } from '../../kernel/ports.ts';
import { page, pageParameters, type QueryContext, query } from '../../kernel/query.ts';
import { everyKind } from '../../kernel/rights.ts';
import { SUPERVISION } from '../articles.ts';
import { listedAppraiser, listedInstitution, rosterLine } from '../roster.ts';

async function appraisersOf(views: QueryContext['views'], institution: string): Promise<z.infer<typeof listedAppraiser>[]> {
  const found: z.infer<typeof listedAppraiser>[] = [];
  for (let after: string | undefined; ; ) {
    const { rows, next } = await views.rows('registry/appraisers', institution, { limit: 1000, ...(after === undefined ? {} : { after }) });
    found.push(...rows.map(({ item }) => listedAppraiser.parse(item)));
    if (next === undefined) return found;
    after = next;
  }
}

/** 名册: who was registered for what on a day, today where none is named, by division; public (rule R-7). A page leaves out who was not registered yet, and may be shorter for that. */
export default query({
  name: 'registry/roster',
  title: '司法鉴定机构名册',
  parameters: z.strictObject({ day: day.optional(), ...pageParameters }),
  who: everyKind,
  read: async ({ day: asked, cursor, limit }, { views, today }) => {
    const on = asked ?? today;
    if (on > today) return refuse('day_in_future', '名册只能查询到今天为止', SUPERVISION, { pointer: '/day' });
    const { items, next } = await page(views, 'registry/roster', 'all', { cursor, limit });
    const institutions = items.map((item) => listedInstitution.parse(item)).filter(({ registeredOn }) => registeredOn <= on);
    const lines = await Promise.all(institutions.map(async (each) => rosterLine(each, await appraisersOf(views, each.uscc), on)));
    return { day: on, items: lines.filter((line) => line !== undefined) as unknown as Json[], next };
  },
});
