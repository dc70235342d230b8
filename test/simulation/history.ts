import { hash } from 'node:crypto';
import { completeUscc } from '../../functions/kernel/codes/uscc.ts';
import { actorFrom } from '../../functions/kernel/identity.ts';
import type { KeyRing } from '../../functions/kernel/ports.ts';
import { receiptOf } from '../../functions/kernel/receipts.ts';
import type { Chance } from './chance.ts';

/** One request of one client, fixed before the run begins: ids that the system will give are computed, not waited for. */
export interface Act {
  readonly index: number;
  /** Virtual milliseconds since the client's act before was answered. */
  readonly pause: number;
  readonly command: string;
  readonly input: unknown;
  readonly claims: object;
  readonly key: string;
  /** Sent by another client at the same instant. */
  readonly rival?: Act;
}

export interface History {
  /** Directory and registry, one after the other. */
  readonly setup: readonly Act[];
  /** Clients at work at the same time. */
  readonly lanes: readonly (readonly Act[])[];
  /** What was planted in restricted fields: it may stand nowhere in clear. */
  readonly marks: readonly string[];
}

const SECOND = 1000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const BUREAU = 'made-city-bureau';
const COURT = 'made-district-court';
const INSTITUTIONS = [completeUscc('31360800MADE0001'), completeUscc('31360800MADE0002')] as const;
/** Made licences of made persons. */
const LICENCES = INSTITUTIONS.map((_, at) => [0, 1, 2].map((each) => `MADE-36-${at}-${each}`));

type Claims = { agency: string; kind: string; division: string; person: string; roles: string[] };
const of = (agency: string, kind: string, person: string, role: string, division = '360800'): Claims => ({ agency, kind, division, person, roles: [role] });
const officer = (at: number) => of(BUREAU, 'justice-bureau', `made-officer-${at}`, 'officer');
const operator = of('made-province-bureau', 'justice-bureau', 'made-operator', 'operator', '360000');
const registrar = of('made-province-bureau', 'justice-bureau', 'made-registrar', 'registrar', '360000');

const AGENCIES = [
  ['made-province-bureau', 'justice-bureau', 'province', '360000', null, null],
  ['made-discipline', 'discipline', 'city', '360800', null, null],
  ['made-city-bureau', 'justice-bureau', 'city', '360800', 'made-province-bureau', 'made-discipline'],
  ['made-city-court', 'court', 'city', '360800', null, null],
  ['made-district-court', 'court', 'county', '360802', 'made-city-court', null],
  ['made-health', 'health', 'city', '360800', null, null],
  ['made-hospital', 'organ', 'city', '360800', 'made-health', null],
] as const;

/** Agencies that find notices in their inbox, with who signs there. */
const SIGNERS: readonly Claims[] = [
  of(COURT, 'court', 'made-clerk', 'clerk'),
  of('made-city-court', 'court', 'made-clerk-2', 'clerk'),
  of('made-health', 'health', 'made-clerk-3', 'clerk'),
  officer(0),
  ...INSTITUTIONS.map((institution, at) => of(institution, 'institution', `made-head-${at}`, 'head')),
];

