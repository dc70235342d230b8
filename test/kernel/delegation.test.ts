import { describe, expect, test } from 'vitest';
import { DelegationGiven, DelegationRevoked } from '../../events/agencies.ts';
import delegate from '../../functions/agencies/commands/delegate.ts';
import revokeDelegation from '../../functions/agencies/commands/revoke-delegation.ts';
import { delegation } from '../../functions/agencies/delegation.ts';
import { command } from '../../functions/kernel/command.ts';
import { define } from '../../functions/kernel/definitions.ts';
import { personPseudonym } from '../../functions/kernel/identity.ts';
import type { Preview } from '../../functions/kernel/preview.ts';
import { readTrace } from '../../functions/kernel/trace.ts';
import { closeShelf, count, moveBox, openBox, PARTS, showBox, whisperBox } from '../support/made-context.ts';
import { type Made, PEOPLE, type PersonName, post, refusal, setUpMade } from '../support/made-kernel.ts';

/** As {@link moveBox}, which nobody may do for another. */
const liftBox = command({ ...moveBox, name: 'made/lift-box', inPerson: true });

const definitions = define({
  ...PARTS,
  events: [...PARTS.events, DelegationGiven, DelegationRevoked],
  aggregates: [...PARTS.aggregates, delegation],
  commands: [...PARTS.commands, delegate, revokeDelegation, liftBox],
  fingerprints: new Map([...PARTS.fingerprints, [delegation.name, 'folded-by-the-first-code']]),
});
const setUp = () => setUpMade({ definitions });
const BOX = { box: '1', shelf: 'a' };
/** The first day of a made world. */
const TODAY = '2026-03-04';

async function given(made: Made, change: object = {}, by: PersonName = 'leader'): Promise<string> {
  const input = { to: PEOPLE.operator.person, commands: [openBox.name, moveBox.name], from: TODAY, until: '2026-03-06', ...change };
  return (await made.done(delegate, input, { as: by })).correlationId;
}
const pseudonym = (made: Made, who: PersonName) => personPseudonym(made.keyRing, PEOPLE[who].person);
const streamOf = (id: string) => `agencies/delegation/${id}`;

describe('X12: under a delegation', () => {
  test('a command is decided with the delegator’s roles, and the commit names both and what it rested on', async () => {
    const made = await setUp();
    expect(refusal(await made.run(openBox, BOX, { as: 'operator' })).code).toBe('forbidden');
    const id = await given(made);
    await made.done(openBox, BOX, { as: 'operator', delegation: id });
    const [commit] = await made.commits('made/box/1');
    expect(commit?.actor).toEqual({
      agency: 'made-bureau',
      kind: 'justice-bureau',
      roles: ['operator'],
      person: pseudonym(made, 'operator'),
      onBehalfOf: { person: pseudonym(made, 'leader'), roles: ['leader'], delegation: id },
    });
    expect(commit?.facts).toContainEqual({ stream: streamOf(id), version: 1, guarded: true });
  });

  test('a command of one’s own names nobody else and reads no delegation', async () => {
    const made = await setUp();
    await given(made);
    made.calls.length = 0;
    await made.done(openBox, BOX);
    expect((await made.commits('made/box/1'))[0]?.actor).not.toHaveProperty('onBehalfOf');
    expect(made.calls.filter((call) => call.includes('agencies/delegation'))).toEqual([]);
  });

  test('it is read once, and costs no more than that', async () => {
    const made = await setUp();
    const id = await given(made);
    made.calls.length = 0;
    await made.done(openBox, BOX, { as: 'operator', delegation: id });
    expect(made.calls.filter((call) => call.startsWith('head agencies/'))).toEqual([`head ${streamOf(id)}`]);
    expect(made.calls.filter((call) => call.startsWith('append'))).toEqual(['append made/box/1']);
  });

  test('all of the delegator’s commands, and no more than the delegator’s: one’s own roles do not count beside', async () => {
    const made = await setUp();
    const id = await given(made, { commands: ['all'], to: PEOPLE.officer.person });
    await made.done(count, { tally: 't', by: 1 }, { as: 'officer', delegation: id });
    const onlyOperators = command({ ...count, name: 'made/count-as-operator', who: [{ kind: 'justice-bureau', roles: ['operator'] }] });
    const toOperator = await given(made, { commands: ['all'] });
    expect(refusal(await made.run(onlyOperators, { tally: 't', by: 1 }, { as: 'operator', delegation: toOperator })).code).toBe('forbidden');
    await made.done(onlyOperators, { tally: 't', by: 1 }, { as: 'operator' });
  });

  test('a relation of the table of rights still asks who acts and where', async () => {
    const made = await setUp();
    const id = await given(made, { commands: [showBox.name] });
    await made.done(openBox, BOX);
    await made.done(showBox, { box: '1', purpose: '虚构' }, { as: 'operator', delegation: id });
    await made.done(moveBox, { box: '1', shelf: 'lost' });
    expect(refusal(await made.run(showBox, { box: '1', purpose: '虚构' }, { as: 'operator', delegation: id })).detail).toBe('仅限：该架所属机关');
  });

  test('the trace says 受委托 with both roles and no person', async () => {
    const made = await setUp();
    const id = await given(made);
    const { correlationId } = await made.done(openBox, BOX, { as: 'operator', delegation: id });
    await made.province.settle();
    const { tree } = await readTrace(made.views, correlationId);
    expect(tree[0]).toMatchObject({ roles: ['operator'], onBehalfOf: { roles: ['leader'] } });
    expect(tree[0]?.followed[0]).not.toHaveProperty('onBehalfOf');
    for (const hidden of [pseudonym(made, 'operator'), pseudonym(made, 'leader'), id]) expect(JSON.stringify(tree)).not.toContain(hidden);
  });
});

