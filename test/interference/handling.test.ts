import { describe, expect, test } from 'vitest';
import {
  InsiderDealtWith,
  InterferenceReported,
  OutcomeRecorded,
  ReportClosed,
  ReporterDisclosed,
  ReportForwarded,
  ReportReclassified,
  ReportRouted,
  ReportWithdrawn,
} from '../../events/interference.ts';
import { HANDLING, PROTECTION, REPORTING, ROUTING, STANDING } from '../../functions/interference/articles.ts';
import dealWithInsider from '../../functions/interference/commands/deal-with-insider.ts';
import discloseReport from '../../functions/interference/commands/disclose-report.ts';
import discloseReporter from '../../functions/interference/commands/disclose-reporter.ts';
import forwardReport from '../../functions/interference/commands/forward-report.ts';
import reclassifyReport from '../../functions/interference/commands/reclassify-report.ts';
import recordOutcome from '../../functions/interference/commands/record-outcome.ts';
import routeReport from '../../functions/interference/commands/route-report.ts';
import withdrawReport from '../../functions/interference/commands/withdraw-report.ts';
import { asksForOutcome, toTell } from '../../functions/interference/outcomes.ts';
import { MOST_ACTS, type ReportState, report } from '../../functions/interference/report.ts';
import type { OpenedEvent } from '../../functions/kernel/command.ts';
import type { Actor, AgencyKind, Role } from '../../functions/kernel/identity.ts';
import { fact, given, streamOf, TODAY } from '../support/given.ts';

const ID = 'a'.repeat(32);
const REPORTER = 'b'.repeat(32);
const ROW = 'c'.repeat(32);
const named = { report: ID, case: '案1', institution: 'made-institution', bureau: 'made-bureau' };
const commissioner = { kind: 'organ', agency: 'made-court' } as const;

const actor = (agency: string, kind: AgencyKind, role: Role, person = REPORTER): Actor => ({ agency, kind, division: '360800', person, roles: [role] });
const head = actor('made-institution', 'institution', 'head');
const appraiser = actor('made-institution', 'institution', 'appraiser');
const officer = actor('made-bureau', 'justice-bureau', 'officer');
const superiorOfficer = actor('made-province', 'justice-bureau', 'officer');

const contentOf = (...boxes: string[]) => ({
  answer: 'interference',
  interferers: boxes.map((box) => ({ box })),
  contents: [{ box: 'opinion' }],
  articleThree: ['coerce'],
  account: '虚构',
  evidence: [],
});
const opened = (content: object): OpenedEvent[] => [
  {
    id: 'e1',
    name: 'InterferenceReported',
    occurredOn: TODAY,
    restricted: { reporter: REPORTER, row: ROW, content, insider: 'none', seriousConsequences: false, lead: false, standing: STANDING.toInstitution } as never,
  },
];

const reported = (to: 'institution' | 'bureau') =>
  InterferenceReported.of({ ...named, commissioner, to, reportedOn: TODAY, basis: to === 'institution' ? REPORTING.toInstitution : REPORTING.toBureau });
const forwarded = ReportForwarded.of({ ...named, commissioner, forwardedOn: TODAY, basis: REPORTING.forward });
const organ = (id: string, kind: string, superior: string | null, discipline: string | null = null) => fact({ id, kind, superior, discipline });
const organs = {
  bureau: organ('made-bureau', 'justice-bureau', 'made-province', 'made-discipline'),
  commissioner: organ('made-court', 'court', 'made-high-court'),
};
const routedTo = (...acts: (readonly [act: string, recipient: string])[]) =>
  ReportRouted.of({ ...named, acts: acts.map(([act, recipient]) => ({ act, recipient, basis: ROUTING.all })) as never, routedOn: TODAY });
const inState = (...events: Parameters<typeof given>[1][]) => given(report, ...events);

