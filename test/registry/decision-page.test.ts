import { describe, expect, test } from 'vitest';
import type { NewEvent } from '../../events/event.ts';
import {
  CancellationApplied,
  CancellationDecided,
  CancellationNoticed,
  CancellationNumbered,
  CancellationWithdrawn,
  HearingHeld,
  HearingRequested,
} from '../../events/registry.ts';
import { DecisionNumbered } from '../../events/sanctions.ts';
import { cancellation } from '../../functions/registry/cancellation.ts';
import keepNumber from '../../functions/registry/commands/keep-number.ts';
import { decisionDocument } from '../../functions/registry/decision-page.ts';
import keepOn from '../../functions/registry/reactions/keep-number.ts';
import { streamOf } from '../support/given.ts';
import { heard, id } from '../support/heard.ts';
import { BUREAU, basis, DAY, ID, INSTITUTION, ITEM, of, REGISTRAR } from './made.ts';

const NUMBER = { of: id('1'), number: '虚构省厅鉴注〔2026〕1号', issuedBy: '虚构省厅', issuedTo: '虚构鉴定所' };
const decided = (outcome: 'cancel' | 'keep') => CancellationDecided.of({ ...of, outcome, decidedOn: '2026-03-20', basis });
const kept = (change: Partial<typeof NUMBER> = {}) => CancellationNumbered.of({ cancellation: ID, ...NUMBER, ...change, basis });
const played = (...events: readonly NewEvent[]) => {
  const stream = streamOf(cancellation);
  stream.write(CancellationApplied.of({ ...of, appliedOn: DAY, basis }));
  stream.write(CancellationNoticed.of({ ...of, hearingUntil: '2026-03-17', beyondCalendar: false, noticedOn: DAY, basis }));
  for (const event of events) stream.write(event);
  return stream;
};
const documents = (stream: ReturnType<typeof streamOf>) => stream.rows().filter(({ listing }) => listing === 'registry/decision');
const pageOf = (...events: readonly NewEvent[]) => decisionDocument(documents(played(...events))[0]?.item as never);

describe('R-3, X12: the decision on striking off as a document', () => {
  test('given it is decided and numbered, then registrar, bureau and institution read it with its number', () => {
    const rows = documents(played(decided('cancel'), kept()));
    expect(rows.map(({ partition, sort, item }) => [partition, sort, item.number])).toEqual(
      [BUREAU, REGISTRAR, INSTITUTION].map((agency) => [agency, ID, NUMBER.number]),
    );
  });

  test('given it is not decided, then there is none', () => {
    expect(documents(played())).toEqual([]);
  });

  test.each([
    ['cancel', '注销鉴定业务决定书', '自决定之日起注销上列鉴定项目，你机构的其他鉴定业务不受影响。'],
    ['keep', '不予注销鉴定业务决定书', '对上列鉴定项目不予注销。'],
  ] as const)('given it is decided to %s, then it says so, with the item, the notice, the basis and its day', (outcome, title, words) => {
    const page = pageOf(decided(outcome), kept());
    for (const told of [
      `<title>${title} ${NUMBER.number}</title>`,
      `<h1>虚构省厅<br>${title}</h1>`,
      '<p class="to">虚构鉴定所：</p>',
      '鉴定项目：法医临床鉴定（人体损伤程度鉴定）。',
      '办理经过：2026年3月10日作出注销预先告知；你机构在期限内没有申请陈述、申辩。',
      '《吉安市关于深化司法鉴定管理体制改革的工作方案（征求意见稿）》第12项',
      `决定事项：${words}`,
      '虚构省厅\n2026年3月20日</p>',
    ])
      expect(page).toContain(told);
    expect(page).not.toMatch(/撤销：|编制中|行政处罚/);
  });

  test('given the institution was heard, then it says when, and nothing of what was said', () => {
    const page = pageOf(
      HearingRequested.of({ ...of, requestedOn: '2026-03-12', basis }, { statement: '虚构陈述' }),
      HearingHeld.of({ ...of, heldOn: '2026-03-16', basis }, { account: '虚构记录' }),
      decided('keep'),
    );
    expect(page).toContain('2026年3月16日听取了陈述、申辩。');
    expect(page).toContain('（文号编制中）');
    expect(page).not.toMatch(/虚构陈述|虚构记录/);
  });

  test('X7: given it was withdrawn, then it says so before all else', () => {
    const page = pageOf(decided('cancel'), kept(), CancellationWithdrawn.of({ ...of, restores: true, withdrawnOn: '2026-04-01', basis }));
    expect(page).toContain('<p class="to">虚构鉴定所：</p>\n<p>（本决定已于2026年4月1日撤销：');
  });

  test('whatever a name says is text, and no page has a script', () => {
    const evil = '<script>alert(1)</script>&"';
    expect(pageOf(decided('cancel'), kept({ number: evil, issuedBy: evil, issuedTo: evil }))).not.toMatch(/<script|&"/);
  });

  test('given a number of such a decision, then its procedure keeps it; of an order to rectify, then none does', () => {
    const numbered = (document: Parameters<typeof DecisionNumbered.of>[0]['document']) =>
      heard(DecisionNumbered, {
        ...NUMBER,
        institution: INSTITUTION,
        bureau: REGISTRAR,
        matter: ID,
        item: ITEM,
        document,
        toTell: [BUREAU],
        decidedOn: '2026-03-20',
        series: '虚构省厅鉴注',
        year: 2026,
        ordinal: 1,
        basis,
      });
    const input = { cancellation: ID, ...NUMBER, basis };
    expect(keepOn.targets(numbered({ kind: 'cancellation', outcome: 'cancel' }))).toEqual([input]);
    const dates = { start: DAY, rawDue: DAY, legalDue: DAY, alertDue: DAY, beyondCalendar: false };
    expect(keepOn.targets(numbered({ kind: 'rectification', failedYear: 2025, dates }))).toEqual([]);
    const stream = played(decided('cancel'));
    stream.decide(keepNumber, input);
    expect(stream.events().at(-1)?.name).toBe('CancellationNumbered');
  });
});
