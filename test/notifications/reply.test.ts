import { describe, expect, test } from 'vitest';
import { cite } from '../../events/documents.ts';
import { NoticeReplied, NoticeSent, NoticeSignedFor, ReplyDisclosed } from '../../events/notifications.ts';
import type { OpenedEvent } from '../../functions/kernel/command.ts';
import type { Actor, AgencyKind, Role } from '../../functions/kernel/identity.ts';
import { NOTICES } from '../../functions/notifications/articles.ts';
import discloseReply from '../../functions/notifications/commands/disclose-reply.ts';
import replyToNotice, { MOST_REPLIES } from '../../functions/notifications/commands/reply-to-notice.ts';
import { notice } from '../../functions/notifications/notice.ts';
import { given, TODAY } from '../support/given.ts';
import { id } from '../support/heard.ts';

const ABOUT = id('e');
const COURT = 'made-court';
const BUREAU = 'made-justice';
const sentBy = (sender: string, mustSign = true) =>
  NoticeSent.of({
    about: ABOUT,
    event: 'ReportRouted',
    recipient: COURT,
    sender,
    purpose: '告知',
    withheld: ['报告人身份', '具体情况'],
    particulars: {},
    mustSign,
    sentOn: TODAY,
    basis: cite('interference-provisions', '第八条'),
  });
const sent = sentBy(BUREAU);
const signed = NoticeSignedFor.of({ about: ABOUT, recipient: COURT, mustSign: true, signedOn: TODAY });
const reply = (repliedOn = TODAY) =>
  NoticeReplied.of({ about: ABOUT, event: 'ReportRouted', recipient: COURT, sender: BUREAU, repliedOn, basis: NOTICES.reply }, { text: '虚构答复' });
const replies = (count: number) => Array.from({ length: count }, () => reply());
const actor = (kind: AgencyKind, role: Role, agency: string): Actor => ({ agency, kind, division: '310000', person: id('9'), roles: [role] });
const clerk = actor('court', 'clerk', COURT);
const officer = actor('justice-bureau', 'officer', BUREAU);
const body = { about: ABOUT, text: '虚构答复' };

describe('replying to a notice (第八条, reading)', () => {
  test('given a notice signed for, when its recipient replies, then the reply stands, its text restricted', () => {
    const { decision } = given(notice, sent, signed).when(replyToNotice, body, { actor: clerk }).thenEvents(reply());
    expect(decision).toMatchObject([{ restricted: { text: '虚构答复' }, data: expect.not.objectContaining({ text: expect.anything() }) }]);
  });

  test('given a notice that is to be signed for and was not, then first it is to be', () => {
    given(notice, sent)
      .when(replyToNotice, body, { actor: clerk })
      .thenRefused({ refused: 'rule', code: 'not_signed_for', cure: '请先签收', basis: NOTICES.reply });
  });

  test('given a notice that need not be signed for, then a reply needs no signature', () => {
    given(notice, sentBy(BUREAU, false)).when(replyToNotice, body, { actor: clerk }).thenEvents(reply());
  });

  test.each([true, false])('given a notice of the system’s, to be signed for: %s, then there is nobody to reply to', (mustSign) => {
    given(notice, sentBy('system', mustSign)).when(replyToNotice, body, { actor: clerk }).thenRefused({ refused: 'rule', code: 'no_sender' });
  });

  test(`given ${MOST_REPLIES - 1} replies, then one more; given ${MOST_REPLIES}, then none`, () => {
    given(notice, sent, signed, ...replies(MOST_REPLIES - 1))
      .when(replyToNotice, body, { actor: clerk })
      .thenEvents(reply());
    given(notice, sent, signed, ...replies(MOST_REPLIES))
      .when(replyToNotice, body, { actor: clerk })
      .thenRefused({ refused: 'rule', code: 'too_many_replies', cure: '请与发出单位联系' });
  });

  test('given no such notice, or another’s, then not found alike', () => {
    given(notice).when(replyToNotice, body, { actor: clerk }).thenRefused({ refused: 'not-found', pointer: '/about' });
    given(notice, sent, signed).when(replyToNotice, body, { actor: officer }).thenRefused({ refused: 'not-found' });
  });

  test('the state counts replies and their last day, and holds no text', () => {
    const { stream } = given(notice, sent, signed, reply('2026-03-09')).when(replyToNotice, body, { actor: clerk });
    expect(stream.state()).toMatchObject({ replies: 2, repliedOn: TODAY });
    expect(JSON.stringify([stream.state(), stream.rows(), stream.counters()])).not.toContain('虚构答复');
  });
});

