import { describe, expect, test } from 'vitest';
import { DeliveryFailed, DeliveryGivenUp, DeliveryPlanned, DeliverySucceeded, EndpointPinged, RedeliveryAsked } from '../../events/deliveries.ts';
import type { NewEvent } from '../../events/event.ts';
import { NoticeSent } from '../../events/notifications.ts';
import planDelivery from '../../functions/deliveries/commands/plan-delivery.ts';
import recordAttempt from '../../functions/deliveries/commands/record-attempt.ts';
import redeliver from '../../functions/deliveries/commands/redeliver.ts';
import { delivery } from '../../functions/deliveries/delivery.ts';
import { LADDER } from '../../functions/deliveries/ladder.ts';
import reaction from '../../functions/deliveries/reactions/plan-delivery.ts';
import { fileOf, readGolden } from '../events/golden.ts';
import { eventId, fact, given, streamOf, TODAY } from '../support/given.ts';
import { heard } from '../support/heard.ts';

const COURT = 'made-court';
const ABOUT = eventId(9);
const PLACE = { about: ABOUT, recipient: COURT, event: 'NoticeSent', version: 1 } as const;
const planned = DeliveryPlanned.of({ ...PLACE, plannedOn: TODAY });
const failedAt = (attempt: number) =>
  DeliveryFailed.of({ about: ABOUT, recipient: COURT, attempt, status: 500, fault: 'answered-otherwise', nextDueAt: '2026-03-10T02:00:00.000Z' });
const outcome = (attempt: number, more: object = {}) => ({ about: ABOUT, recipient: COURT, attempt, status: 204, fault: null, retryAfter: 0, ...more });
const ended = (fault: 'gone' | 'answered-otherwise', attempt = 1) =>
  DeliveryGivenUp.of({ about: ABOUT, recipient: COURT, attempt, status: 410, event: 'NoticeSent', fault, firstOn: TODAY, givenUpOn: TODAY });

const endpoint = { agency: COURT, host: 'court.example', disabled: null, address: { event: eventId(1), version: 1 }, secrets: [] };
const FACTS = { directory: fact({ division: '360802' }), register: fact(undefined, 0), endpoint: fact(endpoint), notice: fact({ signedOn: null }) };
const CLERK = { agency: COURT, kind: 'court', division: '360802', person: 'made', roles: ['clerk'] } as const;

describe('a notice is delivered where its recipient has an endpoint', () => {
  test('each notice once, each test once', () => {
    const notice = heard(NoticeSent, { ...readGolden(fileOf('NoticeSent', 1)).data.example, about: ABOUT, recipient: COURT } as never);
    expect(reaction.targets({ ...notice, version: 1 })).toEqual([PLACE]);
    const ping = heard(EndpointPinged, { ping: ABOUT, agency: COURT, pingedOn: TODAY });
    expect(reaction.targets({ ...ping, version: 7 })).toEqual([{ ...PLACE, event: 'EndpointPinged', version: 7 }]);
  });
  test('with one', () => {
    given(delivery)
      .when(planDelivery, PLACE, { facts: { endpoint: fact(endpoint) } })
      .thenEvents(planned);
  });
  test.each([
    ['none', fact(undefined, 0)],
    ['a disabled one', fact({ ...endpoint, disabled: 'asked' })],
  ])('not with %s', (_, found) => {
    given(delivery)
      .when(planDelivery, PLACE, { facts: { endpoint: found } })
      .thenNothing();
  });
  test('not twice', () => {
    given(delivery, planned)
      .when(planDelivery, PLACE, { facts: { endpoint: fact(endpoint) } })
      .thenNothing();
  });
});

