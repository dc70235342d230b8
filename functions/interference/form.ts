import type * as z from 'zod';
import type { Basis } from '../../events/basis.ts';
import type { articleThreeKind, contentBox, interfererBox, RecordContent } from '../../events/interference.ts';
import { type Refusal, refuse } from '../kernel/decision.ts';
import { FORM } from './articles.ts';

/** 干预人选项 */
export type InterfererBox = z.infer<typeof interfererBox>;
/** 干预内容选项 */
export type ContentBox = z.infer<typeof contentBox>;
/** 第三条所列情形 */
export type ArticleThreeKind = z.infer<typeof articleThreeKind>;
/** 有干预情况的情况记录 */
export type Interference = Extract<RecordContent, { answer: 'interference' }>;

interface FormRule {
  readonly code: string;
  readonly detail: string;
  readonly cure: string;
  readonly basis: Basis;
  /** Pointer to what breaks the rule. */
  readonly brokenAt: (content: Interference) => string | undefined;
}

/** Pointer to the first member of a list that is at fault. */
const firstOf = <T>(list: readonly T[], path: string, atFault: (member: T, index: number) => boolean, field = ''): string | undefined => {
  const index = list.findIndex(atFault);
  return index < 0 ? undefined : `/content/${path}/${index}${field}`;
};

const repeated =
  <T>(list: readonly T[], same: (a: T, b: T) => boolean) =>
  (member: T, index: number): boolean =>
    list.slice(0, index).some((earlier) => same(earlier, member));

const textMissing = ({ box, other }: { box: string; other?: string | undefined }) => box === 'other' && other === undefined;
const textUnasked = ({ box, other }: { box: string; other?: string | undefined }) => box !== 'other' && other !== undefined;

const FORM_RULES: readonly FormRule[] = [
  {
    code: 'other_text_missing',
    detail: '勾选“其他”的，应当写明内容',
    cure: '在“其他”后写明内容',
    basis: FORM.form,
    brokenAt: ({ interferers, contents }) => firstOf(interferers, 'interferers', textMissing, '/other') ?? firstOf(contents, 'contents', textMissing, '/other'),
  },
  {
    code: 'other_text_not_asked',
    detail: '只有勾选“其他”才填写“其他”的内容',
    cure: '改勾“其他”，或者删去该内容，写入具体情况',
    basis: FORM.form,
    brokenAt: ({ interferers, contents }) => firstOf(interferers, 'interferers', textUnasked, '/other') ?? firstOf(contents, 'contents', textUnasked, '/other'),
  },
  {
    code: 'content_repeated',
    detail: '同一干预内容重复勾选',
    cure: '每项干预内容只勾选一次',
    basis: FORM.form,
    brokenAt: ({ contents }) =>
      firstOf(
        contents,
        'contents',
        repeated(contents, (a, b) => a.box === b.box),
      ),
  },
  {
    code: 'interferer_repeated',
    detail: '同一干预人重复填写',
    cure: '同一干预人在同一选项下只填写一次',
    basis: FORM.repeated,
    brokenAt: ({ interferers }) =>
      firstOf(
        interferers,
        'interferers',
        repeated(interferers, (a, b) => a.name !== undefined && a.box === b.box && a.name === b.name && a.organ === b.organ && a.other === b.other),
      ),
  },
  {
    code: 'kind_repeated',
    detail: '第三条的同一情形重复列出',
    cure: '每种情形只列一次',
    basis: FORM.kindsOnce,
    brokenAt: ({ articleThree }) =>
      firstOf(
        articleThree,
        'articleThree',
        repeated(articleThree, (a, b) => a === b),
      ),
  },
];

/** A kind of art. 3 is ticked in at least one of these boxes. */
const TICKED_AS: Readonly<Record<ArticleThreeKind, { boxes: readonly ContentBox[]; basis: Basis; cure: string }>> = {
  plead: { boxes: ['plead'], basis: FORM.plead, cure: '勾选“请托说情”' },
  'private-meeting': { boxes: ['other'], basis: FORM.privateMeeting, cure: '勾选“其他”并写明私下会见' },
  coerce: { boxes: ['procedure', 'opinion'], basis: FORM.coerce, cure: '勾选“干预鉴定程序”或者“干预鉴定意见”' },
  other: { boxes: ['procedure', 'opinion', 'other'], basis: FORM.otherKind, cure: '勾选“干预鉴定程序”“干预鉴定意见”或者“其他”' },
};

/** A box that stands for some kinds only needs one of them; 干预鉴定程序 and 干预鉴定意见 say at what any kind aimed. */
const STANDS_FOR: readonly { box: ContentBox; kinds: readonly ArticleThreeKind[]; basis: Basis; cure: string }[] = [
  { box: 'plead', kinds: ['plead'], basis: FORM.plead, cure: '列明第三条第（一）项情形' },
  { box: 'other', kinds: ['private-meeting', 'other'], basis: FORM.otherBox, cure: '列明第三条第（二）项或者第（四）项情形' },
];

function checkAgreement({ articleThree, contents }: Interference): Refusal | undefined {
  const ticked = contents.map(({ box }) => box);
  for (const [index, kind] of articleThree.entries()) {
    const { boxes, basis, cure } = TICKED_AS[kind];
    if (!boxes.some((box) => ticked.includes(box))) {
      return refuse('kind_not_ticked', '所列第三条情形与勾选的干预内容不一致', basis, { cure, pointer: `/content/articleThree/${index}` });
    }
  }
  for (const { box, kinds, basis, cure } of STANDS_FOR) {
    if (ticked.includes(box) && !kinds.some((kind) => articleThree.includes(kind))) {
      return refuse('box_without_kind', '勾选的干预内容没有对应的第三条情形', basis, { cure, pointer: `/content/contents/${ticked.indexOf(box)}` });
    }
  }
  return undefined;
}

/**
 * Whether a row (情况记录) can be signed as filled in. Pointers are relative to a body that holds the row as `content`.
 *
 * Missing evidence refuses nothing: see {@link missingEvidence}. Source: 第三条, 第四条, 附件.
 */
export function checkContent(content: RecordContent): Refusal | undefined {
  if (content.answer === 'none') return undefined;
  for (const { code, detail, cure, basis, brokenAt } of FORM_RULES) {
    const pointer = brokenAt(content);
    if (pointer !== undefined) return refuse(code, detail, basis, { cure, pointer });
  }
  return checkAgreement(content);
}

/** Interference is recorded and no evidence (证据) is fixed with it, which 第四条 asks for (应当). */
export const missingEvidence = (content: RecordContent): boolean => content.answer === 'interference' && content.evidence.length === 0;

/** Whether an interferer (干预人) of that box stands in the row. */
export const involves = (content: RecordContent, box: InterfererBox): boolean =>
  content.answer === 'interference' && content.interferers.some((interferer) => interferer.box === box);