describe('第六条: the institution forwards outsiders and deals with insiders by its charter', () => {
  test.each([
    [['party-or-agent'], 'forward'],
    [['insider', 'party-or-agent'], 'forward'],
    [['insider'], 'refused'],
  ] as const)('%j: %s', (boxes, outcome) => {
    const decided = inState(reported('institution')).when(forwardReport, { report: ID }, { actor: head, opened: opened(contentOf(...boxes)) });
    if (outcome === 'forward') decided.thenEvents(forwarded);
    else decided.thenRefused({ code: 'insider_by_charter', basis: STANDING.byCharter });
  });

  test.each([
    [['insider'], false, 'nothing', 'dealt-with'],
    [['insider', 'party-or-agent'], false, 'forward', 'at-institution'],
    [['insider', 'party-or-agent'], true, 'nothing', 'at-bureau'],
  ] as const)('%j, forwarded before: %s → %s remains, %s', (boxes, before, remains, status) => {
    inState(reported('institution'), ...(before ? [forwarded] : []))
      .when(dealWithInsider, { report: ID, outcome: '虚构处理', byPartyOrganization: false }, { actor: head, opened: opened(contentOf(...boxes)) })
      .thenEvents(InsiderDealtWith.of({ ...named, remains, dealtOn: TODAY, basis: HANDLING.byCharter }))
      .thenState(expect.objectContaining({ status, insiderDealtWith: true }));
  });

  test('第七条第二款: what is open says the same whether the party organization dealt with somebody or not', () => {
    const openWhere = (byPartyOrganization: boolean) => {
      const deal = { report: ID, outcome: '虚构处理', byPartyOrganization };
      const { decision } = inState(reported('institution')).when(dealWithInsider, deal, { actor: head, opened: opened(contentOf('insider')) });
      return (decision as readonly { data: unknown }[]).map(({ data }) => data);
    };
    expect(openWhere(true)).toEqual(openWhere(false));
    expect(openWhere(true)).toMatchObject([{ basis: { article: '第六条、第七条第二款' } }]);
  });

  test('an outsider alone is not dealt with by the charter, an insider not twice, a withdrawn report not at all', () => {
    const deal = { report: ID, outcome: '虚构处理', byPartyOrganization: false };
    const by = { actor: head, opened: opened(contentOf('insider')) };
    inState(reported('institution'))
      .when(dealWithInsider, deal, { ...by, opened: opened(contentOf('other')) })
      .thenRefused({ code: 'no_insider', basis: STANDING.byCharter });
    const dealt = InsiderDealtWith.of({ ...named, remains: 'nothing', dealtOn: TODAY, basis: HANDLING.byCharter });
    inState(reported('institution'), dealt).when(dealWithInsider, deal, by).thenRefused({ code: 'already_dealt_with' });
    const withdrawn = ReportWithdrawn.of({ ...named, to: 'institution', withdrawnOn: TODAY, basis: HANDLING.withdrawn });
    inState(reported('institution'), withdrawn).when(dealWithInsider, deal, by).thenRefused({ code: 'report_withdrawn' });
    inState(reported('institution'), withdrawn).when(forwardReport, { report: ID }, by).thenRefused({ code: 'report_withdrawn' });
  });

  test('第五条第二款: a direct report is to the institution as if it were not there', () => {
    for (const [command, input] of [
      [forwardReport, { report: ID }],
      [dealWithInsider, { report: ID, outcome: '虚构处理', byPartyOrganization: false }],
      [discloseReport, { report: ID, purpose: '虚构' }],
    ] as const) {
      const known = inState(reported('bureau')).when(command, input, { actor: head, opened: opened(contentOf('insider')) }).decision;
      const unknown = given(report).when(command, input, { actor: head }).decision;
      expect(known).toEqual(unknown);
      expect(known).toMatchObject({ refused: 'not-found' });
    }
  });
});

