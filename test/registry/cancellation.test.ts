import { describe, expect, test } from 'vitest';
import { RectificationCancelled } from '../../events/proficiency.ts';
import type { AnyCommand } from '../../functions/kernel/command.ts';
import { type Decision, isRefusal } from '../../functions/kernel/decision.ts';
import type { Actor } from '../../functions/kernel/identity.ts';
import { cancellation } from '../../functions/registry/cancellation.ts';
import applyForCancellation from '../../functions/registry/commands/apply-for-cancellation.ts';
import decideCancellation from '../../functions/registry/commands/decide-cancellation.ts';
import discloseHearing from '../../functions/registry/commands/disclose-hearing.ts';
import giveCancellationNotice from '../../functions/registry/commands/give-cancellation-notice.ts';
import holdHearing from '../../functions/registry/commands/hold-hearing.ts';
import requestHearing from '../../functions/registry/commands/request-hearing.ts';
import withdrawCancellation from '../../functions/registry/commands/withdraw-cancellation.ts';
import withdrawOn from '../../functions/registry/reactions/withdraw-cancellation.ts';
import { type Circumstances, streamOf, type TestStream } from '../support/given.ts';
import { heard, id } from '../support/heard.ts';
import {
  ADOPTED,
  BUREAU,
  basis,
  DAY,
  head,
  ID,
  INSTITUTION,
  ITEM,
  NOT_ADOPTED,
  OTHER_ITEM,
  of,
  officer,
  otherHead,
  otherOfficer,
  otherRegistrar,
  REGISTRAR,
  rectified,
  registered,
  registrar,
} from './made.ts';

/** A step as who usually takes it, on the usual day: what the test says otherwise goes before. */
const step =
  (command: AnyCommand, input: object, usual: Circumstances) =>
  (stream: TestStream, more: Circumstances = {}): Decision =>
    stream.decide(command, input, {
      policy: ADOPTED,
      today: DAY,
      more: { rectification: rectified(), institution: registered() },
      ...usual,
      ...more,
    });
const apply = step(applyForCancellation, { rectification: ID }, { actor: officer, facts: { rectification: rectified() }, more: { institution: registered() } });
const notice = step(giveCancellationNotice, { cancellation: ID }, { actor: registrar });
const request = step(requestHearing, { cancellation: ID, statement: '虚构陈述' }, { actor: head });
const hold = step(holdHearing, { cancellation: ID, account: '虚构听取情况' }, { actor: registrar });
const cancel = step(decideCancellation, { cancellation: ID, outcome: 'cancel' }, { actor: registrar });
const keep = step(decideCancellation, { cancellation: ID, outcome: 'keep' }, { actor: registrar });
const withdraw = step(withdrawCancellation, { cancellation: ID }, {});
const disclose = step(discloseHearing, { cancellation: ID, purpose: '虚构核查' }, { actor: officer });

type Step = (stream: TestStream) => Decision;
/** Steps that are all accepted. */
const played = (...steps: readonly Step[]) => {
  const stream = streamOf(cancellation);
  for (const each of steps) expect(each(stream)).toMatchObject([{}]);
  return stream;
};
const on =
  (taken: ReturnType<typeof step>, today: string): Step =>
  (stream) =>
    taken(stream, { today });
const names = (decision: Decision) => (isRefusal(decision) ? decision.code : decision.map(({ name }) => name));

