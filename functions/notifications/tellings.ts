import type { Basis } from '../../events/basis.ts';
import type { DataOf } from '../../events/event.ts';
import type { ReportRouted } from '../../events/interference.ts';

type Act = DataOf<typeof ReportRouted>['acts'][number];

/** What one recipient is told of a routed report: all acts towards it in one. */
export interface Telling {
  readonly recipient: string;
  readonly purpose: string;
  /** Act → articles. */
  readonly acts: Readonly<Record<string, string>>;
  readonly namesCase: boolean;
  readonly alsoWithheld: readonly string[];
  readonly basis: Basis;
}

export interface ActRule {
  /** 办理事项 */
  readonly words: string;
  readonly purpose: string;
  readonly alsoWithheld: readonly string[];
  /** The case would name its two appraisers, and so who reported. */
  readonly hidesCase?: true;
}

/** Art. 8, act by act. */
export const ACTS: Readonly<Record<Act['act'], ActRule>> = {
  investigate: { words: '调查处理', purpose: '请调查处理鉴定机构内部人员干预鉴定的情况', alsoWithheld: [] },
  handle: { words: '依法处理', purpose: '请依法处理干预司法鉴定活动的情况', alsoWithheld: [] },
  'inform-superior': { words: '通报上级机关或者主管单位', purpose: '通报所属单位或者其工作人员干预鉴定的情况', alsoWithheld: [] },
  // What concerns itself the commissioning organ does not hear, nor whether there is any of it: the line stands in each of its notices.
  'tell-commissioner': {
    words: '告知委托人',
    purpose: '告知本案鉴定活动受到他人干预的情况',
    alsoWithheld: ['依法另行通报的情况（如有）'],
  },
  'return-to-institution': { words: '退回机构处理', purpose: '请依章程处理本机构内部人员干预鉴定的情况', alsoWithheld: ['案件编号'], hidesCase: true },
  identify: { words: '查明干预人身份', purpose: '请查明干预人的身份', alsoWithheld: [] },
  'party-discipline': { words: '依规依纪处理', purpose: '请党组织依规依纪处理本机构党员干预鉴定的情况', alsoWithheld: ['案件编号'], hidesCase: true },
  'inform-discipline': { words: '通报纪检监察机关', purpose: '通报司法行政机关工作人员干预鉴定的情况', alsoWithheld: [] },
};

/**
 * One telling a recipient (X6, I-7): acts towards the same recipient are one, and the bureau does not write to itself. Of what is done
 * towards others nobody is told anything. Source: 第八条, 第十条.
 */
export function tellings({ acts, bureau }: Pick<DataOf<typeof ReportRouted>, 'acts' | 'bureau'>): readonly Telling[] {
  const byRecipient = Map.groupBy(acts, ({ recipient }) => recipient);
  byRecipient.delete(bureau);
  return [...byRecipient].map(([recipient, own]) => {
    const rules = [...new Set(own.map(({ act }) => ACTS[act]))];
    return {
      recipient,
      purpose: rules.map(({ purpose }) => purpose).join('；'),
      acts: Object.fromEntries(rules.map((rule) => [rule.words, articlesOf(own.filter(({ act }) => ACTS[act] === rule))])),
      namesCase: !rules.some(({ hidesCase }) => hidesCase),
      alsoWithheld: [...new Set(rules.flatMap(({ alsoWithheld }) => alsoWithheld))],
      basis: joined(own),
    };
  });
}

const articlesOf = (acts: readonly Act[]): string => [...new Set(acts.map(({ basis }) => basis.article))].join('、');

/** One basis for all acts of a notice: each article and each reading once. */
function joined(acts: readonly Act[]): Basis {
  const [first] = acts as readonly [Act, ...Act[]];
  const readings = [...new Set(acts.flatMap(({ basis }) => basis.reading ?? []))];
  return { ...first.basis, article: articlesOf(acts), ...(readings.length === 0 ? {} : { reading: readings.join('；') }) };
}