/** A province at work, from a seed: `commands` acts beside the setup. */
export function makeHistory(chance: Chance, keyRing: Pick<KeyRing, 'pseudonym'>, commands: number): History {
  const acts: Act[] = [];
  const marks: string[] = [];
  const act = (lane: Act[], command: string, claims: Claims, input: unknown, pause = SECOND, key = `key-${acts.length}-made`): Act => {
    const made: Act = { index: acts.length, pause, command, input, claims, key };
    acts.push(made);
    lane.push(made);
    return made;
  };
  type Asked = readonly [command: string, claims: Claims, input: unknown];
  const rivals = (lane: Act[], one: Asked, other: Asked, pause: number): Act => {
    const second = act([], ...other, SECOND);
    const first = { ...act([], ...one, pause), rival: second };
    lane.push(first);
    return first;
  };
  const callId = ({ claims, key }: Act): string => {
    const actor = actorFrom(claims, keyRing);
    if ('refused' in actor) throw new Error('a made actor has bad claims');
    return keyRing.pseudonym('call', receiptOf.command(keyRing, actor, key));
  };
  const eventId = (of: Act): string => hash('sha256', `${callId(of)}|0`, 'hex').slice(0, 32);
  const mark = (what: string) => {
    const text = `密${what}${marks.length}-${Math.floor(chance.of(`mark${marks.length}`) * 1e9).toString(36)}`;
    marks.push(text);
    return text;
  };

  const setup: Act[] = [];
  for (const [id, kind, level, division, superior, discipline] of AGENCIES) {
    act(setup, 'agencies/register-agency', operator, { id, name: `虚构${id}`, kind, level, division, superior, discipline });
  }
  for (const [at, uscc] of INSTITUTIONS.entries()) {
    act(setup, 'registry/register-institution', registrar, { uscc, name: `虚构鉴定所${at}`, division: '360802', supervisedBy: BUREAU, scopes: ['0201'] });
    for (const licence of LICENCES[at] ?? []) {
      act(setup, 'registry/register-appraiser', registrar, { institution: uscc, scopes: ['0201'], name: mark('姓名'), licence });
    }
  }

  const lanes: Act[][] = [];
  const begun = acts.length;
  const full = () => acts.length - begun >= commands;
  const shared: { findings: { act: Act; subject: object }[]; told: Act[] } = { findings: [], told: [] };
  for (let number = 0; !full(); number += 1) {
    const name = `case${number}`;
    const lane: Act[] = [];
    lanes.push(lane);
    const pause = (what: string): number => {
      const roll = chance.of(`${name}:${what}:pause`);
      if (roll < 0.55) return chance.between(`${name}:${what}:s`, 0, 3) * SECOND;
      if (roll < 0.85) return chance.between(`${name}:${what}:h`, 1, 8) * HOUR;
      return chance.between(`${name}:${what}:d`, 1, 6) * DAY;
    };
    const at = chance.between(`${name}:at`, 0, 1);
    const institution = INSTITUTIONS[at] as string;
    const licences = (LICENCES[at] ?? []).slice(0, chance.between(`${name}:team`, 2, 3));
    const appraiser = (licence: string) => of(institution, 'institution', licence, 'appraiser');
    const head = of(institution, 'institution', `made-head-${at}`, 'head');
    const caseNumber = `（2026）虚构鉴${number}号`;
    const organ = chance.hit(`${name}:organ`, 0.8);
    const opened = act(
      lane,
      'commissions/open-case',
      head,
      { case: caseNumber, matter: '虚构鉴定事项', commissioner: organ ? { kind: 'organ', agency: COURT } : { kind: 'person' }, appraisers: licences },
      pause('open'),
    );
    if (chance.hit(`${name}:reuse`, 0.2)) {
      act(lane, 'commissions/open-case', head, { ...(opened.input as object), matter: '另一虚构事项' }, SECOND, opened.key);
    }
    if (chance.hit(`${name}:stranger`, 0.15)) {
      act(lane, 'interference/sign-row', of(INSTITUTIONS[1 - at] as string, 'institution', 'MADE-x', 'appraiser'), {
        case: caseNumber,
        content: { answer: 'none' },
      });
    }
    for (const licence of licences) {
      if (full()) break;
      if (chance.hit(`${name}:${licence}:none`, 0.45)) {
        act(lane, 'interference/sign-row', appraiser(licence), { case: caseNumber, content: { answer: 'none' } }, pause(`sign${licence}`));
        continue;
      }
      const insider = chance.pick(`${name}:${licence}:insider`, ['none', 'none', 'head'] as const);
      const content = {
        answer: 'interference',
        interferers: [insider === 'head' ? { box: 'insider', name: mark('干预人') } : { box: 'party-or-agent', name: mark('干预人') }],
        contents: [{ box: 'opinion' }],
        articleThree: ['coerce'],
        account: mark('情况'),
        evidence: [{ kind: '录音', sha256: 'a'.repeat(64), keptAt: mark('存放') }],
      };
      const row = act(lane, 'interference/sign-row', appraiser(licence), { case: caseNumber, content }, pause(`sign${licence}`));
      const to = insider === 'head' ? 'bureau' : 'institution';
      const reported = act(
        lane,
        'interference/report-interference',
        appraiser(licence),
        { case: caseNumber, row: callId(row), to, content, insider, seriousConsequences: false },
        pause(`report${licence}`),
      );
      const report = keyRing.pseudonym('report', `${callId(row)} ${to} ${keyRing.pseudonym('person', licence)}`);
      shared.told.push(reported);
      const forwarded = to === 'institution' ? act(lane, 'interference/forward-report', head, { report }, pause(`forward${licence}`)) : undefined;
      if (forwarded) shared.told.push(forwarded);
      const established = insider === 'head' ? [{ situation: 'insider-head', separable: true }] : [chance.pick(`${name}:${licence}:situation`, SITUATIONS)];
      const rival = chance.hit(`${name}:${licence}:rival`, 0.3) ? ([] as Act[]) : undefined;
      const routed = act(lane, 'interference/route-report', officer(0), { report, established }, pause(`route${licence}`));
      shared.told.push(routed);
      const [told] = established;
      if (told && chance.hit(`${name}:${licence}:receive`, 0.6)) {
        // From before the reminder to after the escalation: some sign, and reply, while the sweep finds that nobody has.
        const receiver = RECEIVERS[told.situation] as Claims;
        const about = eventId(routed);
        act(lane, 'notifications/sign-for-notice', receiver, { about }, chance.between(`${name}:${licence}:receive:h`, 1, 20 * 24) * HOUR);
        if (chance.hit(`${name}:${licence}:reply`, 0.5)) act(lane, 'notifications/reply-to-notice', receiver, { about, text: mark('答复') });
        if (chance.hit(`${name}:${licence}:read`, 0.5))
          act(lane, 'notifications/disclose-reply', officer(1), { about, recipient: receiver.agency, purpose: mark('目的') }, pause(`read${licence}`));
      }
      if (rival) {
        lanes.push(rival);
        act(
          rival,
          'interference/route-report',
          officer(1),
          { report, established: [{ situation: 'individual', separable: true }] },
          pause(`rival${licence}`) + 2 * HOUR,
        );
      }
      if (chance.hit(`${name}:${licence}:disclose`, 0.3)) {
        act(lane, 'interference/disclose-report', officer(0), { report, purpose: '虚构核查' }, pause(`disclose${licence}`));
      }
    }
    if (chance.hit(`${name}:find`, 0.6) && !full()) {
      const licence = chance.pick(`${name}:who`, licences);
      const subject = { kind: 'appraiser', id: keyRing.pseudonym('person', licence) };
      const breach = chance.pick(`${name}:breach`, ['did-not-record', 'did-not-report', 'leaked'] as const);
      const acts = chance.hit(`${name}:two`, 0.2) ? 2 : 1;
      const found = act(lane, 'sanctions/find-breach', officer(0), { subject, institution, breach, acts, account: mark('认定') }, pause('find'));
      shared.findings.push({ act: found, subject });
      shared.told.push(found);
    }
    if (chance.hit(`${name}:after`, 0.5) && shared.findings.length > 0 && !full()) {
      const { act: found, subject } = chance.pick(`${name}:which`, shared.findings);
      const finding = callId(found);
      const withdrawal = ['sanctions/withdraw-finding', officer(1), { subject, finding, reason: '虚构更正' }] as const;
      const verification = ['sanctions/verify-correction', officer(0), { finding }] as const;
      const roll = chance.of(`${name}:roll`);
      if (roll < 0.4) rivals(lane, verification, withdrawal, pause('rivals'));
      else {
        const [command, claims, input] = roll < 0.75 ? withdrawal : verification;
        act(lane, command, claims, input, pause('after'));
      }
    }
    if (chance.hit(`${name}:sign`, 0.7) && shared.told.length > 0 && !full()) {
      const about = eventId(chance.pick(`${name}:about`, shared.told));
      act(lane, 'notifications/sign-for-notice', chance.pick(`${name}:signer`, SIGNERS), { about }, pause('sign'));
    }
  }
  return { setup, lanes, marks };
}

/** Who is told of a situation, and signs. */
const RECEIVERS: Readonly<Record<string, Claims>> = {
  'insider-head': of(COURT, 'court', 'made-clerk', 'clerk'),
  individual: of(COURT, 'court', 'made-clerk', 'clerk'),
  'other-organ-staff': of('made-health', 'health', 'made-clerk-3', 'clerk'),
  'commissioning-organ-staff': of('made-city-court', 'court', 'made-clerk-2', 'clerk'),
  'bureau-staff': of(COURT, 'court', 'made-clerk', 'clerk'),
  'bureau-head': of('made-province-bureau', 'justice-bureau', 'made-officer-2', 'officer'),
};

const SITUATIONS = [
  { situation: 'individual', separable: true },
  { situation: 'other-organ-staff', organ: 'made-hospital', separable: true },
  { situation: 'commissioning-organ-staff', separable: true },
  { situation: 'bureau-staff', organ: BUREAU, separable: true },
  { situation: 'bureau-head', separable: true },
] as const;
