import { hash } from 'node:crypto';
import { expect } from 'vitest';
import { completeUscc } from '../../functions/kernel/codes/uscc.ts';
import { undocumented } from '../contracts/documented.ts';
import type { ApiAnswer, ApiRequest } from '../support/api.ts';
import type { HostClaims } from '../support/host.ts';
import { webhookSecretOf } from '../support/webhook-secret.ts';
import { playCancellations } from './made-cancellation.ts';
import { inThisProcess, type MadeHost, type MakeMadeHost, type Stored } from './made-hosts.ts';
import { ITEM, type PlayedProficiency, playProficiency, SPARE_ITEM } from './made-proficiency.ts';

const of = (agency: string, kind: string, person: string, role: string, division = '360800'): HostClaims => ({ agency, kind, division, person, roles: [role] });

export const INSTITUTION = completeUscc('34360802MADE0001');
export const OTHER_INSTITUTION = completeUscc('34360803MADE0002');

/** Everyone who acts in the made province (虚构人员). */
export const ACTORS = {
  operator: of('made-province-bureau', 'justice-bureau', 'made-operator', 'operator', '360000'),
  registrar: of('made-province-bureau', 'justice-bureau', 'made-registrar', 'registrar', '360000'),
  officer: of('made-city-bureau', 'justice-bureau', 'made-officer', 'officer'),
  leader: of('made-city-bureau', 'justice-bureau', 'made-leader', 'leader'),
  provinceOfficer: of('made-province-bureau', 'justice-bureau', 'made-officer-2', 'officer', '360000'),
  otherOfficer: of('made-other-bureau', 'justice-bureau', 'made-officer-3', 'officer', '360100'),
  head: of(INSTITUTION, 'institution', 'made-head', 'head', '360802'),
  appraiser: of(INSTITUTION, 'institution', 'MADE-LICENCE-1', 'appraiser', '360802'),
  colleague: of(INSTITUTION, 'institution', 'MADE-LICENCE-2', 'appraiser', '360802'),
  otherHead: of(OTHER_INSTITUTION, 'institution', 'made-head-2', 'head', '360803'),
  stranger: of(OTHER_INSTITUTION, 'institution', 'MADE-LICENCE-3', 'appraiser', '360803'),
  clerk: of('made-district-court', 'court', 'made-clerk', 'clerk', '360802'),
  superiorClerk: of('made-city-court', 'court', 'made-clerk-2', 'clerk'),
  healthClerk: of('made-health', 'health', 'made-clerk-3', 'clerk'),
  discipline: of('made-discipline', 'discipline', 'made-clerk-4', 'clerk'),
  provider: of('made-provider', 'provider', 'made-clerk-5', 'clerk', '110000'),
  otherProvider: of('made-other-provider', 'provider', 'made-clerk-6', 'clerk', '110000'),
} as const satisfies Record<string, HostClaims>;
export type ActorName = keyof typeof ACTORS;

const AGENCIES = [
  ['made-discipline', 'discipline', 'city', '360800', null, null],
  ['made-province-bureau', 'justice-bureau', 'province', '360000', null, 'made-discipline'],
  ['made-city-bureau', 'justice-bureau', 'city', '360800', 'made-province-bureau', 'made-discipline'],
  ['made-other-bureau', 'justice-bureau', 'city', '360100', 'made-province-bureau', 'made-discipline'],
  ['made-city-court', 'court', 'city', '360800', null, null],
  ['made-district-court', 'court', 'county', '360802', 'made-city-court', null],
  ['made-health', 'health', 'city', '360800', null, null],
  ['made-hospital', 'organ', 'city', '360800', 'made-health', null],
  ['made-clinic', 'organ', 'city', '360800', 'made-health', null],
  ['made-provider', 'provider', 'national', '110000', null, null],
] as const;

/** Text for a restricted field (保密字段的内容), by its name. */
export type Plant = (field: string) => string;

