import type { RoutingAct, Situation } from '../../../events/interference.ts';
import { asksForOutcome } from '../../../functions/interference/outcomes.ts';
import { type Organ, route } from '../../../functions/interference/routing.ts';
import { isRefusal } from '../../../functions/kernel/decision.ts';
import { HOUR } from '../platform.ts';
import type { Act, Asked, Scene, Told } from './draft.ts';
import { AGENCIES, BUREAU, type Claims, COURT, DESKS, officers, superiors } from './people.ts';
import type { Case } from './record.ts';

/** 承办人的认定 of one interferer. */
export interface Established {
  readonly situation: Situation;
  readonly organ?: string;
  readonly separable: boolean;
  readonly partyMember?: boolean;
}

/** A report that is at the bureau, or soon will be. */
interface AtBureau {
  readonly about: Case;
  readonly report: string;
  /** What the officer may establish, and what later facts may change it to. */
  readonly established: readonly (readonly Established[])[];
  readonly later: readonly (readonly Established[])[];
  /** Asked for at the same instant as the routing. */
  readonly rival: Asked | undefined;
  readonly told: Told[];
}

const OUTCOMES = ['substantiated', 'unsubstantiated', 'educated', 'disciplined', 'other'] as const;

const organs = new Map(
  AGENCIES.map(([id, kind, , , superior, discipline]): [string, Organ & { discipline: string | null }] => [id, { id, kind, superior, discipline }]),
);

/** What art. 8 asks for; nothing where the command will be refused. */
function actsOf(list: readonly Established[], { institution, commissionedByOrgan }: Case): readonly RoutingAct[] {
  const acts = route(
    list.map((each) => ({ ...each, organ: each.organ === undefined ? undefined : organs.get(each.organ) })),
    {
      bureau: organs.get(BUREAU) as Organ & { discipline: string | null },
      institution,
      commissioner: commissionedByOrgan ? { kind: 'organ', organ: organs.get(COURT) as Organ } : { kind: 'person' },
    },
  );
  return isRefusal(acts) ? [] : acts;
}

/** Who signs for what is done towards others than the bureau itself. */
const desksOf = (acts: readonly RoutingAct[]): Claims[] => acts.flatMap(({ recipient }) => (recipient === BUREAU ? [] : (DESKS[recipient] ?? [])));

const handsOver = (list: readonly Established[]): boolean => list.some(({ situation }) => situation === 'bureau-head');

export const disclosing = (scene: Scene, by: Claims, report: string): Asked => [
  'interference/disclose-report',
  by,
  { report, purpose: scene.draft.mark('查阅目的') },
];

export const routing = (by: Claims, report: string, established: readonly Established[]): Asked => ['interference/route-report', by, { report, established }];

/** 按第八条处理, with two officers at work: who is told signs and replies, later facts change the situation, outcomes come in. */
export function handles(scene: Scene, at: AtBureau): void {
  const { about, report, told } = at;
  const established = scene.pick('established', at.established);
  const rival = at.rival ?? rivalOfRouting(scene, at);
  const routed = scene.against(rival, routing(officers[0], report, established), scene.pause('route'));
  const acts = actsOf(established, about);
  told.push(...desksOf(acts).map((by) => ({ act: routed, by })));
  const [one, other] = handsOver(established) ? superiors : officers;

  if (scene.may('receive', 0.5)) receives(scene, routed, acts, one);
  if (scene.may('upward', 0.2)) told.push({ act: reportsUpward(scene, report), by: superiors[0] });
  if (scene.may('disclose', 0.3)) scene.ask(disclosing(scene, officers[0], report), scene.pause('disclose'));
  if (scene.may('identify', 0.2))
    scene.ask(
      [
        'interference/disclose-reporter',
        other,
        { report, purpose: scene.pick('why', ['investigate', 'protect'] as const), reason: scene.draft.mark('查明理由') },
      ],
      scene.pause('identify'),
    );

  const later = scene.pick('later', at.later);
  const reclassifying = (by: Claims): Asked => ['interference/reclassify-report', by, { report, established: later, reason: scene.draft.mark('新的情况') }];
  const reclassifies = (what: string) => {
    const reclassified = scene.ask(reclassifying(one), scene.pause(what));
    told.push(...desksOf(actsOf(later, about)).map((by) => ({ act: reclassified, by })));
  };
  const recording = (by: Claims, { act, recipient }: RoutingAct, what: string): Asked => [
    'interference/record-outcome',
    by,
    { report, act, recipient, outcome: scene.pick(what, OUTCOMES), account: scene.draft.mark('办理结果') },
  ];
  const awaited = acts.filter(asksForOutcome);
  const last = awaited.at(-1);
  if (!last || !scene.may('outcomes', 0.65)) {
    if (scene.may('reclassify', 0.3)) reclassifies('reclassify');
    return;
  }
  // The one that closes it meets another that would close it too, one that says otherwise, or what opens it again.
  const before = awaited.at(-2);
  const race = scene.roll('race');
  const against = race < 0.35 ? reclassifying(other) : race < 0.7 ? recording(other, before ?? last, 'other-outcome') : undefined;
  for (const act of awaited.slice(0, -1)) {
    if (act !== before || race < 0.35 || race >= 0.7) scene.ask(recording(one, act, 'outcome'), scene.pause(`outcome${act.act}`));
  }
  scene.against(against, recording(one, last, 'last-outcome'), scene.pause('last-outcome'));
  if (scene.may('again', 0.2)) reclassifies('again');
}

/** 请示报告: the superior may open it from then on, and mostly does. */
function reportsUpward(scene: Scene, report: string): Act {
  const act = scene.ask(['interference/report-upward', officers[0], { report, reason: scene.draft.mark('重要情况') }], scene.pause('upward'));
  if (scene.may('opened-above', 0.6)) scene.ask(disclosing(scene, superiors[1], report), scene.pause('opened-above'));
  return act;
}

/** Another officer who routes it too, or who reads it while it may pass out of his hands. */
function rivalOfRouting(scene: Scene, { report, established }: AtBureau): Asked | undefined {
  if (scene.may('rival', 0.3)) return routing(officers[1], report, scene.pick('rival-established', established));
  return scene.may('watched', 0.15) ? disclosing(scene, officers[1], report) : undefined;
}

/** From before the reminder to after the escalation: one of those told signs, and replies, while the sweep finds that nobody has. */
function receives(scene: Scene, routed: Act, acts: readonly RoutingAct[], reader: Claims): void {
  const { draft } = scene;
  const desks = desksOf(acts);
  if (desks.length === 0) return;
  const receiver = scene.pick('receiver', desks);
  const about = draft.eventId(routed);
  scene.ask(['notifications/sign-for-notice', receiver, { about }], scene.between('receive:h', 1, 20 * 24) * HOUR);
  if (!scene.may('reply', 0.5)) return;
  scene.ask(['notifications/reply-to-notice', receiver, { about, text: draft.mark('答复') }]);
  if (scene.may('read-reply', 0.7)) {
    const purpose = draft.mark('目的');
    scene.ask(
      ['notifications/disclose-reply', reader.agency === BUREAU ? reader : officers[1], { about, recipient: receiver.agency, purpose }],
      scene.pause('read-reply'),
    );
  }
}
