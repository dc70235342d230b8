import * as z from 'zod';
import { itemCode, testYear } from '../../../events/proficiency.ts';
import { notFound } from '../../kernel/decision.ts';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { ofNamedProvider } from '../relations.ts';

const enrolled = z.object({ institutions: z.array(z.string()) });

/** 能力验证计划: its results page by page, and beside them who of those enrolled has none yet. */
export default query({
  name: 'proficiency/round',
  title: '能力验证计划',
  parameters: z.strictObject({
    year: z.coerce.number().pipe(testYear),
    item: itemCode,
    /** Absent: one's own. */
    provider: z.string().min(1).max(64).optional(),
    ...pageParameters,
  }),
  who: [
    { kind: 'provider', roles: ['clerk'], relation: ofNamedProvider },
    { kind: 'justice-bureau', roles: ['officer', 'leader', 'registrar'] },
  ],
  read: async ({ year, item, provider, cursor, limit }, { views, actor }) => {
    const of = provider ?? actor.agency;
    const place = `${year}/${item}/${of}`;
    const row = await views.row('proficiency/enrolled', of, place);
    if (!row) return notFound('能力验证计划', '/year');
    const results = await page(views, 'proficiency/round-results', place, { cursor, limit });
    const have = await Promise.all(
      enrolled.parse(row.item).institutions.map(async (institution) => ({
        institution,
        result: await views.row('proficiency/round-results', place, institution),
      })),
    );
    return { year, item, provider: of, ...results, outstanding: have.filter(({ result }) => !result).map(({ institution }) => institution) };
  },
});
