import type { Act, Asked, Scene } from './draft.ts';
import { type Claims, COURT, headOf, officers } from './people.ts';

/** 鉴定案件, as its institution has it. */
export interface Case {
  readonly case: string;
  readonly institution: string;
  /** By a court; else by a person. */
  readonly commissionedByOrgan: boolean;
  readonly head: Claims;
}

export function opensCase(scene: Scene, number: number, institution: string, licences: readonly string[]): Case {
  const made: Case = { case: `（2026）虚构鉴${number}号`, institution, commissionedByOrgan: scene.roll('organ') < 0.8, head: headOf(institution) };
  const input = {
    case: made.case,
    matter: '虚构鉴定事项',
    commissioner: made.commissionedByOrgan ? { kind: 'organ', agency: COURT } : { kind: 'person' },
    appraisers: licences,
  };
  const opened = scene.ask(['commissions/open-case', made.head, input], scene.pause('open'));
  if (scene.may('reuse', 0.15)) scene.ask(['commissions/open-case', made.head, { ...input, matter: '另一虚构事项' }], undefined, opened.key);
  return made;
}

export const concluding = (scene: Scene, { case: number, head }: Case): Asked => [
  'commissions/conclude-case',
  head,
  { case: number, outcome: scene.pick('outcome', ['opinion', 'opinion', 'refused', 'terminated']) },
];
export const archiving = ({ case: number, head }: Case): Asked => ['commissions/archive-case', head, { case: number }];

export const signing = (signer: Claims, { case: number }: Case, content: object, corrects?: string): Asked => [
  'interference/sign-row',
  signer,
  { case: number, content, ...(corrects === undefined ? {} : { corrects }) },
];

export type Box = 'party-or-agent' | 'insider' | 'bureau-staff' | 'other';

/** 干预内容 with the kind of art. 3 that it agrees with. */
const FORMS = [
  [['opinion'], ['coerce']],
  [['procedure', 'opinion'], ['coerce']],
  [['plead'], ['plead']],
  [['other'], ['private-meeting']],
] as const;

export const NONE = { answer: 'none' } as const;

/** 有干预情况的情况记录: every text of it is planted. */
export function interferenceBy(scene: Scene, boxes: readonly Box[]): object {
  const { draft } = scene;
  const [contents, articleThree] = scene.pick('form', FORMS);
  return {
    answer: 'interference',
    interferers: boxes.map((box) => ({
      box,
      name: draft.mark('干预人'),
      organ: draft.mark('单位'),
      ...(box === 'other' ? { other: draft.mark('其他干预人') } : {}),
    })),
    contents: contents.map((box) => ({ box, ...(box === 'other' ? { other: draft.mark('其他内容') } : {}) })),
    articleThree,
    account: draft.mark('情况'),
    evidence: [{ kind: draft.mark('种类'), sha256: draft.markHash(), keptAt: draft.mark('存放') }],
  };
}

/** 更正: a further row, by its signer, of the institution that has the case or, in vain, by a colleague. */
export function corrects(scene: Scene, about: Case, row: Act, colleague: Claims): void {
  const by = scene.may('colleague', 0.2) ? colleague : row.claims;
  const content = scene.pick('corrected', [true, false]) ? NONE : interferenceBy(scene, ['other']);
  const rival = scene.may('archive', 0.2) ? archiving(about) : undefined;
  scene.against(rival, signing(by, about, content, scene.draft.callId(row)), scene.pause('correct'));
}

/** 调阅记录表 by a signer, the institution or the bureau, also while somebody signs or withdraws. */
export const readingRecord = (scene: Scene, about: Case, signer: Claims): Asked => [
  'interference/disclose-record',
  scene.pick('reader', [signer, about.head, officers[0]]),
  { case: about.case, purpose: scene.draft.mark('调阅目的') },
];
