import * as z from 'zod';
import { AgencyListed } from '../../../events/agencies.ts';
import { command } from '../../kernel/command.ts';
import { refuse } from '../../kernel/decision.ts';
import { LISTED } from '../articles.ts';
import { division, LISTED_AT_MOST } from '../division.ts';

/** 列入区划名单: once. */
export default command({
  name: 'agencies/list-agency',
  title: '列入区划名单',
  aggregate: division,
  input: z.strictObject(AgencyListed.data.shape),
  who: 'system',
  key: (input) => input.division,
  decide: ({ agencies }, input) => {
    if (agencies.includes(input.id)) return [];
    if (agencies.length >= LISTED_AT_MOST)
      return refuse('division_list_full', `一个区划的名单最多列入 ${LISTED_AT_MOST} 个单位`, LISTED, { pointer: '/division' });
    return [AgencyListed.of(input)];
  },
});