describe('P-2, X9: the supervising bureau applies, once, because the rectification failed', () => {
  test('given it failed, then the application goes to the registrar, for that item alone, and says by what the draft binds here', () => {
    expect(played(apply).events()).toEqual([
      { name: 'CancellationApplied', data: { ...of, appliedOn: DAY, basis: { ...basis, reading: expect.stringMatching(/赣司规.*解释口径/) } } },
    ]);
  });

  test.each(['drawn-up', 'ordered', 'submitted', 'verified'] as const)('given it is %s, then it cannot be applied for', (status) => {
    expect(apply(streamOf(cancellation), { facts: { rectification: rectified(status) } })).toMatchObject({
      refused: 'rule',
      code: 'rectification_not_failed',
      pointer: '/rectification',
      basis: { article: '第12项' },
    });
  });

  test('given it was cancelled: 409, and given it was applied for before: 409', () => {
    const cancelled = { facts: { rectification: rectified('cancelled') } };
    expect(apply(streamOf(cancellation), cancelled)).toMatchObject({ refused: 'conflict', code: 'rectification_cancelled' });
    expect(apply(played(apply))).toMatchObject({ refused: 'conflict', code: 'already_applied' });
  });

  test('X10: given the province has not adopted the draft, then it cannot be applied for', () => {
    expect(apply(streamOf(cancellation), { policy: NOT_ADOPTED })).toMatchObject({
      refused: 'rule',
      code: 'not_adopted',
      basis: { status: 'draft', reading: expect.stringContaining('尚未采用') },
      cure: expect.stringContaining('采用文件'),
    });
  });

  test('given the item is no longer registered: refused; given it is the only one left: accepted', () => {
    const struckOff = { more: { institution: registered({ scopes: [OTHER_ITEM], struckOff: [ITEM] }) } };
    expect(apply(streamOf(cancellation), struckOff)).toMatchObject({ refused: 'rule', code: 'item_not_registered' });
    expect(names(apply(streamOf(cancellation), { more: { institution: registered({ scopes: [ITEM] }) } }))).toEqual(['CancellationApplied']);
  });

  test('given a registration that does not name its registrar, then nobody is guessed', () => {
    expect(apply(streamOf(cancellation), { more: { institution: registered({ registeredBy: undefined }) } })).toMatchObject({
      refused: 'rule',
      code: 'registrar_unknown',
      cure: expect.stringContaining('省级司法行政机关'),
    });
  });

  test('nobody else may: another bureau’s officer does not learn that there is one, the registrar and the institution have no such right', () => {
    expect(apply(streamOf(cancellation), { actor: otherOfficer })).toMatchObject({ refused: 'not-found', pointer: '/rectification' });
    for (const actor of [registrar, head]) expect(apply(streamOf(cancellation), { actor })).toMatchObject({ refused: 'forbidden' });
  });
});

describe('R-3: 注销预先告知 and the window of five working days', () => {
  test.each([
    // Tuesday → the Tuesday after.
    [DAY, '2026-03-17'],
    // Tuesday; the holidays of National Day are from Thursday 1 to Wednesday 7 October 2026, Saturday 10 is worked.
    ['2026-09-29', '2026-10-12'],
    ['2026-09-30', '2026-10-13'],
  ])('given the notice of %s, then a hearing may be asked until %s', (today, hearingUntil) => {
    expect(played(apply, on(notice, today)).events().at(-1)).toMatchObject({
      name: 'CancellationNoticed',
      data: { ...of, noticedOn: today, hearingUntil, beyondCalendar: false },
    });
  });

  test('X3: given a window that ends after the last year whose holidays are known, then the notice says so', () => {
    expect(played(apply, on(notice, '2098-12-30')).events().at(-1)).toMatchObject({ data: { beyondCalendar: true } });
  });

  test('once, by the registrar who is named, while the rectification stands', () => {
    expect(names(notice(played(apply, notice)))).toBe('already_noticed');
    expect(notice(played(apply), { actor: otherRegistrar })).toMatchObject({ refused: 'not-found', pointer: '/cancellation' });
    expect(notice(played(apply), { actor: officer })).toMatchObject({ refused: 'forbidden' });
    expect(names(notice(played(apply), { more: { rectification: rectified('cancelled') } }))).toBe('cancellation_withdrawn');
  });

  test('given the last day of the window over National Day, then it is in time; the day after, it is too late', () => {
    const noticed = () => played(apply, on(notice, '2026-09-29'));
    expect(names(request(noticed(), { today: '2026-10-12' }))).toEqual(['HearingRequested']);
    expect(request(noticed(), { today: '2026-10-13' })).toMatchObject({
      refused: 'rule',
      code: 'hearing_window_closed',
      detail: expect.stringContaining('2026-10-12'),
      basis: { article: '第12项' },
      cure: expect.any(String),
    });
  });

  test('given it is only applied for, then the institution knows nothing of it; another never does', () => {
    expect(request(played(apply))).toMatchObject({ refused: 'not-found' });
    expect(request(played(apply, notice), { actor: otherHead })).toMatchObject({ refused: 'not-found' });
  });

  test('it is asked once, and what is said is restricted', () => {
    const [asked] = request(played(apply, notice)) as readonly { restricted: unknown; data: object }[];
    expect(asked?.restricted).toEqual({ statement: '虚构陈述' });
    expect(JSON.stringify(asked?.data)).not.toContain('虚构陈述');
    expect(names(request(played(apply, notice, request)))).toBe('hearing_requested');
  });

  test('a hearing is held where it was asked, once', () => {
    expect(hold(played(apply, notice))).toMatchObject({ refused: 'rule', code: 'hearing_not_requested' });
    const stream = played(apply, notice, request, hold);
    expect(stream.events().at(-1)).toMatchObject({ name: 'HearingHeld', data: { ...of, heldOn: DAY } });
    expect(names(hold(stream))).toBe('hearing_held');
    expect(hold(played(apply, notice, request), { actor: otherRegistrar })).toMatchObject({ refused: 'not-found' });
  });
});

