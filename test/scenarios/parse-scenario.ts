import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import * as z from 'zod';
import zhCN from 'zod/v4/locales/zh-CN.js';
import { nearest } from './nearest.ts';
import type { Sending } from './stage.ts';
import { patternOf, type Step } from './step.ts';
import { oneOf, PROVINCES } from './words.ts';

/** A file that is no scenario; every line of the message says file, line and what to write. */
export class NotAScenario extends Error {
  override readonly name = 'NotAScenario';
}

/** One step as the file has it (步骤). */
export interface Told {
  readonly keyword: '假如' | '当' | '那么';
  readonly sentence: string;
  readonly line: number;
  readonly step: Step;
  readonly filled: Readonly<Record<string, string>>;
  readonly given: Readonly<Record<string, unknown>>;
  /** ISO instant at which it happens. */
  readonly at: string | undefined;
  readonly sending: Sending;
}

export interface Scenario {
  readonly title: string;
  readonly basis: string;
  /** Six digits. */
  readonly province: string;
  readonly steps: readonly Told[];
}

const KEYWORDS = ['假如', '当', '那么'] as const;
/** 并且 goes on as the step before it. */
const AND = '并且';

const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/, '时间须写作 2026-03-10 09:00')
  .transform((text) => `${text.replace(' ', 'T')}:00+08:00`)
  .refine((text) => !Number.isNaN(Date.parse(text)), '没有这一时间')
  .transform((text) => new Date(text).toISOString());

/** What every step may carry beside its own parameters. */
const COMMON = {
  时间: instant.optional(),
  幂等键: z.string().optional(),
  版本条件: z.string().optional(),
  受托: z.string().optional(),
  同时提交: z.int().min(2).max(20).optional(),
};

const heading = z.strictObject({ 标题: z.string().min(1), 依据: z.string().min(1), 省份: oneOf(PROVINCES), 步骤: z.array(z.looseObject({})).min(1) });

/** Reads a scenario and fits each of its steps to the table. Throws {@link NotAScenario} with all faults. */
export function parseScenario(file: string, text: string, table: readonly Step[]): Scenario {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const faults: string[] = document.errors.map(({ message }) => `${file}: ${message.split('\n')[0]}`);
  if (faults.length > 0 || !isMap(document.contents)) throw new NotAScenario(faults.join('\n') || `${file}: 不是场景`);
  const root = document.contents as YAMLMap;
  const lineOf = (node: unknown): number => counter.linePos((node as Node | undefined)?.range?.[0] ?? 0).line;
  const fault = (line: number, message: string) => faults.push(`${file}:${line}: ${message}`);
  const check = <T>(schema: z.ZodType<T>, value: unknown, at: (path: readonly PropertyKey[]) => number): T | undefined => {
    const parsed = schema.safeParse(value, { error: zhCN().localeError });
    for (const issue of parsed.error?.issues ?? []) fault(at(issue.path), `${issue.path.map(String).join(' → ') || '此处'}：${issue.message}`);
    return parsed.data;
  };

  const head = check(heading, root.toJS(document), (path) => lineOf(root.getIn(path.slice(0, 1), true) ?? root));
  const list = root.get('步骤');
  const steps: Told[] = [];
  let before: Told['keyword'] | undefined;
  for (const node of isSeq(list) ? list.items : []) {
    if (!isMap(node)) {
      fault(lineOf(node), '步骤须写作“当: 句子”');
      continue;
    }
    const [first] = node.items;
    const line = lineOf(first?.key);
    const word = String(isScalar(first?.key) ? first.key.value : '');
    const keyword = word === AND ? before : KEYWORDS.find((each) => each === word);
    const sentence = isScalar(first?.value) && typeof first.value.value === 'string' ? first.value.value.trim() : undefined;
    if (!keyword || sentence === undefined) {
      fault(line, `步骤以${[...KEYWORDS, AND].join('、')}之一开头，后接一个句子`);
      continue;
    }
    before = keyword;
    const fitting = table.flatMap((step) => {
      const match = patternOf(step.says).exec(sentence);
      return match ? [{ step, filled: { ...match.groups } }] : [];
    });
    const [fit] = fitting;
    if (!fit || fitting.length > 1) {
      const like = nearest(
        sentence,
        table.map(({ says }) => says),
      );
      fault(line, fit ? `“${sentence}”有多种读法：${fitting.map(({ step }) => step.says).join('；')}` : `不认识的步骤“${sentence}”，最接近的是“${like}”`);
      continue;
    }
    if ((fit.step.kind === 'check') !== (keyword === '那么')) {
      fault(line, fit.step.kind === 'check' ? `“${fit.step.says}”是核对，应接在“那么”之后` : `“${fit.step.says}”是办理，应接在“假如”或者“当”之后`);
      continue;
    }
    const { [word]: _, ...beneath } = node.toJS(document) as Record<string, unknown>;
    const at = (path: readonly PropertyKey[]) => lineOf((path.length > 0 ? node.getIn(path as unknown[], true) : undefined) ?? first?.key);
    const taken = check(z.strictObject({ ...fit.step.takes.shape, ...COMMON }), beneath, at) as Record<string, unknown> | undefined;
    if (!taken) continue;
    const { 时间: time, 幂等键: key, 版本条件: ifMatch, 受托: delegation, 同时提交: copies, ...given } = taken;
    steps.push({
      keyword,
      sentence,
      line,
      step: fit.step,
      filled: fit.filled,
      given,
      at: time as string | undefined,
      sending: { key, ifMatch, delegation, copies } as Sending,
    });
  }
  if (faults.length > 0 || !head) throw new NotAScenario(faults.join('\n'));
  return { title: head.标题, basis: head.依据, province: head.省份, steps };
}
