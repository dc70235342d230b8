import { describe, expect, test } from 'vitest';
import { DeadlinePassed } from '../../events/deadlines.ts';
import { ConsecutiveFailureDetected, ConsecutiveFailureRevoked } from '../../events/proficiency.ts';
import { isRefusal } from '../../functions/kernel/decision.ts';
import cancelRectification from '../../functions/proficiency/commands/cancel-rectification.ts';
import discloseRectification from '../../functions/proficiency/commands/disclose-rectification.ts';
import drawUpRectification from '../../functions/proficiency/commands/draw-up-rectification.ts';
import lapseRectification from '../../functions/proficiency/commands/lapse-rectification.ts';
import orderRectification from '../../functions/proficiency/commands/order-rectification.ts';
import submitRectification from '../../functions/proficiency/commands/submit-rectification.ts';
import verifyRectification from '../../functions/proficiency/commands/verify-rectification.ts';
import cancelOn from '../../functions/proficiency/reactions/cancel-rectification.ts';
import drawUpOn from '../../functions/proficiency/reactions/draw-up-rectification.ts';
import lapseOn from '../../functions/proficiency/reactions/lapse-rectification.ts';
import { rectification } from '../../functions/proficiency/rectification.ts';
import { type Circumstances, streamOf, type TestStream } from '../support/given.ts';
import { heard, id } from '../support/heard.ts';
import { ADOPTED, BUREAU, DAY, head, INSTITUTION, ITEM, NOT_ADOPTED, officer, otherHead, otherOfficer, REGISTRAR, ruled } from './made.ts';

const ID = id('d');
const of = { institution: INSTITUTION, item: ITEM, year: 2025, bureau: BUREAU, registrar: REGISTRAR };
const material = { account: '虚构整改情况', evidence: [{ kind: '虚构报告', sha256: 'a'.repeat(64), keptAt: '虚构存放处' }] };
const usual: Circumstances = { policy: ADOPTED, today: DAY };
const names = (decision: unknown) => (isRefusal(decision) ? decision : (decision as readonly { name: string }[]).map(({ name }) => name));

const drawUp = (stream: TestStream, more: Circumstances = {}) => stream.decide(drawUpRectification, { rectification: ID, ...of }, { ...usual, ...more });
const order = (stream: TestStream, more: Circumstances = {}) => stream.decide(orderRectification, { rectification: ID }, { ...usual, actor: officer, ...more });
const submit = (stream: TestStream, more: Circumstances = {}) =>
  stream.decide(submitRectification, { rectification: ID, ...material }, { ...usual, actor: head, ...more });
const verify = (stream: TestStream, outcome: string, more: Circumstances = {}) =>
  stream.decide(
    verifyRectification,
    { rectification: ID, outcome, ...(outcome === 'verified' ? {} : { account: '虚构核实情况' }) },
    { ...usual, actor: officer, ...more },
  );
const cancel = (stream: TestStream, more: Circumstances = {}) => stream.decide(cancelRectification, { rectification: ID, ...of }, { ...usual, ...more });
const lapse = (stream: TestStream, more: Circumstances = {}) => stream.decide(lapseRectification, { rectification: ID }, { ...usual, ...more });
const played = (...steps: readonly ((stream: TestStream) => unknown)[]) => {
  const stream = streamOf(rectification);
  for (const step of steps) step(stream);
  return stream;
};

