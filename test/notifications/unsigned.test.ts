import { describe, expect, test } from 'vitest';
import { DeadlinePassed, deadlineKind } from '../../events/deadlines.ts';
import { cite } from '../../events/documents.ts';
import { NoticeEscalated, NoticeReminded, NoticeReplied, NoticeSent, NoticeSignedFor } from '../../events/notifications.ts';
import { isLine, noticesOf } from '../../functions/notifications/line.ts';
import { notice } from '../../functions/notifications/notice.ts';
import inbox from '../../functions/notifications/queries/inbox.ts';
import sentBox from '../../functions/notifications/queries/sent.ts';
import escalateOn from '../../functions/notifications/reactions/escalate-notice.ts';
import remindOn from '../../functions/notifications/reactions/remind-of-notice.ts';
import { routingTable } from '../../functions/notifications/routing-table.ts';
import { fact, given, streamOf } from '../support/given.ts';
import { heard, id } from '../support/heard.ts';
import { viewsOf } from '../support/views.ts';

const ABOUT = id('e');
const COURT = 'made-court';
const BUREAU = 'made-justice';
const basis = cite('interference-provisions', '第八条', '口径');
const sentOf = (about: string) =>
  NoticeSent.of({
    about,
    event: 'ReportRouted',
    recipient: COURT,
    sender: BUREAU,
    purpose: '告知',
    withheld: ['报告人身份', '具体情况'],
    particulars: { 案件编号: '虚构7号' },
    mustSign: true,
    sentOn: '2026-09-30',
    basis: cite('interference-provisions', '第八条第（三）项'),
  });
const sent = sentOf(ABOUT);
const named = { about: ABOUT, recipient: COURT };
const signed = NoticeSignedFor.of({ ...named, mustSign: true, signedOn: '2026-10-14' });
const reminded = NoticeReminded.of({ ...named, remindedOn: '2026-10-10', basis });
const escalatedTo = (superior: string | null) =>
  NoticeEscalated.of({ ...named, sender: BUREAU, superior, sentOn: '2026-09-30', escalatedOn: '2026-10-14', basis });
const replied = NoticeReplied.of({ ...named, event: 'ReportRouted', sender: BUREAU, repliedOn: '2026-10-15', basis }, { text: '虚构答复' });

const passed = (kind: (typeof deadlineKind.options)[number], occurredOn = '2026-10-14') =>
  heard(
    DeadlinePassed,
    { source: `notifications/notice/${ABOUT}/${COURT}`, kind, holder: COURT, legalDue: '2026-10-13', beyondCalendar: false, nature: 'alert', basis },
    { occurredOn },
  );
const agency = (superior: string | null) => ({
  facts: { recipient: fact({ id: COURT, name: '虚构法院', kind: 'court', level: 'county', division: '360802', superior, discipline: null }) },
});
const nowhere = { facts: { recipient: fact(undefined, 0) } };

describe('第八条 (reading): a notice that is not signed for, when its days have passed over 国庆 2026', () => {
  test('each reaction answers its own deadline and no other', () => {
    for (const kind of deadlineKind.options) {
      expect(remindOn.targets(passed(kind))).toEqual(kind === 'remind-of-notice' ? [{ ...named, basis }] : []);
      expect(escalateOn.targets(passed(kind))).toEqual(kind === 'escalate-notice' ? [{ ...named, basis }] : []);
    }
  });

  test('given a notice, when the reminder’s day has passed, then it is reminded of, once', () => {
    given(notice, sent)
      .when(remindOn.command, { ...named, basis }, { occurredOn: '2026-10-10' })
      .thenEvents(reminded);
    given(notice, sent, reminded)
      .when(remindOn.command, { ...named, basis }, { occurredOn: '2026-10-11' })
      .thenNothing();
  });

  test('given a superior in the directory, when the days have passed, then it is escalated to it, once', () => {
    given(notice, sent)
      .when(escalateOn.command, { ...named, basis }, { occurredOn: '2026-10-14', ...agency('made-high-court') })
      .thenEvents(escalatedTo('made-high-court'));
    given(notice, sent, escalatedTo('made-high-court'))
      .when(escalateOn.command, { ...named, basis }, { occurredOn: '2026-10-15', ...agency('made-high-court') })
      .thenNothing();
  });

  test.each([
    ['one that has no superior', agency(null)],
    ['an institution, which stands in no directory', nowhere],
  ])('given %s, then nobody stands above it', (_, facts) => {
    given(notice, sent)
      .when(escalateOn.command, { ...named, basis }, { occurredOn: '2026-10-14', ...facts })
      .thenEvents(escalatedTo(null));
  });

  test.each([remindOn, escalateOn])('given no notice, then nothing: $name', ({ command }) => {
    given(notice)
      .when(command, { ...named, basis }, nowhere)
      .thenNothing();
  });

  test('what the event says of an escalation is nothing of what the notice was about', () => {
    const { data } = escalatedTo('made-high-court');
    for (const hidden of ['ReportRouted', '告知', '虚构7号', '第（三）项']) expect(JSON.stringify(data)).not.toContain(hidden);
  });

  test('X4: the two notices that follow find no breach, are of the day it was so, and begin no deadline', () => {
    const event = heard(NoticeEscalated, escalatedTo('made-high-court').data as never);
    const told = noticesOf(routingTable, event);
    expect(told).toHaveLength(2);
    for (const each of told) expect(each).toMatchObject({ mustSign: false, particulars: { 未签收截至: '2026-10-14' }, basis: { reading: '口径' } });
    expect(routingTable.filter((row) => row.event === NoticeReminded && isLine(row))).toEqual([]);
  });

  test('signed for on the same day, heard in whatever order, then the notice ends the same: signed, with what had been said', () => {
    type Step = 'sign' | 'remind' | 'escalate';
    const orders: readonly (readonly Step[])[] = [
      ['remind', 'escalate', 'sign'],
      ['remind', 'sign', 'escalate'],
      ['escalate', 'remind', 'sign', 'remind'],
      ['escalate', 'sign', 'remind', 'escalate'],
      ['sign', 'escalate', 'remind'],
      ['sign', 'remind', 'escalate', 'escalate'],
    ];
    const ends = orders.map((steps) => {
      const stream = streamOf(notice, [ABOUT, COURT]);
      stream.write(sent);
      for (const step of steps) {
        if (step === 'sign') stream.write(signed);
        else if (step === 'remind') stream.decide(remindOn.command, { ...named, basis }, { occurredOn: '2026-10-10' });
        else stream.decide(escalateOn.command, { ...named, basis }, { occurredOn: '2026-10-14', ...agency('made-high-court') });
      }
      return {
        state: stream.state(),
        rows: stream.rows(),
        events: stream
          .events()
          .map((each) => JSON.stringify(each))
          .toSorted(),
        counters: stream.counters(),
      };
    });
    for (const end of ends) expect(end).toEqual(ends[0]);
    expect(ends[0]?.events).toHaveLength(4);
    expect(ends[0]?.state).toMatchObject({ signedOn: '2026-10-14', remindedOn: '2026-10-10', escalatedOn: '2026-10-14' });
  });
});

