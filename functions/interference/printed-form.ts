import type * as z from 'zod';
import type { caseNumberKind } from '../../events/commissions.ts';
import type { RecordContent, RecordFact } from '../../events/interference.ts';
import { type ArticleThreeKind, type ContentBox, type Interference, type InterfererBox, missingEvidence } from './form.ts';

/** A box of the form, with the text behind it; in 其他 stands what its interferers or contents are, several after one another. */
export type Box<Name extends string> = {
  readonly box: Name;
  readonly label: string;
  readonly ticked: boolean;
  readonly text: string | null;
};

/** 情况记录 whose content the reader may see. */
export type ShownBlock = {
  readonly number: number;
  readonly row: string;
  readonly signedOn: string;
  readonly signer: string;
  readonly sealed: false;
  /** 无此类情况 */
  readonly none: boolean;
  readonly interferers: readonly Box<InterfererBox>[];
  readonly contents: readonly Box<ContentBox>[];
  /** Interferers whose 姓名、单位 are known, for which the form has no box, and those who share a box, which is ticked once. */
  readonly persons: readonly { readonly box: InterfererBox; readonly label: string; readonly name: string | null; readonly organ: string | null }[];
  readonly articleThree: readonly ArticleThreeKind[];
  /** 具体情况 */
  readonly account: string | null;
  readonly evidence: readonly { readonly kind: string; readonly sha256: string; readonly keptAt: string }[];
  readonly missingEvidence: boolean;
  /** The row that this one corrects, with the number of its block. */
  readonly corrects: { readonly row: string; readonly number: number } | null;
};

/** 情况记录 of which the reader learns that it is signed. */
export type SealedBlock = Pick<ShownBlock, 'number' | 'row' | 'signedOn' | 'signer'> & { readonly sealed: true };

/** 《干预司法鉴定活动记录表》 as data, blocks in the order in which they were signed. */
export type PrintedForm = {
  readonly case: string;
  readonly number: z.infer<typeof caseNumberKind>;
  readonly matter: string;
  readonly blocks: readonly (ShownBlock | SealedBlock)[];
};

/** 干预人选项 in the form's words. */
export const INTERFERERS: Readonly<Record<InterfererBox, string>> = {
  commissioner: '委托人',
  'party-or-agent': '案件当事人或其代理人',
  insider: '鉴定机构内部人员',
  'bureau-staff': '司法行政机关工作人员',
  other: '其他',
};
/** 干预内容选项 in the form's words. */
export const CONTENTS: Readonly<Record<ContentBox, string>> = { plead: '请托说情', procedure: '干预鉴定程序', opinion: '干预鉴定意见', other: '其他' };

const namesOf = <Name extends string>(labels: Readonly<Record<Name, string>>) => Object.keys(labels) as Name[];

/** The first 情况记录 of a sheet has a box for 委托人, the second has none. */
export const BOXES_OF_BLOCK: readonly [readonly InterfererBox[], readonly InterfererBox[]] = [
  namesOf(INTERFERERS),
  namesOf(INTERFERERS).filter((box) => box !== 'commissioner'),
];

const BETWEEN = '；';

function boxesOf<Name extends string>(
  labels: Readonly<Record<Name, string>>,
  names: readonly Name[],
  filled: readonly { readonly box: Name; readonly other?: string | undefined }[],
): readonly Box<Name>[] {
  const ticks = filled.map(({ box, other }) => (names.includes(box) ? { box, text: other } : { box: 'other', text: labels[box] }));
  return names.map((box) => {
    const own = ticks.filter((tick) => tick.box === box);
    const texts = own.flatMap(({ text }) => text ?? []);
    return { box, label: labels[box], ticked: own.length > 0, text: texts.length === 0 ? null : texts.join(BETWEEN) };
  });
}

/** Boxes of a 情况记录 by its place on the sheet, 0 or 1; without a content none is ticked. Where the sheet prints no 委托人 he stands as “其他：委托人”. */
export function boxesFor(place: number, content?: RecordContent): Pick<ShownBlock, 'none' | 'interferers' | 'contents'> {
  const { interferers, contents } = content?.answer === 'interference' ? content : { interferers: [], contents: [] };
  return {
    none: content?.answer === 'none',
    interferers: boxesOf(INTERFERERS, place === 0 ? BOXES_OF_BLOCK[0] : BOXES_OF_BLOCK[1], interferers),
    contents: boxesOf(CONTENTS, namesOf(CONTENTS), contents),
  };
}

const personsOf = (interferers: Interference['interferers']): ShownBlock['persons'] =>
  interferers
    .filter((each) => each.name !== undefined || each.organ !== undefined || interferers.some((other) => other !== each && other.box === each.box))
    .map(({ box, name = null, organ = null }) => ({ box, label: INTERFERERS[box], name, organ }));

type SignedRow = z.infer<typeof RecordFact.schema>['rows'][number];

/** The form filled in. `contents`: of the rows that the reader may see, by row. */
export const printedForm = (
  about: Pick<PrintedForm, 'case' | 'number' | 'matter'>,
  rows: readonly SignedRow[],
  contents: ReadonlyMap<string, RecordContent>,
): PrintedForm => ({
  case: about.case,
  number: about.number,
  matter: about.matter,
  blocks: rows.map(({ row, signedOn, signer, corrects }, at) => {
    const signed = { number: at + 1, row, signedOn, signer };
    const content = contents.get(row);
    if (!content) return { ...signed, sealed: true };
    const filled = content.answer === 'interference' ? content : undefined;
    return {
      ...signed,
      sealed: false,
      ...boxesFor(at % 2, content),
      persons: personsOf(filled?.interferers ?? []),
      articleThree: filled?.articleThree ?? [],
      account: filled?.account ?? null,
      evidence: filled?.evidence ?? [],
      missingEvidence: missingEvidence(content),
      corrects: corrects === undefined ? null : { row: corrects, number: rows.findIndex((each) => each.row === corrects) + 1 },
    };
  }),
});
