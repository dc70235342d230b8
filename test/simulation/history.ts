import { situation } from '../../events/interference.ts';
import type { KeyRing } from '../../functions/kernel/ports.ts';
import { issuesCircular } from './acts/circulars.ts';
import { type Act, Draft, Scene, type Told } from './acts/draft.ts';
import { runsEndpoint } from './acts/endpoints.ts';
import { type Finding, findsBreach, goesOnWithFinding } from './acts/findings.ts';
import { AGENCIES, appraiserAt, BUREAU, type Claims, INSTITUTIONS, LICENCES, operator, registrar, SYSTEMS, TESTED_ITEMS } from './acts/people.ts';
import { isTested } from './acts/proficiency.ts';
import { seeksProtection } from './acts/protection.ts';
import { archiving, type Case, concluding, corrects, interferenceBy, NONE, opensCase, readingRecord, signing } from './acts/record.ts';
import { KINDS, reports } from './acts/report.ts';
import type { Chance } from './chance.ts';

export type { Act } from './acts/draft.ts';

export interface History {
  /** Directory and registry, one after the other. */
  readonly setup: readonly Act[];
  /** Clients at work at the same time. */
  readonly lanes: readonly (readonly Act[])[];
  /** What was planted in restricted fields: it may stand nowhere in clear. */
  readonly marks: readonly string[];
}

/** What the cases of one history know of each other. */
interface Shared {
  readonly findings: Finding[];
  readonly told: Told[];
}

/** A province at work, from a seed: `commands` acts beside the setup and beside what agencies do with their endpoints. */
export function makeHistory(chance: Chance, keyRing: Pick<KeyRing, 'pseudonym'>, commands: number): History {
  const draft = new Draft(chance, keyRing);
  draft.marks.push(...situation.options.filter((word) => word.includes('-')));
  const setup = registers(draft);
  draft.room = commands;
  const lanes: Act[][] = [];
  const shared: Shared = { findings: [], told: [] };
  while (!draft.full) {
    const number = lanes.length;
    const scene = new Scene(draft, `case${number}`);
    if (scene.may('tests', number === 0 ? 0.5 : 0.2)) isTested(scene.under('testing'), number);
    else playsCase(scene, number, shared);
    lanes.push(scene.lane);
  }
  draft.room = Number.POSITIVE_INFINITY;
  for (const by of SYSTEMS) {
    const scene = new Scene(draft, `endpoint of ${by.agency}`);
    if (scene.may('has', 0.15)) runsEndpoint(scene, by, shared.told);
    if (scene.lane.length > 0) lanes.push(scene.lane);
  }
  return { setup, lanes, marks: draft.marks };
}

function registers(draft: Draft): Act[] {
  const scene = new Scene(draft, 'setup');
  for (const [id, kind, level, division, superior, discipline] of AGENCIES) {
    scene.ask(['agencies/register-agency', operator, { id, name: `虚构${id}`, kind, level, division, superior, discipline }]);
  }
  for (const [at, uscc] of INSTITUTIONS.entries()) {
    scene.ask([
      'registry/register-institution',
      registrar,
      { uscc, name: `虚构鉴定所${at}`, division: '360802', supervisedBy: BUREAU, scopes: ['medicine-0201', ...TESTED_ITEMS] },
    ]);
    for (const licence of LICENCES[at] ?? []) {
      draft.marks.push(licence);
      scene.ask(['registry/register-appraiser', registrar, { institution: uscc, scopes: ['medicine-0201'], name: draft.mark('姓名'), licence }]);
    }
  }
  return scene.lane;
}

/** A case from its opening to the archive: signed, corrected, reported, concluded before or after its rows are there. */
function playsCase(scene: Scene, number: number, shared: Shared): void {
  const at = scene.between('at', 0, 1);
  const institution = INSTITUTIONS[at] as string;
  const licences = (LICENCES[at] ?? []).slice(0, scene.between('team', 2, 3));
  const about = opensCase(scene, number, institution, licences);
  if (scene.may('stranger', 0.1)) scene.ask(signing(appraiserAt(INSTITUTIONS[1 - at] as string, 'MADE-x'), about, NONE));
  const early = scene.may('early', 0.4);
  if (early) oversees(scene, institution, licences, shared);

  const concludedAt = scene.between('concluded', 0, licences.length);
  for (const [place, licence] of licences.entries()) {
    if (scene.draft.full) return;
    const when = place === concludedAt ? 'concluded' : place < concludedAt ? 'before' : 'after';
    playsRow(scene.under(licence), about, appraiserAt(institution, licence), appraiserAt(institution, licences[place === 0 ? 1 : 0] as string), when, shared);
  }
  if (concludedAt === licences.length && scene.may('conclude', 0.6)) scene.ask(concluding(scene, about), scene.pause('conclude'));
  if (scene.may('archive', 0.5)) scene.ask(archiving(about), scene.pause('archive'));
  if (!early) oversees(scene, institution, licences, shared);
}

/** One appraiser's row and what follows from it; `when`: before, while or after the case is concluded. */
function playsRow(own: Scene, about: Case, signer: Claims, colleague: Claims, when: 'before' | 'concluded' | 'after', { told }: Shared): void {
  const kind = own.may('kind', 0.55) ? own.pick('which', KINDS) : undefined;
  const content = kind ? interferenceBy(own, kind.boxes) : NONE;
  const first = when === 'concluded' && own.may('concluded-first', 0.4);
  if (first) own.ask(concluding(own, about), own.pause('conclude'));
  const archives = (when === 'after' || first) && own.may('archive', 0.4);
  const rival = archives ? archiving(about) : when === 'concluded' && !first ? concluding(own, about) : undefined;
  const row = own.against(rival, signing(signer, about, content), own.pause('sign'));
  if (kind) reports(own, about, kind, row, content, told);
  if (own.may('correct', 0.15)) corrects(own.under('correction'), about, row, colleague);
  if (own.may('protect', 0.2)) seeksProtection(own.under('protection'), about, row, told);
  if (own.may('read', 0.12)) own.ask(readingRecord(own, about, signer), own.pause('read'));
}

/** What the bureau finds and circulates, and what agencies sign for. */
function oversees(scene: Scene, institution: string, licences: readonly string[], { findings, told }: Shared): void {
  if (scene.may('find', 0.75)) findsBreach(scene, institution, licences, findings);
  if (findings.length > 0 && scene.may('after', 0.7)) goesOnWithFinding(scene, findings);
  if (scene.may('circular', 0.15)) issuesCircular(scene.under('circular'), told);
  if (told.length > 0 && scene.may('sign', 0.7)) {
    const { act, by } = scene.pick('about', told);
    scene.ask(['notifications/sign-for-notice', by, { about: scene.draft.eventId(act) }], scene.pause('sign'));
  }
}
