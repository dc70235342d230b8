import * as z from 'zod';
import { agencyId } from '../../../events/common.ts';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { historyRow, told } from '../history.ts';
import { historyReaders } from '../relations.ts';
import { historyOf } from './views/history.ts';

/** 能力验证历年结果 of an institution, item by item; with an item, its record alone. */
export default query({
  name: 'proficiency/history',
  title: '能力验证历年结果',
  parameters: z.strictObject({ institution: agencyId, item: z.string().min(1).max(20).optional(), ...pageParameters }),
  who: historyReaders,
  read: async ({ institution, item, cursor, limit }, { views }) => {
    if (item !== undefined) return historyOf(views, institution, item);
    const { items, next } = await page(views, 'proficiency/history', institution, { cursor, limit });
    return { items: items.map((each) => told(historyRow.parse(each))), next };
  },
});
