import { describe, expect, test } from 'vitest';
import { CaseOpened } from '../../events/commissions.ts';
import type { NewEvent } from '../../events/event.ts';
import {
  ImportantMatterReported,
  InsiderDealtWith,
  InterferenceReported,
  ProtectionDecided,
  ProtectionSought,
  RecordCompleted,
  RecordRowSigned,
  ReportClosed,
  ReportForwarded,
  ReportReclassified,
  ReportRouted,
  ReportWithdrawn,
  RowsAskedFor,
  routingAct,
} from '../../events/interference.ts';
import { caseFile } from '../../functions/commissions/case.ts';
import { INSPECTION } from '../../functions/interference/articles.ts';
import { protection } from '../../functions/interference/protection.ts';
import { record } from '../../functions/interference/record.ts';
import { report } from '../../functions/interference/report.ts';
import { LIMITS } from '../../functions/kernel/limits.ts';
import { streamOf, TODAY } from '../support/given.ts';
import { id } from '../support/heard.ts';

const INSTITUTION = 'made-institution';
const BUREAU = 'made-bureau';
const MONTH = TODAY.slice(0, 7);
const basis = INSPECTION.circulate;
const about = { report: id('1'), case: '虚构1号', institution: INSTITUTION, bureau: BUREAU };
const reported = (to: 'institution' | 'bureau') => InterferenceReported.of({ ...about, commissioner: { kind: 'person' }, to, reportedOn: TODAY, basis });
const acts = (...names: (typeof routingAct.shape.act.options)[number][]) => names.map((act, at) => ({ act, recipient: `made-${at}`, basis }));
const routed = (...names: Parameters<typeof acts>) => ReportRouted.of({ ...about, acts: acts(...names), routedOn: TODAY });

/** Counters and places after these events, each a commit of its own. */
function whatOf(...events: readonly NewEvent[]) {
  const stream = streamOf(report);
  for (const event of events) stream.write(event);
  const open = stream.rows().filter(({ listing }) => listing.startsWith('interference/open-'));
  return { counters: stream.counters(), open: open.map(({ listing, partition }) => `${listing} of ${partition}`) };
}

const known = (figures: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(figures).map(([figure, by]) => [`interference/known/${MONTH}/${INSTITUTION}/${figure}`, by]));
const atBureau = (figures: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(figures).map(([figure, by]) => [`interference/at-bureau/${MONTH}/${BUREAU}/${INSTITUTION}/${figure}`, by]));

describe('印发通知第二段: what a report counts as', () => {
  test('given one to the institution, then in its own figures, and open there until it is forwarded', () => {
    expect(whatOf(reported('institution'))).toEqual({ counters: known({ reports: 1 }), open: [`interference/open-at-institution of ${INSTITUTION}`] });
    const forwarded = ReportForwarded.of({ ...about, commissioner: { kind: 'person' }, forwardedOn: TODAY, basis });
    expect(whatOf(reported('institution'), forwarded)).toEqual({
      counters: known({ reports: 1, forwarded: 1 }),
      open: [`interference/open-at-bureau of ${BUREAU}`],
    });
  });

  test('given an insider dealt with, then it is open no more only where nothing remains to be forwarded', () => {
    const dealt = (remains: 'forward' | 'nothing') => InsiderDealtWith.of({ ...about, remains, dealtOn: TODAY, basis });
    expect(whatOf(reported('institution'), dealt('nothing'))).toEqual({ counters: known({ reports: 1, insiders: 1 }), open: [] });
    expect(whatOf(reported('institution'), dealt('forward')).open).toEqual([`interference/open-at-institution of ${INSTITUTION}`]);
  });

  test('given one withdrawn, then it counts where it was reported to, and is open nowhere', () => {
    const withdrawn = (to: 'institution' | 'bureau') => ReportWithdrawn.of({ ...about, to, withdrawnOn: TODAY, basis });
    expect(whatOf(reported('institution'), withdrawn('institution'))).toEqual({ counters: known({ reports: 1, withdrawn: 1 }), open: [] });
    expect(whatOf(reported('bureau'), withdrawn('bureau'))).toEqual({ counters: atBureau({ direct: 1, withdrawn: 1 }), open: [] });
  });

  test('given a routed, reclassified, upward and closed one, then each act counts, and it is open at the bureau until it is closed', () => {
    const further = ReportReclassified.of({ ...about, acts: acts('handle'), reclassifiedOn: TODAY, basis });
    const upward = ImportantMatterReported.of({ ...about, superior: 'made-province', reportedOn: TODAY, basis });
    const closed = ReportClosed.of({ ...about, toTell: [], closedOn: TODAY, basis });
    const events = [reported('bureau'), routed('investigate', 'tell-commissioner', 'tell-commissioner'), further, upward];
    expect(whatOf(...events)).toEqual({
      counters: atBureau({ direct: 1, routed: 1, 'act:investigate': 1, 'act:tell-commissioner': 2, reclassified: 1, 'act:handle': 1, upward: 1 }),
      open: [`interference/open-at-bureau of ${BUREAU}`],
    });
    expect(whatOf(...events, closed).open).toEqual([]);
    expect(whatOf(...events, closed).counters).toMatchObject(atBureau({ closed: 1 }));
  });

  test('第五条第二款、第三款: given whatever happens to a direct report, then no counter and no place is the institution’s', () => {
    const closed = ReportClosed.of({ ...about, toTell: [], closedOn: TODAY, basis });
    const withdrawn = ReportWithdrawn.of({ ...about, to: 'bureau', withdrawnOn: TODAY, basis });
    const upward = ImportantMatterReported.of({ ...about, superior: 'made-province', reportedOn: TODAY, basis });
    for (const events of [[], [withdrawn], [routed('investigate'), upward, closed]]) {
      const stream = streamOf(report);
      for (const event of [reported('bureau'), ...events]) stream.write(event);
      expect(Object.keys(stream.counters()).filter((name) => !name.startsWith(`interference/at-bureau/${MONTH}/${BUREAU}/`))).toEqual([]);
      expect(stream.rows().filter(({ partition }) => partition !== BUREAU && partition !== about.report)).toEqual([]);
    }
  });

  test('given one routed by every act there is, then it moves no more counters than a step may', () => {
    const all = routed(...routingAct.shape.act.options);
    const moves =
      report.counters?.ReportRouted?.(all.definition.data.parse(all.data) as never, [], { id: '', version: 1, occurredOn: TODAY, recordedAt: '' }) ?? [];
    expect(new Set(moves.map(({ counter }) => counter)).size).toBe(routingAct.shape.act.options.length + 1);
    expect(moves.length).toBeLessThanOrEqual(LIMITS.counters);
  });
});