describe('X9, X10: the order is drawn up, and an officer decides', () => {
  test.each([
    ['has adopted the draft', ADOPTED, true],
    ['has not adopted it', NOT_ADOPTED, false],
  ])('given two failed years where the province %s, then an order lies drawn up that binds: %s', (_, policy, binding) => {
    const stream = played();
    drawUp(stream, { policy });
    expect(stream.events()).toMatchObject([{ name: 'RectificationDrawnUp', data: { rectification: ID, ...of, binding, drawnUpOn: DAY } }]);
    expect(drawUp(stream, { policy })).toEqual([]);
  });

  test('given it is drawn up, then it lies on the bureau’s desk and the institution sees nothing; ordered, both see it', () => {
    const stream = played(drawUp);
    expect(stream.rows().map(({ partition }) => partition)).toEqual([BUREAU]);
    order(stream);
    expect(stream.rows().map(({ partition }) => partition)).toEqual([BUREAU, INSTITUTION]);
  });

  test('given a province that has not adopted it, then it cannot be ordered: refused with that reason, and what would cure it', () => {
    expect(order(played(drawUp), { policy: NOT_ADOPTED })).toMatchObject({
      refused: 'rule',
      code: 'not_adopted',
      basis: { article: '第12项', status: 'draft', reading: expect.stringContaining('尚未采用') },
      cure: expect.stringContaining('采用文件'),
    });
  });

  test('X5: given the draft was adopted after it was drawn up, then it can be ordered: the decision’s day decides', () => {
    const stream = played((each) => drawUp(each, { policy: NOT_ADOPTED }));
    expect(names(order(stream))).toEqual(['RectificationOrdered']);
  });

  test('given the order, then it carries three dates of 90 days, and names the adopting document', () => {
    const stream = played(drawUp, (each) => order(each, { today: '2026-07-05' }));
    // 3 October 2026 lies in the National Day holidays; the next working day is the 8th, the last before it 30 September.
    expect(stream.events().at(-1)).toMatchObject({
      data: {
        dates: { start: '2026-07-05', rawDue: '2026-10-03', legalDue: '2026-10-08', alertDue: '2026-09-30', beyondCalendar: false },
        orderedOn: '2026-07-05',
        basis: { reading: expect.stringContaining('赣司规〔2025〕虚构1号') },
      },
    });
  });

  test('given a province’s own length, then the dates are by it', () => {
    const stream = played(drawUp, (each) => order(each, { policy: ruled({ rectification: { months: 6 } }) }));
    expect(stream.events().at(-1)).toMatchObject({ data: { dates: { rawDue: '2026-09-10' } } });
  });

  test('refused: another bureau’s officer as if there were none, a second order', () => {
    const stream = played(drawUp);
    expect(order(stream, { actor: otherOfficer })).toMatchObject({ refused: 'not-found' });
    order(stream);
    expect(order(stream)).toMatchObject({ refused: 'conflict', code: 'already_ordered' });
  });
});

describe('吉安方案第12项: the institution submits, the bureau verifies', () => {
  test.each([
    ['on its last day', '2026-06-08', ['RectificationSubmitted']],
    ['the day after', '2026-06-09', expect.objectContaining({ code: 'rectification_overdue', basis: expect.objectContaining({ article: '第12项' }) })],
  ])('given a submission %s, then …', (_, today, expected) => {
    expect(names(submit(played(drawUp, order), { today }))).toEqual(expected);
  });

  test('given it is submitted, then what it says is restricted and stands nowhere in the open', () => {
    const decision = submit(played(drawUp, order));
    if (isRefusal(decision)) throw new Error(decision.code);
    expect(decision[0]?.restricted).toEqual(material);
    expect(JSON.stringify(decision[0]?.data)).not.toContain(material.account);
  });

  test('given more is submitted before it is decided, then it adds to it; afterwards nothing is taken', () => {
    const stream = played(drawUp, order, submit);
    expect(names(submit(stream))).toEqual(['RectificationSubmitted']);
    verify(stream, 'verified');
    expect(submit(stream)).toMatchObject({ refused: 'conflict', code: 'rectification_decided' });
  });

  test.each([
    ['verified', 'RectificationVerified', null],
    ['not-in-place', 'RectificationFailed', 'not-in-place'],
    ['still-unfit', 'RectificationFailed', 'still-unfit'],
  ])('given it is found %s, then %s', (outcome, name, fault) => {
    const stream = played(drawUp, order, submit, (each) => verify(each, outcome));
    expect(stream.events().at(-1)).toMatchObject({ name, data: fault === null ? {} : { fault } });
    expect(verify(stream, 'verified')).toMatchObject({ refused: 'conflict', code: 'rectification_decided' });
  });

  test('given nothing was submitted, then there is nothing to verify', () => {
    expect(verify(played(drawUp, order), 'verified')).toMatchObject({ refused: 'rule', code: 'nothing_submitted' });
  });

  test('X9: given it was submitted and the last day is over, then nothing burdens the institution, and it can still be verified', () => {
    const stream = played(drawUp, order, submit);
    expect(lapse(stream, { today: '2026-06-09' })).toEqual([]);
    expect(names(verify(stream, 'verified', { today: '2026-07-01' }))).toEqual(['RectificationVerified']);
  });

  test('given nothing was submitted by the last day, then it failed for that, once', () => {
    const stream = played(drawUp, order);
    expect(names(lapse(stream, { today: '2026-06-09' }))).toEqual(['RectificationFailed']);
    expect(stream.events().at(-1)).toMatchObject({ data: { fault: 'nothing-submitted', failedOn: '2026-06-09' } });
    expect(lapse(stream)).toEqual([]);
    expect(verify(stream, 'verified')).toMatchObject({ code: 'rectification_decided' });
  });

  test('refused as if there were none: another institution, and the institution itself while it is only drawn up', () => {
    expect(submit(played(drawUp, order), { actor: otherHead })).toMatchObject({ refused: 'not-found' });
    expect(submit(played(drawUp))).toMatchObject({ refused: 'not-found' });
  });

  test('given either side reads what was submitted and found, then who, when and in which role stays', () => {
    const stream = played(drawUp, order, submit);
    const read = (actor: Circumstances['actor']) =>
      stream.decide(discloseRectification, { rectification: ID, purpose: '虚构目的' }, { ...usual, ...(actor ? { actor } : {}) });
    expect(names(read(officer))).toEqual(['RectificationDisclosed']);
    expect(stream.events().at(-1)).toMatchObject({ data: { toAgency: BUREAU, toRole: 'officer', disclosedOn: DAY } });
    expect(names(read(head))).toEqual(['RectificationDisclosed']);
    expect(read(otherHead)).toMatchObject({ refused: 'not-found' });
  });
});