describe('X12, 第五条: who reported may withdraw until something rests on it', () => {
  const input = { case: '案1', row: ROW, to: 'institution', reason: '虚构' };
  const circumstances = { actor: appraiser, facts: { case: fact({ case: '案1', institution: 'made-institution' }) } };
  const dealt = (remains: 'forward' | 'nothing') => InsiderDealtWith.of({ ...named, remains, dealtOn: TODAY, basis: HANDLING.byCharter });

  test('a report to the institution, and one straight to the bureau', () => {
    inState(reported('institution'))
      .when(withdrawReport, input, circumstances)
      .thenEvents(ReportWithdrawn.of({ ...named, to: 'institution', withdrawnOn: TODAY, basis: HANDLING.withdrawn }));
    inState(reported('bureau'))
      .when(withdrawReport, { ...input, to: 'bureau' }, circumstances)
      .thenEvents(ReportWithdrawn.of({ ...named, to: 'bureau', withdrawnOn: TODAY, basis: HANDLING.withdrawn }));
  });

  test.each([
    ['forwarded', [reported('institution'), forwarded]],
    ['an insider dealt with', [reported('institution'), dealt('nothing')]],
    ['an insider dealt with, the rest still to be forwarded', [reported('institution'), dealt('forward')]],
    ['routed', [reported('bureau'), routedTo(['investigate', 'made-bureau'])]],
  ] as const)('%s: refused', (_, events) => {
    given(report, ...events)
      .when(withdrawReport, input, circumstances)
      .thenRefused({ code: 'something_rests_on_it', basis: HANDLING.withdrawn });
  });

  test('not twice; not what is not there, also under another case; and it is not routed afterwards', () => {
    const withdrawn = ReportWithdrawn.of({ ...named, to: 'bureau', withdrawnOn: TODAY, basis: HANDLING.withdrawn });
    inState(reported('bureau'), withdrawn).when(withdrawReport, input, circumstances).thenRefused({ code: 'report_withdrawn' });
    given(report).when(withdrawReport, input, circumstances).thenRefused({ refused: 'not-found', pointer: '/row' });
    inState(reported('bureau'))
      .when(withdrawReport, { ...input, case: '案2' }, circumstances)
      .thenRefused({ refused: 'not-found' });
    inState(reported('bureau'), withdrawn)
      .when(routeReport, { report: ID, established: [{ situation: 'individual', separable: true }] }, { actor: officer, more: organs })
      .thenRefused({ code: 'report_withdrawn' });
  });
});

describe('第八条: what comes of a report', () => {
  const established = [{ situation: 'individual', separable: true }];

  test('第（五）项: who is only told owes no outcome, so that the report is closed as it is routed, and the institution that forwarded it is told', () => {
    const { decision } = inState(reported('institution'), forwarded).when(routeReport, { report: ID, established }, { actor: officer, more: organs });
    expect(decision).toMatchObject([
      { name: 'ReportRouted', data: { acts: [{ act: 'tell-commissioner', recipient: 'made-court' }] } },
      { name: 'ReportClosed', data: { toTell: ['made-institution'] } },
    ]);
  });

  test('a direct report is closed without a word to the institution', () => {
    const { decision } = inState(reported('bureau')).when(routeReport, { report: ID, established }, { actor: officer, more: organs });
    expect(decision).toMatchObject([{ name: 'ReportRouted' }, { name: 'ReportClosed', data: { toTell: [] } }]);
  });

  test('the last outcome closes it, one before the last does not', () => {
    const routed = routedTo(['investigate', 'made-bureau'], ['inform-superior', 'made-health'], ['tell-commissioner', 'made-court']);
    const record = (act: string, recipient: string) => ({ report: ID, act, recipient, outcome: 'substantiated', account: '虚构' });
    const outcome = (act: 'investigate' | 'inform-superior', recipient: string) =>
      OutcomeRecorded.of({ ...named, act, recipient, outcome: 'substantiated', recordedOn: TODAY, basis: HANDLING.outcome });
    const by = { actor: officer, more: { commissioner: organs.commissioner } };
    const first = outcome('investigate', 'made-bureau');
    inState(reported('institution'), forwarded, routed).when(recordOutcome, record('investigate', 'made-bureau'), by).thenEvents(first);
    inState(reported('institution'), forwarded, routed, first)
      .when(recordOutcome, record('inform-superior', 'made-health'), by)
      .thenEvents(
        outcome('inform-superior', 'made-health'),
        ReportClosed.of({ ...named, toTell: ['made-institution', 'made-court'], closedOn: TODAY, basis: HANDLING.closed }),
      )
      .thenState(expect.objectContaining({ status: 'closed' }));
    inState(reported('institution'), forwarded, routed, first)
      .when(recordOutcome, record('investigate', 'made-bureau'), by)
      .thenRefused({ code: 'outcome_recorded' });
    inState(reported('bureau'), routed)
      .when(recordOutcome, record('tell-commissioner', 'made-court'), by)
      .thenRefused({ code: 'no_outcome_asked', basis: HANDLING.outcome });
    inState(reported('bureau'), routed)
      .when(recordOutcome, record('investigate', 'made-health'), by)
      .thenRefused({ refused: 'not-found', pointer: '/recipient' });
  });

  test('第（三）项: of what concerns itself the commissioning organ hears no end either', () => {
    const acts = (...list: (readonly [string, string])[]) =>
      list.map(([act, recipient]) => ({ act, recipient, article: '第八条', outcome: 'educated' })) as ReportState['acts'];
    const of = { institution: 'made-institution', institutionKnows: false };
    const court = { id: 'made-court', superior: 'made-high-court' };
    expect(toTell(of, acts(['inform-superior', 'made-high-court'], ['tell-commissioner', 'made-court']), court)).toEqual([]);
    expect(toTell(of, acts(['inform-superior', 'made-health'], ['tell-commissioner', 'made-court']), court)).toEqual(['made-court']);
    expect(toTell(of, acts(['inform-superior', 'made-health']), court)).toEqual([]);
    expect(toTell({ ...of, institutionKnows: true }, acts(['handle', 'made-bureau']), undefined)).toEqual(['made-institution']);
  });

  test('who is told and who handles', () => {
    const asked = (
      ['investigate', 'handle', 'inform-superior', 'tell-commissioner', 'return-to-institution', 'inform-discipline', 'identify', 'party-discipline'] as const
    ).filter((act) => asksForOutcome({ act }));
    expect(asked).toEqual(['investigate', 'handle', 'inform-superior', 'return-to-institution', 'identify', 'party-discipline']);
  });
});

