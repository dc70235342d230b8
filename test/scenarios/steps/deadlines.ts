import * as z from 'zod';
import { act, check } from '../step.ts';
import { DEADLINE_STATUS, DEADLINES, NATURES, wordFor } from '../words.ts';
import { same, sameItems } from './lists.ts';

export const deadlines = [
  act('系统巡查期限', z.strictObject({}), async (stage) => stage.host.sweep()),
  check(
    '{单位}的待办期限恰有下列各项',
    z.strictObject({
      查询人: z.string().optional(),
      期限: z.array(
        z.strictObject({
          事项: z.string(),
          依据: z.string(),
          起算日: z.string(),
          届满日: z.string(),
          截止日: z.string(),
          提醒日: z.string(),
          状态: z.string(),
          性质: z.string().optional(),
        }),
      ),
    }),
    async (stage, { 单位: agency }, { 查询人: person, 期限: expected }) => {
      const { items, beside } = await stage.all(stage.asking(agency, person), 'deadlines/agenda');
      sameItems(
        expected,
        items.map((item) => ({
          事项: wordFor(DEADLINES, item.kind),
          依据: item.basis.article,
          起算日: item.dates.start,
          届满日: item.dates.rawDue,
          截止日: item.dates.legalDue,
          提醒日: item.dates.alertDue,
          状态: wordFor(DEADLINE_STATUS, item.status),
          性质: wordFor(NATURES, item.nature),
        })),
      );
      same({ 未了结: expected.length }, { 未了结: beside.open });
    },
  ),
];
