import * as z from 'zod';
import { directoryFor } from '../../../functions/agencies/directories.ts';
import { supervisorOf } from '../../../functions/agencies/directory.ts';
import { completeUscc } from '../../../functions/kernel/codes/uscc.ts';
import { act, Misstated } from '../step.ts';
import { ITEMS, oneOf } from '../words.ts';
import { ofProvince } from './agencies.ts';

export const registry = [
  act(
    '{机构}在{所在地}登记',
    z.strictObject({
      /** Without it: whom the directory names for the seat. */
      主管机关: z.string().optional(),
      省直: z.boolean().optional(),
      代码: z.string().optional(),
      业务范围: z.array(oneOf(ITEMS)).default(['medicine-0201']),
    }),
    async (stage, { 机构: name, 所在地: seat }, { 主管机关: bureau, 省直: direct = false, 代码: given, 业务范围: scopes }) => {
      const supervisor = bureau === undefined ? supervisorOf(directoryFor(stage.province), seat, direct)?.id : stage.id('单位', bureau);
      if (supervisor === undefined) throw new Misstated(`名录中没有主管${seat}鉴定机构的司法行政机关`);
      const uscc = given ?? completeUscc(`34${seat}MADE${String(stage.agencies.size).padStart(4, '0')}`);
      await stage.post(ofProvince(stage, 'registrar'), 'registry/register-institution', {
        uscc,
        name,
        division: seat,
        supervisedBy: supervisor,
        scopes,
      });
      if (!stage.accepted) return;
      stage.name('单位', name, uscc);
      stage.agencies.set(name, { id: uscc, kind: 'institution', division: seat });
    },
  ),
];