describe('第八条, I-8: later facts reclassify from that day on, and what was done stays', () => {
  const told = { act: 'tell-commissioner', recipient: 'made-court', basis: ROUTING.individual } as const;
  const before = [
    reported('institution'),
    forwarded,
    ReportRouted.of({ ...named, acts: [{ act: 'identify', recipient: 'made-bureau', basis: ROUTING.unknown }, told], routedOn: TODAY }),
  ];
  const by = { actor: officer, more: { ...organs, organ0: organ('made-hospital', 'organ', 'made-health') } };
  const ofHospital = { report: ID, established: [{ situation: 'other-organ-staff', organ: 'made-hospital', separable: true }], reason: '虚构' };

  test('only what is new is added', () => {
    const { decision, stream } = given(report, ...before).when(reclassifyReport, ofHospital, by);
    expect(decision).toMatchObject([
      {
        name: 'ReportReclassified',
        data: {
          acts: [
            { act: 'inform-superior', recipient: 'made-health' },
            { act: 'tell-commissioner', recipient: 'made-court', basis: { article: '第八条第（四）项、第八条第二款' } },
          ],
        },
      },
    ]);
    expect(stream.state()).toMatchObject({
      status: 'routed',
      acts: [
        { act: 'identify' },
        { act: 'tell-commissioner' },
        { act: 'inform-superior', recipient: 'made-health', outcome: null },
        { act: 'tell-commissioner', article: '第八条第（四）项、第八条第二款' },
      ],
    });
  });

  test('what adds nothing is on record all the same, and opens nothing again', () => {
    const closed = ReportClosed.of({ ...named, toTell: [], closedOn: TODAY, basis: HANDLING.closed });
    given(report, ...before, closed)
      .when(reclassifyReport, { report: ID, established: [{ situation: 'individual', separable: true }], reason: '虚构' }, { ...by, more: organs })
      .thenEvents(ReportReclassified.of({ ...named, acts: [], reclassifiedOn: TODAY, basis: ROUTING.reclassified }))
      .thenState(expect.objectContaining({ status: 'closed' }));
  });

  test('a closed report is opened again by a new act', () => {
    const closed = ReportClosed.of({ ...named, toTell: [], closedOn: TODAY, basis: HANDLING.closed });
    given(report, ...before, closed)
      .when(reclassifyReport, ofHospital, by)
      .thenState(expect.objectContaining({ status: 'routed' }));
  });

  test('not before it was routed, and not without end', () => {
    inState(reported('bureau')).when(reclassifyReport, ofHospital, by).thenRefused({ code: 'not_routed' });
    const many = routedTo(...Array.from({ length: 20 }, (_, at) => ['handle', `made-${at}`] as const));
    const more = (from: number) =>
      ReportReclassified.of({
        ...named,
        acts: Array.from({ length: 20 }, (_, at) => ({ act: 'handle' as const, recipient: `made-${from + at}`, basis: ROUTING.all })),
        reclassifiedOn: TODAY,
        basis: ROUTING.reclassified,
      });
    given(report, reported('bureau'), many, more(20), more(40)).when(reclassifyReport, ofHospital, by).thenRefused({ code: 'too_many_acts' });
    expect(MOST_ACTS).toBe(60);
  });
});