describe('R-3: no decision before the window has closed or the institution was heard', () => {
  const window = (today: string): Circumstances => ({ today });

  test('given no notice, then it cannot be decided', () => {
    for (const decide of [cancel, keep]) expect(decide(played(apply))).toMatchObject({ refused: 'rule', code: 'not_noticed' });
  });

  test('given nobody asked, then not on the last day over National Day, and on the day after', () => {
    const noticed = () => played(apply, on(notice, '2026-09-29'));
    expect(cancel(noticed(), window('2026-10-12'))).toMatchObject({ refused: 'rule', code: 'hearing_window_open', cure: expect.any(String) });
    expect(names(cancel(noticed(), window('2026-10-13')))).toEqual(['CancellationDecided']);
  });

  test('given a hearing was asked, then not before it was held, however long ago the window closed; and once held, also within it', () => {
    expect(cancel(played(apply, notice, request), window('2026-12-01'))).toMatchObject({ refused: 'rule', code: 'hearing_outstanding' });
    expect(names(cancel(played(apply, notice, request, hold)))).toEqual(['CancellationDecided']);
  });

  test('given the rectification was cancelled meanwhile, then nothing is decided, though the procedure has not heard of it', () => {
    const stream = played(apply, notice, request, hold);
    expect(cancel(stream, { more: { rectification: rectified('cancelled') } })).toMatchObject({ refused: 'conflict', code: 'cancellation_withdrawn' });
  });

  test('given another decision has struck the item off, then it is not struck off again, but can be kept', () => {
    const elsewhere = { more: { rectification: rectified(), institution: registered({ scopes: [OTHER_ITEM], struckOff: [ITEM] }) } };
    expect(cancel(played(apply, notice, request, hold), elsewhere)).toMatchObject({ refused: 'conflict', code: 'item_not_registered', pointer: '/outcome' });
    expect(names(keep(played(apply, notice, request, hold), elsewhere))).toEqual(['CancellationDecided']);
  });

  test.each([
    ['cancel', cancel],
    ['keep', keep],
  ] as const)('given it is decided to %s, then that stands with its article, and nothing more can be done', (outcome, decide) => {
    const stream = played(apply, notice, request, hold, decide);
    expect(stream.events().at(-1)).toMatchObject({ name: 'CancellationDecided', data: { ...of, outcome, decidedOn: DAY, basis: { article: '第12项' } } });
    for (const more of [notice, request, hold, cancel, keep]) expect(names(more(stream))).toBe('cancellation_decided');
  });

  test('nobody but the registrar decides', () => {
    const heardOut = () => played(apply, notice, request, hold);
    expect(cancel(heardOut(), { actor: otherRegistrar })).toMatchObject({ refused: 'not-found' });
    for (const actor of [officer, head]) expect(cancel(heardOut(), { actor })).toMatchObject({ refused: 'forbidden' });
  });
});

describe('X7: the procedure falls with the rectification', () => {
  test('heard of: names the procedure by the rectification', () => {
    const event = heard(RectificationCancelled, {
      rectification: ID,
      institution: INSTITUTION,
      item: ITEM,
      year: 2025,
      bureau: BUREAU,
      registrar: REGISTRAR,
      was: 'failed',
      entered: [],
      cancelledOn: DAY,
      basis,
    });
    expect(withdrawOn.targets(event)).toEqual([{ cancellation: ID }]);
  });

  test.each([
    ['applied for', [apply], false],
    ['noticed', [apply, notice], false],
    ['heard', [apply, notice, request, hold], false],
    ['decided to strike off', [apply, notice, request, hold, cancel], true],
  ] as const)('given it was %s, then it is withdrawn, once; it restores: %s', (_, steps, restores) => {
    const stream = played(...steps, withdraw);
    expect(stream.events().at(-1)).toMatchObject({ name: 'CancellationWithdrawn', data: { ...of, restores, withdrawnOn: DAY } });
    expect(withdraw(stream)).toEqual([]);
    for (const more of [notice, request, hold, cancel]) expect(['cancellation_withdrawn', 'not_found']).toContain(names(more(stream)));
  });

  test('given nothing was applied for, or it was decided not to strike off, then there is nothing to withdraw', () => {
    expect(withdraw(streamOf(cancellation))).toEqual([]);
    expect(withdraw(played(apply, notice, request, hold, keep))).toEqual([]);
  });
});