describe('X12: a delegation does not serve', () => {
  type Try = { as?: PersonName; change?: object; by?: PersonName; next?: (made: Made, id: string) => unknown; day?: string; ask?: typeof openBox };
  test.each<[string, string, Try]>([
    ['that is none', 'delegation_unknown', { next: () => '0'.repeat(32) }],
    ['of another person', 'delegation_unknown', { as: 'colleague' }],
    ['to oneself as the delegator', 'delegation_unknown', { as: 'leader' }],
    ['of another agency', 'delegation_unknown', { by: 'neighbour' }],
    ['of an agency of another kind', 'delegation_unknown', { as: 'namesake' }],
    ['that is revoked', 'delegation_revoked', { next: (made, delegation) => made.done(revokeDelegation, { delegation }, { as: 'leader' }) }],
    ['before its first day', 'delegation_not_in_force', { change: { from: '2026-03-05' } }],
    ['after its last day', 'delegation_not_in_force', { day: '2026-03-07' }],
    ['for another command', 'delegation_not_covering', { change: { commands: [moveBox.name] } }],
    ['where who acts is sealed', 'delegation_not_possible', { change: { commands: ['all'] }, ask: whisperBox as never }],
  ])('%s: 403, %s', async (_, code, { as = 'operator', change = {}, by = 'leader', next, day, ask = openBox }) => {
    const made = await setUp();
    const id = await given(made, change, by);
    const other = await next?.(made, id);
    if (day) made.clock.at = Date.parse(`${day}T02:00:00.000Z`);
    const before = made.snapshot();
    const body = { ...BOX, story: '虚构' };
    const found = refusal(await made.run(ask, body, { as, delegation: typeof other === 'string' ? other : id }));
    expect(found).toEqual({ refused: 'forbidden', code, detail: expect.stringMatching(/^\p{Script=Han}[\p{Script=Han}，]+$/u) });
    expect(made.snapshot()).toEqual(before);
  });

  test('for what is done in person, not even where it names it; nor for delegating further', async () => {
    const made = await setUp();
    await made.done(openBox, BOX);
    const id = await given(made, { commands: ['all'] });
    expect(refusal(await made.run(liftBox, { box: '1', shelf: 'b' }, { as: 'operator', delegation: id })).code).toBe('delegation_not_possible');
    const further = { to: PEOPLE.colleague.person, commands: ['all'], from: TODAY, until: '2026-03-06' };
    expect(refusal(await made.run(delegate, further, { as: 'operator', delegation: id })).code).toBe('delegation_not_possible');
    expect(refusal(await made.run(revokeDelegation, { delegation: id }, { as: 'operator', delegation: id })).code).toBe('delegation_not_possible');
  });

  test.each([
    ['2026-03-04T15:59:59.999Z', 'the last moment before the first day, in Shanghai', false],
    ['2026-03-04T16:00:00.000Z', 'the first moment of the first day', true],
    ['2026-03-06T15:59:59.999Z', 'the last moment of the last day', true],
    ['2026-03-06T16:00:00.000Z', 'the first moment after it', false],
  ])('but from the first day to the last: at %s, %s', async (instant, _, serves) => {
    const made = await setUp();
    const id = await given(made, { from: '2026-03-05' });
    made.clock.at = Date.parse(instant);
    expect((await made.run(openBox, BOX, { as: 'operator', delegation: id })).outcome).toBe(serves ? 'done' : 'refused');
  });
});

