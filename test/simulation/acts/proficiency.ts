import { DAY, HOUR } from '../platform.ts';
import type { Act, Asked, Scene } from './draft.ts';
import { type Claims, headOf, INSTITUTIONS, LICENCES, officers, providers, TESTED_ITEMS } from './people.ts';
import { strikesOff } from './registry.ts';

/** Whose proficiency in what, and who tests it. */
interface Tested {
  readonly institution: string;
  readonly item: string;
  readonly provider: Claims;
}

/** A failed year as it was last told: its event, by the place that it will have. */
interface Failure {
  readonly year: number;
  readonly event: string;
  readonly by: 'result' | 'assessment';
}

/** Two failed years: what their detection will be called, and which of them may turn out to be wrong. */
export interface Pair {
  readonly rectification: string;
  readonly wrong: Failure;
}

const FAILING = [
  { by: 'word', word: '不通过' },
  { by: 'z', scores: [0.4, -3] },
  { by: 'en', scores: [-1.2, 0.3] },
  { by: 'word', word: '不满意' },
  { by: 'z', scores: [4.1] },
  { by: 'absent', excused: false },
] as const;
const OTHERWISE = [
  { by: 'word', word: '满意' },
  { by: 'word', word: '有问题' },
  { by: 'z', scores: [2] },
  { by: 'z', scores: [-2.5, 1] },
  { by: 'en', scores: [1] },
  { by: 'absent', excused: true },
] as const;
const CAUSES = ['misreported', 'reassessed', 'appeal-upheld'] as const;

const opening = ({ item, provider }: Tested, year: number, institutions: readonly string[]): Asked => [
  'proficiency/open-round',
  provider,
  { year, item, institutions },
];
const closing = ({ item, provider }: Tested, year: number): Asked => ['proficiency/close-round', provider, { year, item }];
const reporting = ({ institution, item, provider }: Tested, year: number, result: object): Asked => [
  'proficiency/record-result',
  provider,
  { institution, item, year, result },
];
const assessing = ({ institution, item }: Tested, year: number, passed: boolean): Asked => [
  'proficiency/record-assessment',
  officers[0],
  { institution, item, year, passed },
];
const retesting = ({ institution, item, provider }: Tested, year: number, passed: boolean): Asked => [
  'proficiency/record-retest',
  provider,
  { institution, item, year, passed },
];

/** What of a failure turns out to be wrong: its result is corrected, a later assessment stands for it. */
function correcting(scene: Scene, about: Tested, { year, event, by }: Failure, result: object | null): Asked {
  if (by === 'assessment') return assessing(about, year, result === null || !FAILING.some((each) => each === result));
  const { institution, item, provider } = about;
  return ['proficiency/correct-result', provider, { institution, item, year, corrects: event, cause: scene.pick('cause', CAUSES), result }];
}

/** 能力验证 of one institution in one item over some years, in any order; mostly two fail one after the other, and all that follows is gone on with. */
export function isTested(scene: Scene, number: number): void {
  const which = scene.between('item', 0, TESTED_ITEMS.length - 1);
  const about: Tested = { institution: scene.pick('institution', INSTITUTIONS), item: TESTED_ITEMS[which] as string, provider: providers[which] as Claims };
  const later = scene.between('later', 2023, 2026);
  const three = later < 2026 && scene.roll('three') < 0.3;
  const years = [later - 1, later, ...(three ? [later + 1] : [])];
  const gap = three && scene.roll('gap') < 0.4;
  for (const year of years) opensRound(scene.under(`round${year}`), about, year);
  if (scene.roll('plain') < 0.15) isTestedOtherwise(scene.under('otherwise'), about, years);
  else followsUp(scene, about, gap ? failsAround(scene.under('gap'), about, later) : fails(scene.under('failure'), about, years));
  if (scene.may('retest', 0.25)) scene.ask(retesting(about, later, scene.roll('retested') < 0.6), scene.pause('retest'));
  if (scene.may('close', 0.5)) scene.ask(closing(about, scene.pick('closed', years)), scene.pause('close'));
  if (scene.may('commission', 0.3)) scene.ask(commissioning(about, number), scene.pause('commission'));
}

function opensRound(scene: Scene, about: Tested, year: number): void {
  const [one, other] = INSTITUTIONS;
  const all = scene.roll('all') < 0.6;
  scene.ask(opening(about, year, all ? [one, other] : [about.institution]));
  if (!all && scene.may('enrol', 0.5))
    scene.ask(['proficiency/enrol-institutions', about.provider, { year, item: about.item, institutions: [one, other] }], scene.pause('enrol'));
}

