import * as z from 'zod';
import { check, Misstated } from '../step.ts';
import { same } from './lists.ts';

export const answers = [
  check(
    '不予办理',
    z.strictObject({ 状态: z.int(), 代码: z.string(), 依据: z.string().optional(), 位置: z.string().optional(), 说明: z.string().optional() }),
    async (stage, _, expected) => {
      const { status = 0, body } = stage.answer ?? {};
      const found: Record<string, unknown> = { 状态: status, 代码: body?.code, 依据: body?.basis?.article, 位置: body?.errors?.[0]?.pointer };
      same(
        expected,
        Object.fromEntries(
          Object.entries({ ...found, ...(expected.说明 === undefined ? {} : { 说明: stage.wordedWithin(String(body?.detail)) }) }).filter(
            ([, value]) => value !== undefined,
          ),
        ),
      );
    },
  ),
  check('得到与{幂等键}第一次相同的答复', z.strictObject({}), async (stage, { 幂等键: key }) => {
    const first = stage.byKey.get(key);
    if (!first) throw new Misstated(`没有用过幂等键“${key}”`);
    same({ 状态: 200, 答复: first.body }, { 状态: stage.answer?.status, 答复: stage.answer?.body });
  }),
];