describe('第四条: what a case and its record count as', () => {
  const row = (signer: string) => RecordRowSigned.of({ case: '虚构1号', institution: INSTITUTION, row: id('d'), signer: id(signer), signedOn: TODAY });
  const asked = RowsAskedFor.of({ case: '虚构1号', institution: INSTITUTION, bureau: BUREAU, missing: [id('a'), id('b')], concludedOn: TODAY, basis });
  test('given rows signed, asked for and complete, then each counts in its month', () => {
    const stream = streamOf(record);
    for (const event of [row('c'), asked, row('a'), row('b'), RecordCompleted.of({ case: '虚构1号', institution: INSTITUTION, completedOn: TODAY, basis })])
      stream.write(event);
    expect(stream.counters()).toEqual(known({ rows: 3, asked: 2, completed: 1 }));
  });

  test('X11: given a case entered later, then it counts in the month in which it was received', () => {
    const opened = CaseOpened.of({
      case: '虚构1号',
      matter: '虚构',
      institution: INSTITUTION,
      commissioner: { kind: 'person' },
      appraisers: [id('a'), id('b')],
      receivedOn: '2026-02-28',
    });
    const move = (occurredOn: string) =>
      caseFile.counters?.CaseOpened?.(opened.data as never, [], { id: '', version: 1, occurredOn, recordedAt: '2026-03-01T01:00:00.000Z' });
    expect(move('2026-02-28')).toEqual([{ counter: `commissions/by-month/2026-02/${INSTITUTION}/cases`, by: 1 }]);
    expect(move('2026-03-01')).toEqual([{ counter: `commissions/by-month/2026-03/${INSTITUTION}/cases`, by: 1 }]);
  });
});

describe('第九条: what a request for protection counts as', () => {
  const sought = ProtectionSought.of({ matter: id('1'), kind: 'retaliation', institution: INSTITUTION, receiver: BUREAU, soughtOn: TODAY, basis });
  const decided = ProtectionDecided.of({
    matter: id('1'),
    kind: 'retaliation',
    institution: INSTITUTION,
    receiver: BUREAU,
    outcome: 'unsubstantiated',
    transferredTo: null,
    decidedOn: TODAY,
    basis,
  });
  const undecided = (...events: readonly NewEvent[]) => {
    const stream = streamOf(protection);
    for (const event of events) stream.write(event);
    return { counters: stream.counters(), open: stream.rows().filter(({ listing }) => listing === 'interference/open-protections').length };
  };

  test('given one, then it counts with its receiver alone, and is undecided until it is decided', () => {
    expect(undecided(sought)).toEqual({ counters: atBureau({ sought: 1 }), open: 1 });
    expect(undecided(sought, decided)).toEqual({ counters: atBureau({ sought: 1 }), open: 0 });
  });

  test('given a further account before or after the decision, then it counts again, and is one that is undecided', () => {
    expect(undecided(sought, sought)).toEqual({ counters: atBureau({ sought: 2 }), open: 1 });
    expect(undecided(sought, sought, decided).open).toBe(0);
    expect(undecided(sought, decided, sought).open).toBe(1);
  });
});