describe('第八条第（二）项, reading: the head of the receiving bureau interferes', () => {
  const route = { report: ID, established: [{ situation: 'bureau-head', separable: true }] };
  const routed = () => {
    const made = inState(reported('institution'), forwarded).when(routeReport, route, { actor: officer, more: organs });
    expect(made.decision).toMatchObject([{ name: 'ReportRouted', data: { handedTo: 'made-province' } }]);
    return made.stream;
  };

  test('its superior goes on with it, and its own bureau opens it no more', () => {
    const disclose = { report: ID, purpose: '虚构' };
    expect(routed().decide(discloseReport, disclose, { actor: superiorOfficer })).toMatchObject([{ name: 'ReportDisclosed' }]);
    expect(routed().decide(discloseReport, disclose, { actor: officer })).toMatchObject({ refused: 'not-found' });
    expect(
      routed()
        .rows()
        .filter(({ listing }) => listing === 'interference/reports')
        .map(({ partition }) => partition),
    ).toEqual(['made-institution', 'made-province']);
  });
});

describe('第九条、第十条: content and identity are opened apart', () => {
  test('the identity only for a purpose, and the reporter finds who looked', () => {
    inState(reported('bureau'))
      .when(discloseReporter, { report: ID, purpose: 'protect', reason: '虚构' }, { actor: officer })
      .thenEvents(
        ReporterDisclosed.of({ report: ID, toAgency: 'made-bureau', toRole: 'officer', purpose: 'protect', disclosedOn: TODAY, basis: PROTECTION.identity }),
      )
      .thenState(
        expect.objectContaining({
          opened: { total: 1, latest: [{ what: 'identity', on: TODAY, toAgency: 'made-bureau', toRole: 'officer', purpose: 'protect' }] },
        }),
      );
    inState(reported('institution'))
      .when(discloseReporter, { report: ID, purpose: 'protect', reason: '虚构' }, { actor: head })
      .thenRefused({ refused: 'forbidden' });
    inState(reported('institution'))
      .when(discloseReporter, { report: ID, purpose: 'protect', reason: '虚构' }, { actor: officer })
      .thenRefused({ refused: 'not-found' });
  });

  test('the content never tells who reported, nor the row that would; an institution reads no more than what it received and did', () => {
    const routed: OpenedEvent = { id: 'e2', name: 'ReportRouted', occurredOn: TODAY, restricted: { established: [{ situation: 'individual' }] } };
    const answer = (by: Actor) =>
      JSON.stringify(
        discloseReport.discloses?.answer([...opened(contentOf('other')), routed], {
          input: { report: ID, purpose: '虚构' },
          state: null,
          facts: {},
          more: {},
          actor: by,
        }),
      );
    for (const by of [officer, head]) {
      expect(answer(by)).toContain('虚构');
      expect(answer(by)).not.toContain(REPORTER);
      expect(answer(by)).not.toContain(ROW);
    }
    expect(answer(officer)).toContain('individual');
    expect(answer(head)).not.toContain('individual');
  });

  test('a report keeps the latest openings and counts all', () => {
    const stream = streamOf(report);
    stream.write(reported('bureau'));
    for (let at = 0; at < 60; at += 1) stream.decide(discloseReporter, { report: ID, purpose: 'inspect', reason: '虚构' }, { actor: officer });
    const { opened: kept } = stream.state() as ReportState;
    expect(kept.total).toBe(60);
    expect(kept.latest).toHaveLength(50);
  });
});
