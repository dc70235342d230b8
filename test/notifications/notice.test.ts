import { describe, expect, test } from 'vitest';
import { cite } from '../../events/documents.ts';
import { NoticeSent, NoticeSignedFor } from '../../events/notifications.ts';
import type { Actor, AgencyKind, Role } from '../../functions/kernel/identity.ts';
import type { ListingRow } from '../../functions/kernel/ports.ts';
import sendNotice from '../../functions/notifications/commands/send-notice.ts';
import signForNotice from '../../functions/notifications/commands/sign-for-notice.ts';
import { notice } from '../../functions/notifications/notice.ts';
import inbox from '../../functions/notifications/queries/inbox.ts';
import { given, streamOf, TODAY } from '../support/given.ts';
import { id } from '../support/heard.ts';
import { viewsOf } from '../support/views.ts';

const ABOUT = id('e');
const COURT = 'made-court';
const input = {
  about: ABOUT,
  event: 'ReportRouted',
  recipient: COURT,
  sender: 'made-justice',
  purpose: '告知',
  withheld: ['报告人身份', '具体情况'],
  particulars: { 处理日期: '2026-03-10' },
  mustSign: true,
  basis: cite('interference-provisions', '第八条第（五）项'),
};
const sent = NoticeSent.of({ ...input, sentOn: TODAY });
const signed = NoticeSignedFor.of({ about: ABOUT, recipient: COURT, mustSign: true, signedOn: TODAY });
const actor = (kind: AgencyKind, role: Role, agency = COURT): Actor => ({ agency, kind, division: '310000', person: id('9'), roles: [role] });
const clerk = actor('court', 'clerk');

describe('sending a notice', () => {
  test('given nothing, when a notice is sent, then it lies there from today', () => {
    given(notice).when(sendNotice, input).thenEvents(sent);
  });

  test('given that it was sent, when it comes again, then nothing follows', () => {
    given(notice, sent)
      .when(sendNotice, { ...input, purpose: '另一件事' })
      .thenNothing();
  });

  test('the stream is named by event and recipient', () => {
    const context = { actor: clerk, pseudonym: () => '', callId: '', province: '310000' };
    expect(sendNotice.key(sendNotice.input.parse(input), context)).toEqual([ABOUT, COURT]);
    expect(signForNotice.key({ about: ABOUT }, context)).toEqual([ABOUT, COURT]);
  });
});

describe('signing for a notice', () => {
  test('given a notice, when its recipient signs, then it is signed for today', () => {
    given(notice, sent).when(signForNotice, { about: ABOUT }, { actor: clerk }).thenEvents(signed);
  });

  test('given that it was signed for, when it is signed again, then nothing follows', () => {
    given(notice, sent, signed).when(signForNotice, { about: ABOUT }, { actor: clerk, today: '2026-03-11' }).thenNothing();
  });

  test('given no such notice, when one signs, then it is not found', () => {
    given(notice).when(signForNotice, { about: ABOUT }, { actor: clerk }).thenRefused({ refused: 'not-found', pointer: '/about' });
  });

  test('given another’s notice, when one signs, then it is as if there were none', () => {
    given(notice, sent)
      .when(signForNotice, { about: ABOUT }, { actor: actor('court', 'clerk', 'made-other-court') })
      .thenRefused({ refused: 'not-found', pointer: '/about' });
  });

  test.each<[AgencyKind, Role, boolean]>([
    ['justice-bureau', 'officer', true],
    ['justice-bureau', 'leader', true],
    ['justice-bureau', 'operator', false],
    ['justice-bureau', 'registrar', false],
    ['ministry', 'leader', true],
    ['institution', 'head', true],
    ['institution', 'staff', true],
    ['institution', 'appraiser', false],
    ['police', 'clerk', true],
    ['discipline', 'clerk', true],
    ['organ', 'clerk', true],
    ['organ', 'operator', false],
  ])('第十条: who of the %s as %s may sign: %s', (kind, role, may) => {
    const outcome = given(notice, sent).when(signForNotice, { about: ABOUT }, { actor: actor(kind, role) });
    if (may) outcome.thenEvents(signed);
    else outcome.thenRefused({ refused: 'forbidden' });
  });
});