describe('what came of an attempt', () => {
  test('it was taken', () => {
    given(delivery, planned)
      .when(recordAttempt, outcome(1))
      .thenEvents(DeliverySucceeded.of({ about: ABOUT, recipient: COURT, attempt: 1, status: 204, deliveredOn: TODAY }));
  });
  test('it failed: the next one is due by the ladder', () => {
    const { decision } = given(delivery, planned).when(recordAttempt, outcome(1, { status: 500, fault: 'answered-otherwise' }));
    expect(decision).toMatchObject([{ name: 'DeliveryFailed', data: { attempt: 1, status: 500, fault: 'answered-otherwise' } }]);
    const [failed] = decision as readonly [NewEvent];
    expect((Date.parse((failed.data as { nextDueAt: string }).nextDueAt) - Date.parse(`${TODAY}T01:00:00.000Z`)) / 1000).toBeCloseTo(5, 0);
  });
  test('the last one failed: it is given up', () => {
    const failures = LADDER.map((_, at) => failedAt(at + 1));
    given(delivery, planned, ...failures)
      .when(recordAttempt, outcome(10, { status: 500, fault: 'answered-otherwise' }))
      .thenEvents(
        DeliveryGivenUp.of({
          about: ABOUT,
          recipient: COURT,
          attempt: 10,
          status: 500,
          event: 'NoticeSent',
          fault: 'answered-otherwise',
          firstOn: '2026-03-10',
          givenUpOn: TODAY,
        }),
      );
  });
  test('the last but one failed: it is tried once more', () => {
    const failures = LADDER.slice(1).map((_, at) => failedAt(at + 1));
    const { decision } = given(delivery, planned, ...failures).when(recordAttempt, outcome(9, { status: 500, fault: 'answered-otherwise' }));
    expect(decision).toMatchObject([{ name: 'DeliveryFailed', data: { attempt: 9 } }]);
  });
  test.each(['gone', 'no-endpoint'] as const)('%s is believed at once', (fault) => {
    const { decision } = given(delivery, planned).when(recordAttempt, outcome(1, { status: fault === 'gone' ? 410 : null, fault }));
    expect(decision).toMatchObject([{ name: 'DeliveryGivenUp', data: { attempt: 1, fault } }]);
  });
  test('a test is tried once', () => {
    const ping = DeliveryPlanned.of({ ...PLACE, event: 'EndpointPinged', version: 4, plannedOn: TODAY });
    const { decision } = given(delivery, ping).when(recordAttempt, outcome(1, { status: null, fault: 'no-answer' }));
    expect(decision).toMatchObject([{ name: 'DeliveryGivenUp', data: { event: 'EndpointPinged', fault: 'no-answer' } }]);
  });
  test.each([
    ['an attempt that was recorded before', [planned, failedAt(1)], 1],
    ['an attempt after one that is missing', [planned], 2],
    ['one of a delivery that has ended', [planned, ended('gone')], 2],
    ['one of a delivery that there is not', [], 1],
  ])('%s changes nothing', (_, events, attempt) => {
    given(delivery, ...events)
      .when(recordAttempt, outcome(attempt))
      .thenNothing();
  });
});

describe('a notice is delivered again when it is asked for', () => {
  const asked = RedeliveryAsked.of({ ...PLACE, askedBy: COURT, askedOn: TODAY });
  const ask = { agency: COURT, about: ABOUT };
  test.each([
    ['that was given up', [planned, ended('answered-otherwise', 10)]],
    ['that was delivered', [planned, DeliverySucceeded.of({ about: ABOUT, recipient: COURT, attempt: 1, status: 204, deliveredOn: TODAY })]],
    ['of a time before the endpoint', []],
  ])('one %s', (_, events) => {
    given(delivery, ...events)
      .when(redeliver, ask, { actor: CLERK, facts: FACTS })
      .thenEvents(asked);
  });
  test('from the first attempt on', () => {
    const stream = streamOf(delivery, [ABOUT, COURT]);
    stream.write(planned, failedAt(1), ended('answered-otherwise', 2), asked);
    expect(stream.state()).toMatchObject({ status: 'due', attempts: 0, firstOn: null });
    expect(stream.counters()).toEqual({ [`deliveries/due/${COURT}`]: 1 });
  });
  test.each([
    ['is due', [planned], {}, 'delivery_due'],
    ['is none of its inbox', [], { notice: fact(undefined, 0) }, 'not_found'],
    ['has nowhere to go', [], { endpoint: fact(undefined, 0) }, 'no_endpoint'],
    ['goes to a disabled endpoint', [], { endpoint: fact({ ...endpoint, disabled: 'failing' }) }, 'endpoint_disabled'],
  ])('not one that %s', (_, events, facts, code) => {
    given(delivery, ...events)
      .when(redeliver, ask, { actor: CLERK, facts: { ...FACTS, ...facts } })
      .thenRefused({ code });
  });
});

describe('where a delivery is found', () => {
  const listed = (...events: readonly NewEvent[]) => {
    const stream = streamOf(delivery, [ABOUT, COURT]);
    stream.write(...events);
    return { rows: stream.rows().map(({ listing, partition }) => `${listing} ${partition}`), counters: stream.counters() };
  };
  test('among what is due, in the lane of its recipient, until it has ended', () => {
    expect(listed(planned)).toEqual({
      rows: [`deliveries/log ${COURT}`, `deliveries/undelivered ${COURT}`, `deliveries/due ${COURT}`],
      counters: { [`deliveries/due/${COURT}`]: 1 },
    });
    expect(listed(planned, failedAt(1)).counters).toEqual({ [`deliveries/due/${COURT}`]: 1 });
    expect(listed(planned, ended('gone'))).toEqual({ rows: [`deliveries/log ${COURT}`, `deliveries/undelivered ${COURT}`], counters: {} });
  });
});