describe('X12: a revocation at the same moment comes first', () => {
  test('the delegation is guarded: what was being decided under it is decided again, and refused', async () => {
    const made = await setUp();
    const id = await given(made);
    made.rivals.push(() => made.done(revokeDelegation, { delegation: id }, { as: 'leader' }));
    expect(refusal(await made.run(openBox, BOX, { as: 'operator', delegation: id })).code).toBe('delegation_revoked');
    expect(await made.commits('made/box/1')).toEqual([]);
  });

  test('also where there was nothing to do', async () => {
    const made = await setUp();
    const id = await given(made);
    await made.done(openBox, BOX);
    made.rivals.push(() => made.done(revokeDelegation, { delegation: id }, { as: 'leader' }));
    expect(refusal(await made.run(moveBox, { box: '1', shelf: 'a' }, { as: 'operator', delegation: id })).code).toBe('delegation_revoked');
  });

  test('a rival on another stream costs a second decision and no more', async () => {
    const made = await setUp();
    const id = await given(made);
    made.rivals.push(() => made.done(closeShelf, { shelf: 'a' }));
    expect(refusal(await made.run(openBox, BOX, { as: 'operator', delegation: id })).code).toBe('shelf_closed');
  });
});

describe('over HTTP', () => {
  const as = (who: PersonName, headers: Record<string, string>) => ({ authorization: who, ...headers });

  test('the header `Delegation` names it; the answer is that of any command', async () => {
    const made = await setUp();
    const delegation = await given(made);
    expect((await post(made, 'open-box', BOX, as('operator', { delegation }))).status).toBe(201);
    const { status, body } = await post(made, 'open-box', { ...BOX, box: '2' }, as('colleague', { delegation }));
    expect({ status, body }).toMatchObject({
      status: 403,
      body: { type: 'urn:jianheng:problem:forbidden', code: 'delegation_unknown', detail: '没有委托您办理的此项委托' },
    });
    expect(body).not.toHaveProperty('errors');
  });

  test.each(['', 'x', '0'.repeat(31), 'A'.repeat(32), `${'0'.repeat(32)} `])('a header that names nothing (%j): 400', async (delegation) => {
    const made = await setUp();
    expect((await post(made, 'open-box', BOX, { delegation })).body).toMatchObject({ status: 400, code: 'invalid_delegation' });
  });

  test('the same key with and without it, or under another, is not the same call', async () => {
    const made = await setUp();
    const [one, other] = [await given(made, { to: PEOPLE.officer.person }), await given(made, { to: PEOPLE.officer.person })];
    const send = (headers: Record<string, string>) => post(made, 'open-box', BOX, headers);
    const first = await send({ delegation: one });
    expect(first.status).toBe(201);
    expect(await send({ delegation: one })).toMatchObject({ status: 200, body: first.body });
    for (const headers of [{}, { delegation: other }] as Record<string, string>[])
      expect((await send(headers)).body).toMatchObject({ status: 409, code: 'idempotency_key_reused' });
  });

  test('a call that was accepted and is repeated when the delegation is over gets nothing: who has no right now learns nothing', async () => {
    const made = await setUp();
    const delegation = await given(made);
    await post(made, 'open-box', BOX, as('operator', { delegation }));
    await made.done(revokeDelegation, { delegation }, { as: 'leader' });
    expect((await post(made, 'open-box', BOX, as('operator', { delegation }))).body).toMatchObject({ status: 403, code: 'delegation_revoked' });
  });

  test('a preview under it tells what would follow and writes nothing; without it, it is refused', async () => {
    const made = await setUp();
    const delegation = await given(made);
    const before = made.snapshot();
    const told: { body: Preview } = await post(made, 'open-box', BOX, as('operator', { delegation }), 'preview=true');
    expect(told.body.steps.map(({ command: name }) => name)).toEqual(['made/open-box', 'made/print-label']);
    expect((await post(made, 'open-box', BOX, as('operator', {}), 'preview=true')).status).toBe(403);
    expect(made.snapshot()).toEqual(before);
  });
});