/** Each year has its result, or none while its round ends, and each is now and then put otherwise. */
function isTestedOtherwise(scene: Scene, about: Tested, years: readonly number[]): void {
  for (const year of years) {
    const own = scene.under(`${year}`);
    const grade = own.pick('grade', [...OTHERWISE, ...FAILING]);
    const rival = own.may('rival', 0.4) ? own.pick('against', [closing(about, year), reporting(about, year, own.pick('other-grade', OTHERWISE))]) : undefined;
    const told = own.against(rival, reporting(about, year, grade), own.pause('result'));
    if (own.may('correct', 0.4)) {
      const wrong: Failure = { year, event: scene.draft.eventId(told), by: 'result' };
      own.ask(correcting(own, about, wrong, own.pick('now', [null, ...OTHERWISE, ...FAILING])), own.pause('correct'));
    }
    if (own.may('assess', 0.3)) own.ask(assessing(about, year, own.roll('assessed') < 0.5), own.pause('assess'));
  }
}

/** Years that fail, the last told last or first; a pair for every two. */
function fails(scene: Scene, about: Tested, years: readonly number[]): readonly Pair[] {
  const { draft } = scene;
  const order = scene.roll('order') < 0.6 ? years : years.toReversed();
  const failures: Failure[] = [];
  // Of three failed years an outer one leaves the other pair standing.
  const outer = ([first]: readonly Failure[]) => (years.length > 2 && scene.roll('outer') < 0.7 ? first : undefined);
  const pairs: Pair[] = [];
  for (const year of order) {
    const own = scene.under(`${year}`);
    const by = own.roll('by') < 0.12 ? 'assessment' : 'result';
    const asked = by === 'result' ? reporting(about, year, own.pick('grade', FAILING)) : assessing(about, year, false);
    const rival = own.may('closed', 0.08) ? closing(about, year) : undefined;
    const failure: Failure = { year, event: '', by };
    const told = own.against(rival, asked, own.pause('result'));
    failures.push({ ...failure, event: draft.eventId(told) });
    if (failures.length > 1) pairs.push({ rectification: draft.eventId(told, 1), wrong: outer(failures) ?? own.pick('wrong', failures) });
  }
  return pairs;
}

/** Two years that fail with one between them that nothing is told of, mostly not for ever: then both pairs are detected at once. */
function failsAround(scene: Scene, about: Tested, between: number): readonly Pair[] {
  const { draft } = scene;
  const told = [between - 1, between + 1, ...(scene.roll('filled') < 0.75 ? [between] : [])].map((year) => {
    const act = scene.ask(reporting(about, year, scene.pick(`grade${year}`, FAILING.slice(0, 5))), scene.pause(`result${year}`));
    return { act, failure: { year, event: draft.eventId(act), by: 'result' as const } };
  });
  const [outer, , filling] = told;
  return filling
    ? [1, 2].map((place) => ({
        rectification: draft.eventId(filling.act, place),
        wrong: (outer && scene.roll('outer') < 0.7 ? outer : scene.pick('wrong', told)).failure,
      }))
    : [];
}

/** A failure told again in the place of what it was corrected to: the two years fail anew. */
function failsAgain(scene: Scene, about: Tested, { year, by }: Failure, corrected: Act, result: object | null): Pair {
  const { draft } = scene;
  const failing = scene.pick('grade', FAILING.slice(0, 5));
  if (by === 'assessment' || result === null) {
    const told = scene.ask(by === 'assessment' ? assessing(about, year, false) : reporting(about, year, failing), scene.pause('again'));
    return { rectification: draft.eventId(told, 1), wrong: { year, event: draft.eventId(told), by } };
  }
  const told = scene.ask(correcting(scene, about, { year, event: draft.eventId(corrected, 1), by }, failing), scene.pause('again'));
  return { rectification: draft.eventId(told, 2), wrong: { year, event: draft.eventId(told, 1), by } };
}

/** What follows from pairs, while what they rest on may turn out to be wrong at any step; then mostly it ends, and now and then begins anew. */
function followsUp(scene: Scene, about: Tested, pairs: readonly Pair[], before = 0): void {
  const [first] = pairs;
  if (!first) return;
  const own = scene.under(`course${before}`);
  const now = own.pick('now', [...OTHERWISE, null]);
  const course = new Course(own, () => correcting(own, about, first.wrong, now));
  if (rectifies(course, about, pairs)) strikesOff(course, about.institution, pairs);
  if (!course.corrected && own.roll('in-the-end') < (pairs.length > 1 ? 0.8 : 0.5)) course.correct('in-the-end');
  if (course.corrected && before < 2 && own.roll('anew') < 0.45)
    followsUp(scene, about, [failsAgain(own.under('anew'), about, first.wrong, course.corrected, now)], before + 1);
}

