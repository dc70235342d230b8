import * as z from 'zod';
import { page, query } from '../../kernel/query.ts';
import { everyKind, ownAgency } from '../../kernel/rights.ts';

/** 接收端点 of one's own agency: its host, since when, whether it is disabled, until when a former secret signs. Neither address nor secret. */
export default query({
  name: 'deliveries/endpoint',
  title: '接收端点',
  parameters: z.strictObject({}),
  who: everyKind.map((line) => ({ ...line, relation: ownAgency })),
  read: async (_, { views, actor }) => page(views, 'deliveries/endpoint', actor.agency, {}),
});