describe('what was said is read by the registrar and either side, each time with a trace', () => {
  const opened = [
    { id: id('1'), name: 'HearingRequested', occurredOn: DAY, restricted: { statement: '虚构陈述' } },
    { id: id('2'), name: 'HearingHeld', occurredOn: DAY, restricted: { account: '虚构听取情况' } },
    { id: id('3'), name: 'HearingDisclosed', occurredOn: DAY, restricted: { purpose: '虚构核查' } },
  ];
  const as = (actor: Actor, ...roles: Actor['roles']): Actor => ({ ...actor, roles });

  test.each([
    [registrar, 'registrar'],
    [officer, 'officer'],
    [as(officer, 'leader'), 'leader'],
    [head, 'head'],
    [as(head, 'staff'), 'staff'],
  ] as const)('to %o as %s', (actor, toRole) => {
    expect(disclose(played(apply, notice, request), { actor })).toMatchObject([
      { name: 'HearingDisclosed', data: { cancellation: ID, toAgency: actor.agency, toRole, disclosedOn: DAY }, restricted: { purpose: '虚构核查' } },
    ]);
  });

  test('what was said stands in the answer, and not why others looked', () => {
    expect(discloseHearing.discloses?.streams({ input: { cancellation: ID, purpose: '' } } as never)).toEqual([`registry/cancellation/${ID}`]);
    expect(discloseHearing.discloses?.answer(opened, {} as never)).toEqual([
      { event: 'HearingRequested', occurredOn: DAY, restricted: { statement: '虚构陈述' } },
      { event: 'HearingHeld', occurredOn: DAY, restricted: { account: '虚构听取情况' } },
    ]);
  });

  test('to nobody else: they do not learn that there is one', () => {
    for (const actor of [otherOfficer, otherRegistrar, otherHead])
      expect(disclose(played(apply, notice, request), { actor })).toMatchObject({ refused: 'not-found', pointer: '/cancellation' });
    expect(disclose(played(apply), { actor: head })).toMatchObject({ refused: 'not-found' });
  });
});

describe('注销程序一览', () => {
  const rows = (...steps: readonly Step[]) =>
    played(...steps)
      .rows()
      .map(({ listing, partition, sort, item }) => [listing, partition, sort, item.statusText]);

  test('given it is applied for, then the bureau and the registrar see it; the institution from the notice on', () => {
    const row = (partition: string, statusText: string) => ['registry/cancellations', partition, `${DAY}/${ID}`, statusText];
    expect(rows(apply)).toEqual([row(BUREAU, '已申请，待预先告知'), row(REGISTRAR, '已申请，待预先告知')]);
    expect(rows(apply, notice)).toEqual([BUREAU, REGISTRAR, INSTITUTION].map((each) => row(each, '已预先告知')));
  });

  test('given a bureau that is the registrar too, then it has one row', () => {
    const own = { facts: { rectification: rectified('failed', REGISTRAR) }, actor: { ...officer, agency: REGISTRAR, division: '360000' } };
    expect(rows((stream) => apply(stream, own)).map(([, partition]) => partition)).toEqual([REGISTRAR]);
  });

  test.each([
    [[apply, notice, request], 'hearing-requested', '已申请陈述申辩，待听取'],
    [[apply, notice, request, hold], 'heard', '已听取陈述申辩，待决定'],
    [[apply, notice, request, hold, cancel], 'cancelled', '已决定注销'],
    [[apply, notice, request, hold, keep], 'kept', '已决定不予注销'],
    [[apply, notice, request, hold, cancel, withdraw], 'withdrawn', '已撤销'],
  ] as const)('its status in words', (steps, status, statusText) => {
    const rows = played(...steps).rows();
    for (const { item } of rows.filter(({ listing }) => listing === 'registry/cancellations')) expect(item).toMatchObject({ status, statusText });
  });

  test('what a row tells is open: nothing of what was said', () => {
    expect(JSON.stringify(played(apply, notice, request, hold).rows())).not.toMatch(/虚构陈述|虚构听取/);
  });
});