describe('X7: a corrected result cancels what followed, wherever it stands', () => {
  test.each([
    ['drawn up', [drawUp], 'drawn-up', 0],
    ['ordered', [drawUp, order], 'ordered', 1],
    ['submitted', [drawUp, order, submit], 'submitted', 1],
    ['failed', [drawUp, order, submit, (each: TestStream) => verify(each, 'not-in-place')], 'failed', 2],
    ['lapsed', [drawUp, order, lapse], 'failed', 2],
    ['verified', [drawUp, order, submit, (each: TestStream) => verify(each, 'verified')], 'verified', 1],
  ])('given it is %s, then the cancellation says so, and which entries it had opened', (_, steps, was, entered) => {
    const stream = played(...steps, cancel);
    const data = stream.events().at(-1)?.data;
    expect(data).toMatchObject({ was, cancelledOn: DAY });
    expect(data?.entered).toHaveLength(entered);
    expect(cancel(stream)).toEqual([]);
    for (const refused of [order(stream), verify(stream, 'verified')]) expect(refused).toMatchObject({ code: 'rectification_cancelled' });
    expect(lapse(stream)).toEqual([]);
  });

  test('given it was heard of before what draws it up, then it is never drawn up', () => {
    const stream = played(cancel);
    expect(stream.events()).toMatchObject([{ data: { was: null, entered: [] } }]);
    expect(drawUp(stream)).toEqual([]);
    expect(stream.rows()).toEqual([]);
  });
});

describe('what is heard', () => {
  const basis = { document: '虚构', article: '第一条', status: 'law' as const };

  test('two failed years name the rectification by their own event, and so does what revokes them', () => {
    const detected = heard(ConsecutiveFailureDetected, { ...of, detectedOn: DAY, basis }, { id: ID });
    const revoked = heard(ConsecutiveFailureRevoked, { ...of, detected: ID, revokedOn: DAY, basis });
    expect(drawUpOn.targets(detected)).toEqual([{ rectification: ID, ...of }]);
    expect(cancelOn.targets(revoked)).toEqual([{ rectification: ID, ...of }]);
  });

  test('of deadlines that pass, only that of the order counts', () => {
    const passed = (kind: 'rectify' | 'verify-rectification', source: string) =>
      heard(DeadlinePassed, { source, kind, holder: INSTITUTION, legalDue: DAY, beyondCalendar: false, nature: 'legal', basis });
    expect(lapseOn.targets(passed('rectify', `proficiency/rectification/${ID}`))).toEqual([{ rectification: ID }]);
    expect(lapseOn.targets(passed('verify-rectification', `proficiency/rectification/${ID}`))).toEqual([]);
  });
});
