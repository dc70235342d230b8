import { describe, expect, test } from 'vitest';
import { BusinessScopeCancelled, BusinessScopeRestored, CancellationDecided, CancellationWithdrawn, InstitutionRegistered } from '../../events/registry.ts';
import type { Decision } from '../../functions/kernel/decision.ts';
import { LIMITS } from '../../functions/kernel/limits.ts';
import cancelScope from '../../functions/registry/commands/cancel-scope.ts';
import restoreScope from '../../functions/registry/commands/restore-scope.ts';
import { type InstitutionState, institution } from '../../functions/registry/institution.ts';
import cancelOn from '../../functions/registry/reactions/cancel-scope.ts';
import restoreOn from '../../functions/registry/reactions/restore-scope.ts';
import { listsFor } from '../../functions/registry/to-tell.ts';
import { type Circumstances, eventId, fact, streamOf, type TestStream } from '../support/given.ts';
import { heard, id } from '../support/heard.ts';
import { ADOPTED, BUREAU, basis, DAY, ID, INSTITUTION, ITEM, OTHER_ITEM, of, REGISTRAR } from './made.ts';

const SECOND = id('e');
const registration = {
  uscc: INSTITUTION,
  name: '虚构鉴定所',
  division: '360802',
  supervisedBy: BUREAU,
  registeredBy: REGISTRAR,
  scopes: [ITEM, OTHER_ITEM],
  registeredOn: '2020-07-01',
};
const lists = {
  360802: fact({ agencies: ['made-district-court'] }),
  360800: fact({ agencies: ['made-city-court', 'made-city-market'] }),
  360000: fact(undefined, 0),
};
const decided = { outcome: 'cancel', withdrawnOn: null };
const standing = (procedure: object, more: Circumstances = {}): Circumstances => ({
  policy: ADOPTED,
  today: DAY,
  facts: { procedure: fact(procedure) },
  more: lists,
  ...more,
});
const cancel = (
  stream: TestStream,
  { procedure = decided as object, cancellation = ID, ...more }: Circumstances & { procedure?: object; cancellation?: string } = {},
): Decision => stream.decide(cancelScope, { ...of, cancellation }, standing(procedure, more));
const restore = (stream: TestStream, { cancellation = ID, ...more }: Circumstances & { cancellation?: string } = {}): Decision =>
  stream.decide(restoreScope, { ...of, cancellation }, standing({}, more));
const registeredInstitution = () => {
  const stream = streamOf(institution, [INSTITUTION]);
  stream.write(InstitutionRegistered.of(registration));
  return stream;
};
const state = (stream: TestStream) => stream.state() as NonNullable<InstitutionState>;

describe('P-2: 注销相应鉴定业务, that item only', () => {
  test('given the decision, then the item leaves the scope from its day, the others stay, and everyone whom the roster concerns at its seat is told', () => {
    const stream = registeredInstitution();
    expect(cancel(stream, { today: '2026-03-12', occurredOn: DAY })).toMatchObject([
      {
        name: 'BusinessScopeCancelled',
        data: { ...of, cancelledOn: DAY, toTell: ['made-district-court', 'made-city-court', 'made-city-market'].toSorted(), basis: { article: '第12项' } },
      },
    ]);
    expect(state(stream)).toMatchObject({
      scopes: [OTHER_ITEM],
      struckOff: [ITEM],
      strikes: [{ item: ITEM, cancellation: ID, event: eventId(2), from: DAY, until: null }],
    });
    expect(cancel(stream)).toEqual([]);
  });

  test.each([
    ['360802', ['360802', '360800', '360000']],
    ['360800', ['360800', '360000']],
    ['360000', ['360000']],
    // A district of a municipality: its city is the municipality’s districts together.
    ['310115', ['310115', '310100', '310000']],
  ])('P-3: given the seat %s, then the lists of %s are read', (division, places) => {
    const read = listsFor({ ...state(registeredInstitution()), division });
    expect(
      Object.values(read)
        .map(({ key }) => key?.[0])
        .toSorted(),
    ).toEqual([...places].toSorted());
  });

  test('given the procedure was withdrawn, or has not struck off, then nothing is struck off', () => {
    for (const procedure of [
      { outcome: 'cancel', withdrawnOn: DAY },
      { outcome: 'keep', withdrawnOn: null },
      { outcome: null, withdrawnOn: DAY },
    ])
      expect(cancel(registeredInstitution(), { procedure })).toEqual([]);
  });

  test('the reactions hear a decision to strike off and a withdrawal that restores, and no other', () => {
    const { cancellation, ...rest } = of;
    const decision = (outcome: 'cancel' | 'keep') => heard(CancellationDecided, { ...of, outcome, decidedOn: DAY, basis });
    const withdrawal = (restores: boolean) => heard(CancellationWithdrawn, { ...of, restores, withdrawnOn: DAY, basis });
    expect(cancelOn.targets(decision('cancel'))).toEqual([{ cancellation, ...rest }]);
    expect(cancelOn.targets(decision('keep'))).toEqual([]);
    expect(restoreOn.targets(withdrawal(true))).toEqual([{ cancellation, ...rest }]);
    expect(restoreOn.targets(withdrawal(false))).toEqual([]);
  });
});