/** What the API gave, and the ways to ask it. */
export interface MadeProvince {
  readonly host: MadeHost;
  readonly post: (who: ActorName, command: string, body: unknown, key?: string) => Promise<ApiAnswer>;
  readonly request: (request: ApiRequest) => Promise<ApiAnswer>;
  /** Everything that lies anywhere (全部存储): ledger, receipts, views, counters, data keys, bus. */
  readonly everything: () => string;
  /** The same, piece by piece: whose it is, and what it says in clear. */
  readonly pieces: () => readonly { readonly place: string; readonly text: string }[];
  readonly close: () => Promise<void>;
}

export async function madeProvince(makeHost: MakeMadeHost = inThisProcess): Promise<MadeProvince> {
  const host = await makeHost();
  let sent = 0;
  const request = async (asked: ApiRequest) => {
    const answer = await host.api.request(asked);
    expect(undocumented(asked, answer)).toEqual([]);
    await host.settle();
    return answer;
  };
  return {
    host,
    request,
    post: async (who, command, body, key) => {
      sent += 1;
      const headers = {
        authorization: `Bearer ${await host.token(ACTORS[who])}`,
        'idempotency-key': key ?? `made-${sent}`,
        'content-type': 'application/json',
      };
      const answer = await request({ method: 'POST', path: `/v1/${command}`, headers, body });
      if (answer.status >= 300) throw new Error(`${command}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer;
    },
    everything: everythingOf(host),
    pieces: () => {
      const { commits, receipts, rows, counters, dataKeys } = host.stored();
      return [
        ...commits.flatMap(({ stream, bytes, state }) => [
          { place: stream, text: Buffer.from(bytes).toString('utf8') },
          { place: stream, text: state },
        ]),
        ...receipts.map(({ key, body }) => ({ place: streamIn(body) ?? key, text: `${key} ${JSON.stringify(body)}` })),
        ...rows.map((row) => ({ place: [row.listing, row.item.command].filter((part) => part !== undefined).join('/'), text: JSON.stringify(row) })),
        ...counters.map(({ counter }) => ({ place: counter, text: counter })),
        ...dataKeys.map(([scope, entry]) => ({ place: scope, text: `${scope} ${JSON.stringify(entry)}` })),
        ...host.bus.map((entry) => ({ place: String(JSON.parse(entry.detail).subject), text: JSON.stringify(entry) })),
        ...host.lines.map((text) => ({ place: 'log', text })),
      ];
    },
    close: () => host.close(),
  };
}

function everythingOf(host: MadeHost): () => string {
  let known: { readonly stored: Stored; readonly heard: number; readonly text: string } | undefined;
  return () => {
    const stored = host.stored();
    const heard = host.bus.length;
    if (known?.stored !== stored || known.heard !== heard) {
      const commits = stored.commits.map((record) => ({ ...record, bytes: hash('sha256', record.bytes) }));
      known = { stored, heard, text: JSON.stringify([{ ...stored, commits }, host.bus]) };
    }
    return known.text;
  };
}

const streamIn = (body: unknown): string | undefined => (body as { answer?: { stream?: string } }).answer?.stream;

/** 接收端点 of an agency, on a port of this machine where nothing listens. */
export const endpointOf = (agency: string, plant: Plant = (field) => `虚构${field}`) => ({
  agency,
  url: `http://127.0.0.1:9/${encodeURIComponent(plant('endpoint.url'))}`,
  secret: webhookSecretOf(plant('endpoint.secret')),
});

/** Interference as an appraiser fills it in. */
export const interferenceBy = (interferers: readonly object[], plant: Plant = (field) => `虚构${field}`) => ({
  answer: 'interference',
  interferers,
  contents: [{ box: 'opinion' }, { box: 'other', other: plant('contents.other') }],
  articleThree: ['coerce', 'other'],
  account: plant('account'),
  evidence: [{ kind: plant('evidence.kind'), sha256: hash('sha256', plant('evidence.sha256')), keptAt: plant('evidence.keptAt') }],
});

const outsider = (plant: Plant) =>
  interferenceBy([{ box: 'other', other: plant('interferers.other'), name: plant('interferers.name'), organ: plant('interferers.organ') }], plant);
const insider = (plant: Plant) => interferenceBy([{ box: 'insider', name: plant('interferers.name') }], plant);

/** 情况通报 with one line, made up. */
export const circularOf = (institution: string) => ({
  from: '2026-03',
  to: '2026-03',
  lines: [{ institution, cases: 1, rows: 5, asked: 0, completed: 0, reports: 3, forwarded: 2, insiders: 0, withdrawn: 0, open: 1, missing: 0, overdue: 0 }],
  text: '虚构通报内容',
  measures: '虚构工作要求',
});

const lastPart = ({ body }: ApiAnswer): string => String(body.stream).split('/').at(-1) ?? '';

/** Ids and bodies that the slice leaves behind. */
export interface Played {
  readonly person: string;
  readonly case: string;
  /** Concluded, with every row signed. */
  readonly concludedCase: string;
  readonly freshRow: string;
  readonly freshContent: unknown;
  readonly reportedReport: string;
  readonly forwardedReport: string;
  readonly routedReport: string;
  readonly directReport: string;
  readonly directRow: string;
  /** Reported to the institution, and an insider among those who interfere. */
  readonly insiderReport: string;
  /** Row of a report to the institution that nothing rests on. */
  readonly withdrawableRow: string;
  /** Routed, with an outcome outstanding. */
  readonly openAct: { readonly report: string; readonly act: string; readonly recipient: string };
  /** Row whose signer has sought protection, and the matter. */
  readonly protectedRow: string;
  readonly protection: string;
  readonly directContent: ReturnType<typeof interferenceBy>;
  readonly finding: string;
  readonly notice: string;
  /** Notice of a time when its recipient had no endpoint yet. */
  readonly earlierNotice: string;
  readonly delegation: string;
  readonly circular: string;
  /** Correlation of routing a report. */
  readonly routing: string;
  readonly proficiency: PlayedProficiency;
}

const CASE = '（2026）虚构鉴字第1号';
const CONCLUDED_CASE = '（2026）虚构鉴字第2号';
const UNSIGNED_CASES = ['（2026）虚构受字第3号', '（2026）虚构受字第4号'];

/** The slice with every command of it (全流程): directory, registry, case, rows, reports of every standing, a finding withdrawn, one that stands. */
export async function playSlice({ post }: Pick<MadeProvince, 'post'>, plant: Plant = (field) => `虚构${field}`): Promise<Played> {
  for (const [id, kind, level, division, superior, discipline] of AGENCIES) {
    await post('operator', 'agencies/register-agency', { id, name: `虚构${id}`, kind, level, division, superior, discipline }, `agency-${id}`);
  }
  for (const [at, uscc] of [INSTITUTION, OTHER_INSTITUTION].entries()) {
    const supervisedBy = at === 0 ? 'made-city-bureau' : 'made-other-bureau';
    await post(
      'registrar',
      'registry/register-institution',
      { uscc, name: `虚构鉴定所${at}`, division: '360802', supervisedBy, scopes: [ITEM, SPARE_ITEM] },
      `institution-${at}`,
    );
  }
  const licences = [ACTORS.appraiser.person, ACTORS.colleague.person, ACTORS.stranger.person];
  const persons: string[] = [];
  for (const [at, licence] of licences.entries()) {
    const institution = at < 2 ? INSTITUTION : OTHER_INSTITUTION;
    persons.push(lastPart(await post('registrar', 'registry/register-appraiser', { institution, scopes: [ITEM], name: plant('name'), licence })));
  }
  const opened = { case: CASE, matter: '虚构鉴定事项', commissioner: { kind: 'organ', agency: 'made-district-court' }, appraisers: licences.slice(0, 2) };
  await post('head', 'commissions/open-case', opened, 'open-1');

  const sign = async (who: ActorName, content: unknown, key?: string, number = CASE) =>
    (await post(who, 'interference/sign-row', { case: number, content }, key)).body.correlationId as string;
  const report = async (content: unknown, to: string, standing: string, row?: string) =>
    lastPart(
      await post('appraiser', 'interference/report-interference', {
        case: CASE,
        row: row ?? (await sign('appraiser', content)),
        to,
        content,
        insider: standing,
        seriousConsequences: false,
      }),
    );
  await sign('colleague', { answer: 'none' }, 'sign-1');
  const freshContent = outsider(plant);
  const freshRow = await sign('appraiser', freshContent, 'sign-2');
  const reportedReport = await report(outsider(plant), 'institution', 'none');
  const forwardedReport = await report(outsider(plant), 'institution', 'none');
  await post('head', 'interference/forward-report', { report: forwardedReport });
  const routedReport = await report(outsider(plant), 'institution', 'none');
  await post('head', 'interference/forward-report', { report: routedReport });
  await post('officer', 'interference/report-upward', { report: routedReport, reason: plant('upward.reason') });
  const directContent = insider(plant);
  const directRow = await sign('appraiser', directContent, 'sign-3');
  const directReport = await report(directContent, 'bureau', 'head', directRow);
  await post('officer', 'interference/disclose-report', { report: directReport, purpose: plant('disclosure.purpose') });
  const routedDirect = await post('officer', 'interference/route-report', {
    report: directReport,
    established: [{ situation: 'insider-head', separable: true }],
  });
  const routed = await post('officer', 'interference/route-report', {
    report: routedReport,
    established: [
      { situation: 'individual', separable: true },
      { situation: 'other-organ-staff', organ: 'made-hospital', separable: true },
      { situation: 'bureau-head', separable: true },
    ],
  });
  const circular = lastPart(await post('officer', 'interference/issue-circular', circularOf(INSTITUTION)));
  const notice = routed.body.events[0].id as string;
  await post('healthClerk', 'notifications/sign-for-notice', { about: notice }, 'signed-2');
  await post('healthClerk', 'notifications/reply-to-notice', { about: notice, text: plant('reply.text') });
  await post('officer', 'notifications/disclose-reply', { about: notice, recipient: 'made-health', purpose: plant('reply.purpose') });
  await post('clerk', 'notifications/sign-for-notice', { about: routedDirect.body.events[0].id }, 'signed-1');

  await post('officer', 'interference/disclose-reporter', { report: directReport, purpose: 'protect', reason: plant('identity.reason') });
  await post('head', 'interference/disclose-report', { report: reportedReport, purpose: plant('disclosure.purpose') });
  await post('officer', 'interference/record-outcome', {
    report: directReport,
    act: 'investigate',
    recipient: 'made-city-bureau',
    outcome: 'substantiated',
    account: plant('outcome.account'),
  });
  await post('officer', 'interference/reclassify-report', {
    report: directReport,
    established: [
      { situation: 'insider-head', separable: true },
      { situation: 'other-organ-staff', organ: 'made-clinic', separable: true },
    ],
    reason: plant('reclassification.reason'),
  });
  const insiderReport = await report(insider(plant), 'institution', 'other');
  const dealtWith = await report(insider(plant), 'institution', 'other');
  await post('head', 'interference/deal-with-insider', { report: dealtWith, outcome: plant('insider.outcome'), byPartyOrganization: true });
  const withdrawnRow = await sign('appraiser', outsider(plant));
  await report(outsider(plant), 'institution', 'none', withdrawnRow);
  await post('appraiser', 'interference/withdraw-report', { case: CASE, row: withdrawnRow, to: 'institution', reason: plant('report-withdrawal.reason') });
  const withdrawableRow = await sign('appraiser', freshContent);
  await report(freshContent, 'institution', 'none', withdrawableRow);
  const { evidence } = outsider(plant);
  const seek = async (row: string, kind: string) =>
    lastPart(await post('appraiser', 'interference/seek-protection', { case: CASE, row, kind, to: 'bureau', account: plant('protection.account'), evidence }));
  const protection = await seek(withdrawnRow, 'retaliation');
  const decided = await seek(withdrawnRow, 'leak');
  await post('officer', 'interference/disclose-protection', { matter: decided, purpose: plant('protection-disclosure.purpose') });
  await post('officer', 'interference/decide-protection', {
    matter: decided,
    outcome: 'transferred',
    transferredTo: 'made-discipline',
    account: plant('protection-decision.account'),
  });
  await post('officer', 'interference/disclose-record', { case: CASE, purpose: plant('disclosure.purpose') });

  await post('head', 'commissions/open-case', { ...opened, case: CONCLUDED_CASE });
  for (const who of ['appraiser', 'colleague'] as const) await sign(who, { answer: 'none' }, undefined, CONCLUDED_CASE);
  await post('head', 'commissions/conclude-case', { case: CONCLUDED_CASE, outcome: 'opinion' });
  for (const number of UNSIGNED_CASES) {
    await post('head', 'commissions/open-case', { ...opened, case: number, number: 'matter' });
    await post('head', 'commissions/conclude-case', { case: number, outcome: 'refused' });
  }

  const find = async (breach: string, key: string) =>
    (
      await post(
        'officer',
        'sanctions/find-breach',
        { subject: { kind: 'appraiser', id: persons[1] }, institution: INSTITUTION, breach, acts: 1, account: plant('finding.account') },
        key,
      )
    ).body.correlationId as string;
  const withdrawn = await find('did-not-record', 'find-1');
  const finding = await find('did-not-report', 'find-2');
  await post('officer', 'sanctions/withdraw-finding', {
    subject: { kind: 'appraiser', id: persons[1] },
    finding: withdrawn,
    reason: plant('withdrawal.reason'),
  });
  await post('officer', 'sanctions/verify-correction', { finding: await find('leaked', 'find-3') });

  const credentialFor = (agency: string) => post('operator', 'agencies/register-credential', { agency, secret: webhookSecretOf(plant('credential.secret')) });
  for (const agency of ['made-district-court', 'made-district-court', 'made-provider', 'made-discipline']) await credentialFor(agency);
  await post('operator', 'agencies/revoke-credential', { agency: 'made-discipline' });

  const delegated = { to: ACTORS.leader.person, commands: ['sanctions/find-breach'], from: '2026-03-10', until: '2026-12-31' };
  const delegation = (await post('officer', 'agencies/delegate', delegated)).body.correlationId;
  await post('leader', 'agencies/delegate', { ...delegated, to: ACTORS.officer.person, commands: ['all'] });
  await post('clerk', 'deliveries/register-endpoint', endpointOf('made-district-court', plant), 'endpoint-1');
  await post('clerk', 'deliveries/rotate-endpoint-secret', { agency: 'made-district-court', secret: webhookSecretOf(plant('endpoint.next')) });
  await post('healthClerk', 'deliveries/register-endpoint', endpointOf('made-health', plant), 'endpoint-2');
  await post('healthClerk', 'deliveries/disable-endpoint', { agency: 'made-health' });
  const proficiency = await playProficiency(post, INSTITUTION, plant);
  await playCancellations({ post }, proficiency, plant);

  return {
    person: persons[1] ?? '',
    case: CASE,
    concludedCase: CONCLUDED_CASE,
    freshRow,
    freshContent,
    reportedReport,
    forwardedReport,
    routedReport,
    directReport,
    directRow,
    insiderReport,
    withdrawableRow,
    openAct: { report: directReport, act: 'inform-superior', recipient: 'made-health' },
    protectedRow: withdrawnRow,
    protection,
    directContent,
    finding,
    notice,
    earlierNotice: routedDirect.body.events[0].id,
    delegation,
    circular,
    routing: routed.body.correlationId,
    proficiency,
  };
}