describe('reading a reply (第十条)', () => {
  const asked = { about: ABOUT, recipient: COURT, purpose: '虚构目的' };
  const disclosed = (toRole: Role) =>
    ReplyDisclosed.of({ about: ABOUT, recipient: COURT, toAgency: BUREAU, toRole, disclosedOn: TODAY, basis: NOTICES.disclose }, { purpose: '虚构目的' });

  test.each(['officer', 'leader'] as const)('given a reply, when the sender’s %s opens it, then it leaves who, when, and, restricted, why', (role) => {
    const { decision } = given(notice, sent, signed, reply())
      .when(discloseReply, asked, { actor: actor('justice-bureau', role, BUREAU) })
      .thenEvents(disclosed(role));
    expect(decision).toMatchObject([{ restricted: { purpose: '虚构目的' } }]);
  });

  test('given several roles, then the one that has the right is named', () => {
    given(notice, sent, signed, reply())
      .when(discloseReply, asked, { actor: { ...officer, roles: ['operator', 'leader'] } })
      .thenEvents(disclosed('leader'));
  });

  test('then it shows what was replied and when, and nothing else that is restricted', () => {
    const opened: readonly OpenedEvent[] = [
      { id: '1', name: 'NoticeReplied', occurredOn: '2026-03-09', restricted: { text: '虚构答复' } },
      { id: '2', name: 'ReplyDisclosed', occurredOn: '2026-03-10', restricted: { purpose: '他人的目的' } },
      { id: '3', name: 'NoticeReplied', occurredOn: '2026-03-11', restricted: { text: '又一虚构答复' } },
    ];
    expect(discloseReply.discloses?.streams({ input: asked, state: null, facts: {} })).toEqual([`notifications/notice/${ABOUT}/${COURT}`]);
    expect(discloseReply.discloses?.answer(opened, { input: asked, state: null, facts: {}, more: {}, actor: officer })).toEqual([
      { repliedOn: '2026-03-09', text: '虚构答复' },
      { repliedOn: '2026-03-11', text: '又一虚构答复' },
    ]);
  });

  test('given no reply, then not found', () => {
    given(notice, sent, signed).when(discloseReply, asked, { actor: officer }).thenRefused({ refused: 'not-found', pointer: '/about' });
  });

  test('given another’s notice, or none, then the same answer: who was told of an event cannot be tried out', () => {
    const other = actor('court', 'clerk', 'made-other-court');
    const [one, none] = [given(notice, sent, signed, reply()), given(notice)].map((stands) => stands.when(discloseReply, asked, { actor: other }).decision);
    expect(one).toMatchObject({ refused: 'forbidden' });
    expect(one).toEqual(none);
  });

  test.each<[AgencyKind, Role, boolean]>([
    ['justice-bureau', 'officer', true],
    ['justice-bureau', 'registrar', false],
    ['justice-bureau', 'operator', false],
    ['institution', 'head', true],
    ['institution', 'staff', true],
    ['institution', 'appraiser', false],
    ['court', 'clerk', true],
  ])('of the sender, a %s, who as %s may: %s', (kind, role, may) => {
    const { decision } = given(notice, sent, signed, reply()).when(discloseReply, asked, { actor: actor(kind, role, BUREAU) });
    expect('refused' in decision).toBe(!may);
  });
});
