import type { Act, Asked, Scene, Told } from './draft.ts';
import { disclosing, type Established, handles, routing } from './handling.ts';
import { BUREAU, type Claims, HOSPITAL, officers } from './people.ts';
import { type Box, type Case, readingRecord } from './record.ts';

/** 报告: who interferes, who reports it where, and what an officer may establish once it is at the bureau. */
export interface Kind {
  readonly boxes: readonly Box[];
  readonly by: 'signer' | 'head';
  readonly to: 'institution' | 'bureau';
  readonly insider: 'head' | 'other' | 'none';
  readonly serious: boolean;
  readonly established: readonly (readonly Established[])[];
}

const one = (situation: Established['situation'], more: Partial<Established> = {}): Established => ({ situation, separable: true, ...more });

const OUTSIDERS: Kind['established'] = [
  [one('individual')],
  [one('unknown')],
  [one('other-organ-staff', { organ: HOSPITAL })],
  [one('other-organ', { organ: HOSPITAL })],
  [one('commissioning-organ-staff')],
  [one('commissioning-organ-staff'), one('individual', { separable: false })],
];
const JUSTICE: Kind['established'] = [
  [one('bureau-staff', { organ: BUREAU })],
  [one('bureau-staff', { organ: BUREAU, partyMember: true }), one('unknown')],
  [one('bureau-head')],
  [one('bureau-head', { partyMember: true }), one('individual')],
];

const outsider: Kind = { boxes: ['party-or-agent'], by: 'signer', to: 'institution', insider: 'none', serious: false, established: OUTSIDERS };
const ofBureau: Kind = { ...outsider, boxes: ['bureau-staff'], established: JUSTICE };
const byHead: Kind = { ...outsider, boxes: ['other'], by: 'head', to: 'bureau' };
const ordinary: Kind = { ...outsider, boxes: ['insider'], insider: 'other', established: [] };
const mixed: Kind = {
  ...ordinary,
  boxes: ['insider', 'party-or-agent'],
  established: [[one('insider-ordinary', { partyMember: true }), one('individual')], [one('individual')]],
};
const serious: Kind = {
  ...ordinary,
  to: 'bureau',
  serious: true,
  established: [[one('insider-serious')], [one('insider-ordinary')], [one('insider-ordinary', { partyMember: true })]],
};
const head: Kind = { ...serious, insider: 'head', serious: false, established: [[one('insider-head')], [one('insider-head', { partyMember: true })]] };

export const KINDS: readonly Kind[] = [outsider, outsider, outsider, ofBureau, ofBureau, byHead, ordinary, mixed, mixed, serious, head];

/** What the bureau may find later 新的情况. */
const LATER: Kind['established'] = [...OUTSIDERS, ...JUSTICE];

/** A report of a signed row from its making to its end; `told` takes what agencies are told of. */
export function reports(scene: Scene, about: Case, kind: Kind, row: Act, content: object, told: Told[]): void {
  const { draft } = scene;
  const { to, insider, serious: seriousConsequences } = kind;
  const by: Claims = kind.by === 'head' ? about.head : row.claims;
  const named = { case: about.case, row: draft.callId(row), to };
  const reported = scene.ask(['interference/report-interference', by, { ...named, content, insider, seriousConsequences }], scene.pause('report'));
  if (to === 'bureau') told.push({ act: reported, by: officers[0] });
  const report = draft.opaqueId('report', row, to, by);
  const withdrawing = (): Asked => ['interference/withdraw-report', by, { ...named, reason: draft.mark('撤回理由') }];

  if (scene.may('withdraw', 0.08)) {
    scene.ask(withdrawing(), scene.pause('withdraw'));
    if (to === 'institution') scene.ask(forwarding(about, report), scene.pause('in-vain'));
    else scene.ask(routing(officers[0], report, scene.pick('established', kind.established)), scene.pause('in-vain'));
    return;
  }
  const contested = scene.may('contested', 0.18) ? withdrawing() : undefined;
  if (to === 'institution') receives(scene, about, kind, report, contested ?? (scene.may('read', 0.1) ? readingRecord(scene, about, by) : undefined), told);
  if (kind.established.length === 0) return;
  handles(scene, { about, report, established: kind.established, later: LATER, rival: to === 'bureau' ? contested : undefined, told });
}

const forwarding = ({ head: by }: Case, report: string): Asked => ['interference/forward-report', by, { report }];

/** What the institution does with a report that it received: it forwards outsiders, deals with insiders, or both, in either order. */
function receives(scene: Scene, about: Case, { boxes }: Kind, report: string, rival: Asked | undefined, told: Told[]): void {
  const { draft } = scene;
  const dealing = (): Asked => [
    'interference/deal-with-insider',
    about.head,
    { report, outcome: draft.mark('处理结果'), byPartyOrganization: scene.pick('party', [true, false]) },
  ];
  const insiders = boxes.includes('insider');
  const outsiders = boxes.some((box) => box !== 'insider');
  if (scene.may('institution-reads', 0.15)) scene.ask(disclosing(scene, about.head, report), scene.pause('institution-reads'));
  if (!insiders) told.push({ act: scene.against(rival, forwarding(about, report), scene.pause('forward')), by: officers[0] });
  else if (!outsiders) scene.against(rival, dealing(), scene.pause('deal'));
  else {
    const [first, second] = scene.pick('order', [true, false]) ? [forwarding(about, report), dealing()] : [dealing(), forwarding(about, report)];
    if (!rival && scene.may('both-at-once', 0.4)) return void scene.rivals(first, second, scene.pause('first'));
    scene.against(rival, first, scene.pause('first'));
    scene.ask(second, scene.pause('second'));
  }
}