describe('X7: exactly that striking off falls', () => {
  test('given it was struck off, then it is registered again from the day of the restoring, and the same agencies are told', () => {
    const stream = registeredInstitution();
    cancel(stream);
    expect(restore(stream, { today: '2026-04-01', occurredOn: '2026-03-01' })).toMatchObject([
      {
        name: 'BusinessScopeRestored',
        data: { ...of, cancelled: eventId(2), registered: true, restoredOn: '2026-04-01', toTell: expect.arrayContaining(['made-city-court']) },
      },
    ]);
    expect(state(stream)).toMatchObject({ struckOff: [], strikes: [{ from: DAY, until: '2026-04-01' }] });
    expect(state(stream).scopes.toSorted()).toEqual([ITEM, OTHER_ITEM]);
    expect(restore(stream)).toEqual([]);
  });

  test('given the restoring is heard before the striking off, then neither happens and the institution is as it was', () => {
    const stream = registeredInstitution();
    const before = state(stream);
    expect(restore(stream)).toEqual([]);
    expect(cancel(stream, { procedure: { outcome: 'cancel', withdrawnOn: DAY } })).toEqual([]);
    expect(state(stream)).toEqual(before);
  });

  test.each([
    [ID, SECOND],
    [SECOND, ID],
  ])('given two decisions on one item that met, then the item is registered again only when both have fallen', (first, last) => {
    const stream = registeredInstitution();
    cancel(stream);
    expect(cancel(stream, { cancellation: SECOND })).toMatchObject([{ name: 'BusinessScopeCancelled' }]);
    expect(state(stream).struckOff).toEqual([ITEM]);
    expect(restore(stream, { cancellation: first })).toMatchObject([{ data: { cancellation: first, registered: false } }]);
    expect(state(stream)).toMatchObject({ scopes: [OTHER_ITEM], struckOff: [ITEM] });
    expect(restore(stream, { cancellation: last })).toMatchObject([{ data: { cancellation: last, registered: true } }]);
    expect(state(stream)).toMatchObject({ struckOff: [] });
  });

  test('given no institution, then nothing happens', () => {
    expect(cancel(streamOf(institution))).toEqual([]);
    expect(restore(streamOf(institution))).toEqual([]);
  });
});

test('an institution of 60 items, each struck off, restored and struck off again, stays within its state and its rows', () => {
  const items = Array.from({ length: 60 }, (_, at) => `environment-${1000 + at}`);
  const stream = streamOf(institution, [INSTITUTION]);
  stream.write(InstitutionRegistered.of({ ...registration, uscc: 'x'.repeat(64), name: '名'.repeat(200), scopes: items }));
  for (const [at, item] of items.entries()) {
    const about = { ...of, item, toTell: [], basis };
    stream.write(BusinessScopeCancelled.of({ ...about, cancelledOn: DAY }));
    stream.write(BusinessScopeRestored.of({ ...about, cancelled: eventId(2 + 3 * at), registered: true, restoredOn: DAY }));
    stream.write(BusinessScopeCancelled.of({ ...about, cancellation: SECOND, cancelledOn: DAY }));
  }
  expect(state(stream)).toMatchObject({ scopes: [], strikes: { length: 120 } });
  expect(Buffer.byteLength(JSON.stringify(state(stream)))).toBeLessThanOrEqual(LIMITS.state);
  expect(stream.rows()).toHaveLength(3);
});
