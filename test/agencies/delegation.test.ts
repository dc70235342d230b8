import { describe, expect, test } from 'vitest';
import { DelegationGiven, DelegationRevoked } from '../../events/agencies.ts';
import { DELEGATION } from '../../functions/agencies/articles.ts';
import delegate from '../../functions/agencies/commands/delegate.ts';
import revokeDelegation from '../../functions/agencies/commands/revoke-delegation.ts';
import { delegation } from '../../functions/agencies/delegation.ts';
import delegations from '../../functions/agencies/queries/delegations.ts';
import type { Actor } from '../../functions/kernel/identity.ts';
import type { ListingRow } from '../../functions/kernel/ports.ts';
import { given, TODAY } from '../support/given.ts';
import { id } from '../support/heard.ts';

const actor = (person: string, ...roles: Actor['roles']): Actor => ({ agency: 'made-justice', kind: 'justice-bureau', division: '360800', person, roles });
const officer = actor(id('1'), 'officer');
const leader = actor(id('2'), 'leader');
const another = actor(id('3'), 'officer');
const ID = id('d');
/** As the input of a call names it, and as the made key ring would. */
const TO = 'made-person';
const input = (change: object = {}) => ({ to: TO, commands: ['sanctions/find-breach'], from: TODAY, until: '2026-06-30', ...change });
const fact = {
  delegation: ID,
  agency: 'made-justice',
  kind: 'justice-bureau' as const,
  delegator: officer.person,
  roles: ['officer'],
  delegate: id('4'),
  commands: ['sanctions/find-breach'],
  from: TODAY,
  until: '2026-06-30',
};
const standing = DelegationGiven.of({ ...fact, givenOn: TODAY, basis: DELEGATION });
const revoked = (on: string) => {
  const { agency, delegator, delegate: to } = fact;
  return DelegationRevoked.of({ delegation: ID, agency, delegator, delegate: to, revokedOn: on, basis: DELEGATION });
};
/** Ids of this support are no pseudonyms: the event itself is looked at, not its schema. */
const decided = (change: object = {}, by = officer) =>
  delegate.decide(null, delegate.input.parse(input(change)), {
    actor: by,
    province: '360000',
    callId: ID,
    pseudonym: (kind: string, value: string) => (kind === 'person' ? (value === TO ? fact.delegate : by.person) : ''),
    today: TODAY,
    policy: { delegation: { atMost: { months: 12 } } },
  } as never);

describe('X12: an officer can delegate', () => {
  test('given nobody’s delegation, when an officer delegates commands for a time, then it is given, with the roles of this day and pseudonyms alone', () => {
    expect(decided()).toMatchObject([{ name: 'DelegationGiven', data: { ...fact, givenOn: TODAY, basis: DELEGATION } }]);
    expect(JSON.stringify(decided())).not.toContain(TO);
    expect(decided({ commands: ['all'] }, actor(officer.person, 'officer', 'registrar'))).toMatchObject([
      { data: { commands: ['all'], roles: ['officer', 'registrar'] } },
    ]);
  });

  test.each([
    [TODAY, TODAY, 'one day, today'],
    [TODAY, '2027-03-10', 'a year, whose first day is not counted (X2)'],
    ['2026-05-01', '2027-05-01', 'a year from a day to come'],
  ])('from %s until %s: %s', (from, until) => {
    expect(decided({ from, until })).toMatchObject([{ data: { from, until } }]);
  });

  test.each([
    ['to oneself', { to: 'oneself' }, 'delegated_to_oneself', '/to'],
    ['from yesterday', { from: '2026-03-09' }, 'delegation_backdated', '/from'],
    ['until the day before its first', { from: '2026-03-12', until: '2026-03-11' }, 'delegation_without_days', '/until'],
    ['for a year and a day', { until: '2027-03-11' }, 'delegation_too_long', '/until'],
  ])('not %s', (_, change, code, pointer) => {
    expect(decided(change)).toMatchObject({ refused: 'rule', code, pointer, basis: { article: '第八条', reading: expect.any(String) } });
  });

  test.each([['find-breach'], ['sanctions/'], [], 'all', ['some'], ['Sanctions/Find']].map((commands) => ({ commands })))(
    'commands are named in full: not $commands',
    ({ commands }) => {
      expect(delegate.input.safeParse(input({ commands })).success).toBe(false);
    },
  );

  test('an operator, an institution and a court give none: there is nothing of theirs to decide', () => {
    const lines = delegate.who as readonly { kind: string; roles: readonly string[] }[];
    expect(lines.map(({ kind, roles }) => [kind, roles])).toEqual([
      ['justice-bureau', ['officer', 'leader']],
      ['ministry', ['officer', 'leader']],
    ]);
  });
});

describe('X12: a delegation ends when it is revoked', () => {
  test.each([
    ['who gave it', officer],
    ['a leader of the agency', leader],
  ])('given one, when %s revokes it, then it is revoked', (_, by) => {
    given(delegation, standing)
      .when(revokeDelegation, { delegation: ID }, { actor: by })
      .thenEvents(revoked(TODAY))
      .thenState({ ...fact, revokedOn: TODAY });
  });

  test('given one, when another officer or another agency’s leader revokes it, then not', () => {
    const others = [
      [another, '仅限：委托人本人'],
      [{ ...leader, agency: 'made-other' }, '仅限：委托人所在单位'],
    ] as const;
    for (const [by, detail] of others)
      given(delegation, standing).when(revokeDelegation, { delegation: ID }, { actor: by }).thenRefused({ refused: 'forbidden', detail });
  });

  test('given a revoked one, then there is nothing to do; given none, then it is not found', () => {
    given(delegation, standing, revoked('2026-03-09'))
      .when(revokeDelegation, { delegation: ID }, { actor: officer })
      .thenNothing()
      .thenState({ ...fact, revokedOn: '2026-03-09' });
    given(delegation).when(revokeDelegation, { delegation: ID }, { actor: officer }).thenRefused({ refused: 'not-found', pointer: '/delegation' });
  });
});

describe('X12: who may see delegations', () => {
  const rows = (...events: Parameters<typeof given>[1][]): readonly ListingRow[] =>
    given(delegation, ...events)
      .when(revokeDelegation, { delegation: ID })
      .stream.rows();
  const read = async (row: ListingRow, by: Actor, today: string) => {
    const asked: string[][] = [];
    const views = {
      rows: async (listing: string, partition: string) => {
        asked.push([listing, partition]);
        return { rows: [row] };
      },
    };
    const { items } = (await delegations.read({}, { views, actor: by, today } as never)) as unknown as { items: { own: string | null; standing: string }[] };
    expect(asked).toEqual([['agencies/delegations', by.agency]]);
    return [items[0]?.own, items[0]?.standing];
  };
  const row = { listing: 'agencies/delegations', partition: fact.agency, sort: `2026-06-30/${ID}`, item: { ...fact, revokedOn: null } };

  test('it stands under its agency', () => {
    expect(rows(standing)).toEqual([{ ...row, item: { ...fact, revokedOn: TODAY } }]);
  });

  test.each([
    [officer, '2026-03-09', ['given', 'to-come']],
    [officer, TODAY, ['given', 'in-force']],
    [actor(fact.delegate, 'operator'), '2026-06-30', ['received', 'in-force']],
    [another, '2026-07-01', [null, 'over']],
  ] as const)('told to its agency, with whose it is and how it stands', async (by, today, told) => {
    expect(await read(row, by, today)).toEqual(told);
    expect((await read({ ...row, item: { ...fact, revokedOn: TODAY } }, by, today))[1]).toBe('revoked');
  });
});
