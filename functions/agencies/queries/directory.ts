import * as z from 'zod';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { everyKind } from '../../kernel/rights.ts';

/** 单位名录 of a province, by division. */
export default query({
  name: 'agencies/directory',
  title: '单位名录',
  parameters: z.strictObject({
    /** First two digits of the division. */
    province: z
      .string()
      .regex(/^\d{2}$/, '应为省级行政区划代码的前两位')
      .meta({ examples: ['36'] }),
    ...pageParameters,
  }),
  who: everyKind,
  read: ({ province, cursor, limit }, { views }) => page(views, 'agencies/directory', province, { cursor, limit }),
});