describe('where a notice stands', () => {
  test.each([
    ['未签收', 'unsigned', []],
    ['已催办', 'reminded', [reminded]],
    ['已上报', 'escalated', [reminded, escalatedTo(null)]],
    ['已签收', 'signed', [reminded, escalatedTo(null), signed]],
    ['已答复', 'replied', [reminded, signed, replied]],
  ])('%s', (statusText, status, events) => {
    const stream = streamOf(notice, [ABOUT, COURT]);
    for (const event of [sent, ...events]) stream.write(event);
    for (const { item } of stream.rows()) expect(item).toMatchObject({ status, statusText });
    expect(stream.rows().length).toBe(stream.rows().some(({ listing }) => listing === 'notifications/inbox-open') ? 4 : 2);
  });

  const context = (agencyId: string, rows: Parameters<typeof viewsOf>[0]) => ({
    actor: { agency: agencyId, kind: 'court' as const, division: '360802', person: id('9'), roles: ['clerk' as const] },
    now: '',
    today: '2026-10-14',
    pseudonym: () => '',
    views: viewsOf(rows),
  });
  const rowsOf = (about: string, ...events: Parameters<typeof given>[1][]) => {
    const stream = streamOf(notice, [about, COURT]);
    for (const event of [sentOf(about), ...events]) stream.write(event);
    return stream.rows();
  };
  const rows = [
    ...rowsOf(id('1'), NoticeReminded.of({ about: id('1'), recipient: COURT, remindedOn: '2026-10-10', basis })),
    ...rowsOf(id('2')),
    ...rowsOf(id('3')),
  ];

  test('in the inbox, what was reminded of stands before all that came later, with the day', async () => {
    const answer = await inbox.read(inbox.parameters.parse({}), context(COURT, rows));
    expect(answer).toMatchObject({ items: [{ about: id('1'), remindedOn: '2026-10-10' }, { about: id('3') }, { about: id('2') }] });
    const all = await inbox.read(inbox.parameters.parse({ show: 'all' }), context(COURT, rows));
    expect(all).toMatchObject({ items: [{ about: id('3') }, { about: id('2') }, { about: id('1') }] });
  });

  test('in the outbox, the sender sees what is outstanding, and all with what became of it; nobody else does', async () => {
    const more = [...rows, ...rowsOf(id('4'), NoticeSignedFor.of({ about: id('4'), recipient: COURT, mustSign: true, signedOn: '2026-10-08' }))];
    const read = (who: string, show: 'open' | 'all') => sentBox.read(sentBox.parameters.parse({ show }), context(who, more));
    expect(await read(BUREAU, 'open')).toMatchObject({
      items: [{ about: id('3'), recipient: COURT }, { about: id('2') }, { about: id('1'), status: 'reminded' }],
    });
    expect(await read(BUREAU, 'all')).toMatchObject({ items: [{ about: id('4'), status: 'signed', signedOn: '2026-10-08' }, {}, {}, {}] });
    expect(await read(COURT, 'all')).toEqual({ items: [], next: null });
  });
});
