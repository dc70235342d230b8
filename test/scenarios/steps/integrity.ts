import * as z from 'zod';
import type { Stage } from '../stage.ts';
import { check } from '../step.ts';
import { BREACHES, ENTRY_GROUNDS, ENTRY_ROLES, ITEMS, wordFor } from '../words.ts';
import { sameItems } from './lists.ts';

/** The subject as the query names it: an appraiser, or an institution. */
const askedFor = (stage: Stage, name: string): Record<string, string> =>
  stage.agencies.has(name) ? { kind: 'institution', id: stage.id('单位', name) } : { kind: 'appraiser', id: stage.id('人员', name) };

const aboutWords = (about: string): string => {
  const [event = '', what = ''] = about.split('/');
  return event === 'BreachFound' ? wordFor(BREACHES, what) : `${wordFor(ENTRY_GROUNDS, event)}（${wordFor(ITEMS, what)}）`;
};

const entriesOf = async (stage: Stage, name: string, reader: string) =>
  (await stage.all(stage.person(reader), 'integrity/file', askedFor(stage, name))).items.map((item) => ({
    认定: stage.worded(item.cause),
    情形: aboutWords(String(item.about)),
    身份: wordFor(ENTRY_ROLES, item.role),
    依据: item.basis.article,
    记入日期: item.enteredOn,
    状态: item.standing ? '有效' : '已更正',
    更正日期: item.compensated?.compensatedOn,
  }));

const entry = z.strictObject({
  认定: z.string().optional(),
  情形: z.string(),
  身份: z.string().optional(),
  依据: z.string(),
  记入日期: z.string().optional(),
  状态: z.enum(['有效', '已更正']),
  更正日期: z.string().optional(),
});

export const integrity = [
  check(
    '{人员}查到{主体}的诚信档案恰有下列记录',
    z.strictObject({ 记录: z.array(entry).min(1) }),
    async (stage, { 人员: reader, 主体: name }, { 记录: expected }) => sameItems(expected, await entriesOf(stage, name, reader)),
  ),
  check('{人员}查到{主体}的诚信档案没有记录', z.strictObject({}), async (stage, { 人员: reader, 主体: name }) =>
    sameItems([], await entriesOf(stage, name, reader)),
  ),
];
