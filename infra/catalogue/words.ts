import { readFileSync } from 'node:fs';
import type { DocumentStatus } from '../../events/basis.ts';
import { type AnyEventDefinition, cloudEventType } from '../../events/event.ts';

/** 效力 of a document */
export const STATUS_WORDS: Readonly<Record<DocumentStatus, string>> = {
  law: '法律、法规、规章、规范性文件或者标准',
  policy: '答复',
  draft: '征求意见稿：本省采用前只拟办，不产生后果',
};

/** 中文名 of a context, as the first line of its README has it: `# registry 登记`. */
export function contextTitle(context: string): string {
  const readme = readFileSync(new URL(`../../functions/${context}/README.md`, import.meta.url), 'utf8');
  const title = new RegExp(`^# ${context} (.+)`).exec(readme)?.[1];
  if (title === undefined) throw new Error(`functions/${context}/README.md does not begin with “# ${context}” and its Chinese name`);
  return title;
}

/** Every version that was ever published (历次版本), oldest first: there is an upcast from each that is past. */
export const typesOf = ({ context, name, version }: AnyEventDefinition): readonly string[] =>
  Array.from({ length: version }, (_, at) => cloudEventType({ context, name, version: at + 1 }));

const DIGITS = '零一二三四五六七八九';

/** 条次 of an article, by which articles are put in order: 42 of 第四十二条, 12 of 第12项; what is in no article comes first, an annex last. */
export function placeOf(article: string): number {
  if (article.startsWith('附件')) return Number.POSITIVE_INFINITY;
  const [, number = ''] = /^第(\d+|[一二三四五六七八九十]+)[条项]/.exec(article) ?? [];
  if (/^\d*$/.test(number)) return Number(number);
  const [tens, ones] = number.includes('十') ? number.split('十') : ['零', number];
  return 10 * DIGITS.indexOf(tens || '一') + DIGITS.indexOf(ones || '零');
}