describe('the inbox', () => {
  const stream = (about: string, ...events: Parameters<typeof given>[1][]) => {
    const made = streamOf(notice, [about, COURT]);
    for (const event of events) made.write(event);
    return made;
  };

  test('given a notice, then it stands in both listings of both agencies and is counted as open; once signed for, in one of each and no longer', () => {
    const open = stream(ABOUT, sent);
    const places = () => open.rows().map(({ listing, partition }) => [listing, partition]);
    expect(places()).toEqual([
      ['notifications/inbox', COURT],
      ['notifications/inbox-open', COURT],
      ['notifications/sent', 'made-justice'],
      ['notifications/sent-open', 'made-justice'],
    ]);
    expect(open.counters()).toEqual({ [`notifications/sent/${COURT}`]: 1, [`notifications/open/${COURT}`]: 1 });

    open.write(signed);
    expect(places()).toEqual([
      ['notifications/inbox', COURT],
      ['notifications/sent', 'made-justice'],
    ]);
    for (const { item } of open.rows()) expect(item).toMatchObject({ signedOn: TODAY, status: 'signed', statusText: '已签收' });
    expect(open.counters()).toEqual({ [`notifications/sent/${COURT}`]: 1 });
  });

  test('given a notice of the system’s, or one that need not be signed for, then nobody waits for a signature', () => {
    const listings = (change: object) =>
      stream(ABOUT, NoticeSent.of({ ...input, ...change, sentOn: TODAY }))
        .rows()
        .map(({ listing }) => listing);
    expect(listings({ sender: 'system' })).toEqual(['notifications/inbox', 'notifications/inbox-open']);
    expect(listings({ mustSign: false })).toEqual(['notifications/inbox', 'notifications/inbox-open', 'notifications/sent']);
  });

  const rows: ListingRow[] = ['1', '2', '3'].map((at) => ({
    listing: 'notifications/inbox-open',
    partition: COURT,
    sort: `2026-03-1${at}T01:00:00.000Z/${id(at)}`,
    item: { about: id(at) },
  }));
  const foreign: ListingRow = {
    listing: 'notifications/inbox-open',
    partition: 'made-other-court',
    sort: '2026-03-19T01:00:00.000Z/x',
    item: { about: 'foreign' },
  };
  const context = { actor: clerk, now: '', today: TODAY, pseudonym: () => '', views: viewsOf([...rows, foreign], { [`notifications/open/${COURT}`]: 3 }) };

  test('given own and others’ notices, then one’s own come, newest first, page by page, with how many are open', async () => {
    const first = (await inbox.read(inbox.parameters.parse({ limit: '2' }), context)) as { items: unknown[]; next: string; open: number };
    expect(first).toMatchObject({ items: [{ about: id('3') }, { about: id('2') }], open: 3 });
    const second = await inbox.read(inbox.parameters.parse({ cursor: first.next, limit: '2' }), context);
    expect(second).toMatchObject({ items: [{ about: id('1') }], next: null });
  });

  test('given notices signed for, then “all” shows them and “open” does not', async () => {
    const done: ListingRow = { listing: 'notifications/inbox', partition: COURT, sort: '2026-03-14T01:00:00.000Z/y', item: { about: id('4') } };
    const views = viewsOf([done]);
    expect(await inbox.read(inbox.parameters.parse({ show: 'all' }), { ...context, views })).toMatchObject({ items: [{ about: id('4') }], open: 0 });
    expect(await inbox.read(inbox.parameters.parse({}), { ...context, views })).toMatchObject({ items: [] });
  });
});
