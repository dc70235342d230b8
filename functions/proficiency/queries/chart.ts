import * as z from 'zod';
import { agencyId } from '../../../events/common.ts';
import { isRefusal } from '../../kernel/decision.ts';
import { query } from '../../kernel/query.ts';
import { type Charted, chart } from '../chart.ts';
import { historyReaders } from '../relations.ts';
import { historyOf } from './views/history.ts';

const named = z.object({ name: z.string() });

/** 能力验证历年结果图 of an institution in an item, drawn for who accepts an image. */
export default query({
  name: 'proficiency/chart',
  title: '能力验证历年结果图',
  parameters: z.strictObject({ institution: agencyId, item: z.string().min(1).max(20) }),
  who: historyReaders,
  read: async ({ institution, item }, { views }) => {
    const history = await historyOf(views, institution, item);
    if (isRefusal(history)) return history;
    const registered = await views.row('registry/by-code', 'all', institution);
    return { name: registered ? named.parse(registered.item).name : institution, ...history };
  },
  image: (answer) => chart(answer as unknown as Charted),
});
