import { describe, expect, test } from 'vitest';
import { AgencyListed, AgencyRegistered, rosterKind } from '../../events/agencies.ts';
import { agencyKind } from '../../events/agency-kind.ts';
import { agency } from '../../functions/agencies/agency.ts';
import listAgency from '../../functions/agencies/commands/list-agency.ts';
import registerAgency from '../../functions/agencies/commands/register-agency.ts';
import { type DivisionState, division, LISTED_AT_MOST } from '../../functions/agencies/division.ts';
import listOn from '../../functions/agencies/reactions/list-agency.ts';
import { LIMITS } from '../../functions/kernel/limits.ts';
import { fact, given } from '../support/given.ts';
import { heard } from '../support/heard.ts';

const listed = (id: string) => AgencyListed.of({ division: '360802', id, kind: 'court' });
const full = Array.from({ length: LISTED_AT_MOST }, (_, at) => listed(`made-court-${at}`));
const registered = (kind: (typeof agencyKind.options)[number]) => ({
  id: 'made-agency',
  name: '虚构单位',
  kind,
  level: 'county' as const,
  division: '360802',
  superior: null,
  discipline: null,
});

describe('P-3: whom a change of the roster concerns stands in the list of its division', () => {
  test.each(rosterKind.options)('given a %s in the directory, then it is listed at its division', (kind) => {
    expect(listOn.targets(heard(AgencyRegistered, registered(kind)))).toEqual([{ division: '360802', id: 'made-agency', kind }]);
  });

  test.each(agencyKind.options.filter((kind) => !rosterKind.safeParse(kind).success))('given a %s, then it is not', (kind) => {
    expect(listOn.targets(heard(AgencyRegistered, registered(kind)))).toEqual([]);
  });

  test('given two of one division, then both stand in it, each once', () => {
    given(division, listed('made-court'))
      .when(listAgency, { division: '360802', id: 'made-police', kind: 'police' })
      .thenState({ agencies: ['made-court', 'made-police'] });
    given(division, listed('made-court')).when(listAgency, { division: '360802', id: 'made-court', kind: 'court' }).thenNothing();
  });

  test(`given one less than ${LISTED_AT_MOST}, then one more is listed; given so many, it is refused aloud, and who stands in it is not`, () => {
    const one = { division: '360802', id: 'made-one-more', kind: 'court' };
    expect(given(division, ...full.slice(1)).when(listAgency, one).decision).toMatchObject([{ name: 'AgencyListed' }]);
    given(division, ...full)
      .when(listAgency, one)
      .thenRefused({ refused: 'rule', code: 'division_list_full', pointer: '/division' });
    given(division, ...full)
      .when(listAgency, { ...one, id: 'made-court-0' })
      .thenNothing();
  });

  test('given a full list, then the directory takes no further agency that would have to stand in it, and any other', () => {
    const when = (kind: (typeof agencyKind.options)[number], length: number) =>
      given(agency).when(registerAgency, registered(kind), {
        facts: { superior: fact(undefined, 0), discipline: fact(undefined, 0), list: fact({ agencies: Array.from({ length }, String) }) },
      }).decision;
    expect(when('court', LISTED_AT_MOST)).toMatchObject({ refused: 'rule', code: 'division_list_full' });
    expect(when('court', LISTED_AT_MOST - 1)).toMatchObject([{ name: 'AgencyRegistered' }]);
    const { list } = registerAgency.facts?.(registered('organ'), {} as never) ?? {};
    expect(list?.key).toBeUndefined();
    expect(registerAgency.facts?.(registered('police'), {} as never).list.key).toEqual(['360802']);
  });

  test('a full list of the longest ids stays within a state, and three of them within what one event tells', () => {
    let state: DivisionState = division.initial;
    for (let at = 0; at < LISTED_AT_MOST; at += 1)
      state = division.evolve.AgencyListed(state, { division: '360802', id: String(at).padStart(64, 'x'), kind: 'court' }, {} as never);
    expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThanOrEqual(LIMITS.state);
    expect(3 * LISTED_AT_MOST).toBe(300);
  });
});
