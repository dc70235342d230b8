import * as z from 'zod';
import { agencyId, day, threeDates } from '../../../events/common.ts';
import { DeadlineOpened } from '../../../events/deadlines.ts';
import { chineseCalendar } from '../../kernel/calendar.ts';
import { command } from '../../kernel/command.ts';
import { deadline } from '../deadline.ts';
import { counted } from '../look.ts';
import { lengths, terms } from '../terms.ts';

const { source, kind } = DeadlineOpened.data.shape;

/** 开始计算期限: once for a source and a kind, also where what closes it came first. */
export default command({
  name: 'deadlines/open-deadline',
  title: '开始计算期限',
  aggregate: deadline,
  input: z.strictObject({
    source,
    kind,
    holder: agencyId,
    overseer: agencyId.optional(),
    dates: z.union([threeDates, z.strictObject({ start: day, within: z.enum(Object.keys(lengths) as [keyof typeof lengths]) })]),
  }),
  who: 'system',
  key: (input) => [input.source, input.kind],
  decide: ({ opened }, { dates, ...named }, { policy }) => {
    if (opened) return [];
    const { nature, basis, metBy } = terms[named.kind];
    return [
      DeadlineOpened.of({
        ...named,
        ...('within' in dates ? counted(dates.start, lengths[dates.within](policy)) : { dates, term: null, calendar: chineseCalendar.version }),
        metBy: metBy.map(({ event }) => event.name),
        nature,
        basis,
      }),
    ];
  },
});