/** One step after the other, and at one of them the correction of what all rests on. */
export class Course {
  readonly scene: Scene;
  corrected: Act | undefined;
  private readonly correction: () => Asked;

  constructor(scene: Scene, correction: () => Asked) {
    this.scene = scene;
    this.correction = correction;
  }

  /** Nothing more is asked of it: mostly so once it is corrected. */
  over(what: string): boolean {
    return this.corrected !== undefined && this.scene.roll(`${what}:in-vain`) < 0.65;
  }

  step(what: string, asked: Asked, pause: number, rival?: Asked): void {
    const roll = this.corrected ? 1 : this.scene.roll(`${what}:corrected`);
    if (roll < (what === 'decide' ? 0.12 : 0.04)) {
      const [, corrected] = this.scene.rivals(asked, this.correction(), pause);
      this.corrected = corrected;
      return;
    }
    if (roll > 0.985 && !this.corrected) this.correct(what);
    this.scene.against(rival, asked, pause);
  }

  correct(what: string): void {
    this.corrected = this.scene.ask(this.correction(), this.scene.pause(`${what}:correct`));
  }
}

const disclosing = (scene: Scene, by: Claims, pair: Pair | undefined): Asked => [
  'proficiency/disclose-rectification',
  by,
  { rectification: pair?.rectification, purpose: scene.draft.mark('查阅目的') },
];

/** 限期整改, from the order to what was found of it; whether it failed, as far as can be told before. */
function rectifies(course: Course, { institution }: Tested, pairs: readonly Pair[]): boolean {
  const { scene } = course;
  const head = headOf(institution);
  const ordering = (by: Claims, { rectification }: Pair): Asked => ['proficiency/order-rectification', by, { rectification }];
  for (const [at, pair] of pairs.entries()) {
    if (course.over(`order${at}`)) return false;
    const rival = scene.may(`order-rival${at}`, 0.1) ? ordering(officers[1], pair) : undefined;
    course.step(
      `order${at}`,
      ordering(officers[0], pair),
      scene.roll(`order-soon${at}`) < 0.15 ? scene.pause(`order${at}`) : scene.between('order:h', 1, 6) * HOUR,
      rival,
    );
  }
  const lapses = scene.roll('lapses') < 0.35;
  let failed = false;
  for (const [at, { rectification }] of pairs.entries()) {
    const own = scene.under(`rectification${at}`);
    const submitting = (): Asked => [
      'proficiency/submit-rectification',
      head,
      {
        rectification,
        account: scene.draft.mark('整改'),
        evidence: [{ kind: scene.draft.mark('种类'), sha256: scene.draft.markHash(), keptAt: scene.draft.mark('存放') }],
      },
    ];
    if (course.over(`submit${at}`)) return false;
    if (lapses) {
      // From before the last day to after it: what is submitted meets the deadline.
      if (own.may('late', 0.4)) course.step(`submit${at}`, submitting(), own.between('late:h', 7 * 24 + 8, 8 * 24) * HOUR);
      failed = true;
      continue;
    }
    course.step(`submit${at}`, submitting(), own.pause('submit'));
    if (own.may('more', 0.1)) course.step(`more${at}`, submitting(), own.pause('more'));
    if (own.may('disclose', 0.35)) own.ask(disclosing(own, own.pick('reader', [officers[1], head]), pairs[at]));
    if (course.over(`verify${at}`)) return false;
    const outcome = pairs.length === 1 && own.roll('verified') < 0.25 ? 'verified' : own.pick('outcome', ['not-in-place', 'still-unfit'] as const);
    const finding = { rectification, outcome, ...(outcome === 'verified' ? {} : { account: own.draft.mark('核实') }) };
    const rival = own.may('verified-twice', 0.1)
      ? (['proficiency/verify-rectification', officers[1], { rectification, outcome: 'verified' }] as const)
      : undefined;
    course.step(`verify${at}`, ['proficiency/verify-rectification', officers[0], finding], own.pause('verify'), rival);
    failed ||= outcome !== 'verified';
  }
  if (lapses) scene.ask(disclosing(scene, officers[0], pairs[0]), scene.between('lapse:d', 9, 13) * DAY);
  return failed;
}

/** 建档 of a case about the item: not taken where it failed or was struck off, by the rules of the province. */
const commissioning = ({ institution, item }: Tested, number: number): Asked => [
  'commissions/open-case',
  headOf(institution),
  {
    case: `（2026）虚构测${number}号`,
    matter: '虚构鉴定事项',
    commissioner: { kind: 'person' },
    appraisers: LICENCES[INSTITUTIONS.indexOf(institution as (typeof INSTITUTIONS)[number])]?.slice(0, 2),
    items: [item],
  },
];
