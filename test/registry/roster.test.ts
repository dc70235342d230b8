import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../functions/kernel/decision.ts';
import type { ListingRow } from '../../functions/kernel/ports.ts';
import roster from '../../functions/registry/queries/roster.ts';
import { rosterLine, scopesOn } from '../../functions/registry/roster.ts';
import { viewsOf } from '../support/views.ts';
import { BUREAU, INSTITUTION, ITEM, OTHER_ITEM, officer } from './made.ts';

const institution = {
  uscc: INSTITUTION,
  name: '虚构鉴定所',
  division: '360802',
  supervisedBy: BUREAU,
  registeredOn: '2021-05-01',
  scopes: [OTHER_ITEM, ITEM] as string[],
  struckOff: [] as string[],
  strikes: [] as { item: string; from: string; until: string | null }[],
};
const struck = (until: string | null) => ({
  ...institution,
  scopes: until === null ? [OTHER_ITEM] : [OTHER_ITEM, ITEM],
  struckOff: until === null ? [ITEM] : [],
  strikes: [{ item: ITEM, from: '2026-03-10', until }],
});
const appraisers = [
  { scopes: [ITEM, OTHER_ITEM], registeredOn: '2021-05-01' },
  { scopes: [ITEM], registeredOn: '2022-01-01' },
];

describe('R-7: who was registered for what on a given day', () => {
  test('given an item struck off, then it stands in the roster of the day before, and from its day on no more; the others stay', () => {
    expect(scopesOn(struck(null), '2026-03-09')).toEqual([ITEM, OTHER_ITEM]);
    expect(scopesOn(struck(null), '2026-03-10')).toEqual([OTHER_ITEM]);
    expect(scopesOn(struck(null), '2030-01-01')).toEqual([OTHER_ITEM]);
  });

  test('given it was restored, then it stands from that day on again, and the time between stays as it was', () => {
    expect(scopesOn(struck('2026-04-01'), '2026-03-31')).toEqual([OTHER_ITEM]);
    expect(scopesOn(struck('2026-04-01'), '2026-04-01')).toEqual([ITEM, OTHER_ITEM]);
  });

  test('given two decisions that overlap, then it stands again only when neither holds', () => {
    const both = { ...struck('2026-04-01'), strikes: [...struck('2026-04-01').strikes, { item: ITEM, from: '2026-03-20', until: '2026-05-01' }] };
    expect(scopesOn(both, '2026-04-30')).toEqual([OTHER_ITEM]);
    expect(scopesOn(both, '2026-05-01')).toEqual([ITEM, OTHER_ITEM]);
  });

  test('given a day, then appraisers count from the day of their registration, for items that the institution has on that day', () => {
    expect(rosterLine(institution, appraisers, '2021-12-31')).toMatchObject({ appraisers: 1, scopes: [{ item: ITEM, appraisers: 1 }, {}] });
    expect(rosterLine(institution, appraisers, '2022-01-01')).toEqual({
      uscc: INSTITUTION,
      name: '虚构鉴定所',
      division: '360802',
      supervisedBy: BUREAU,
      registeredOn: '2021-05-01',
      scopes: [
        { item: ITEM, title: '法医临床鉴定（人体损伤程度鉴定）', appraisers: 2 },
        { item: OTHER_ITEM, title: '法医临床鉴定（人体残疾等级鉴定）', appraisers: 1 },
      ],
      appraisers: 2,
    });
    expect(rosterLine(struck(null), appraisers, '2026-03-10')).toMatchObject({ scopes: [{ item: OTHER_ITEM, appraisers: 1 }], appraisers: 2 });
  });

  test('given a day before its registration, then it does not stand in it; on the day itself it does', () => {
    expect(rosterLine(institution, appraisers, '2021-04-30')).toBeUndefined();
    expect(rosterLine(institution, appraisers, '2021-05-01')).toBeDefined();
  });

  test('whatever was struck off when: on each day every item is either registered or within a strike', () => {
    const day = fc.date({ min: new Date('2021-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }).map((each) => each.toISOString().slice(0, 10));
    const strike = fc.record({ item: fc.constantFrom<string>(ITEM, OTHER_ITEM), from: day, until: fc.option(day) });
    fc.assert(
      fc.property(fc.array(strike, { maxLength: 6 }), day, (strikes, on) => {
        const open = strikes.filter(({ until }) => until === null).map(({ item }) => item);
        const listed = {
          ...institution,
          scopes: institution.scopes.filter((item) => !open.includes(item)),
          struckOff: institution.scopes.filter((item) => open.includes(item)),
          strikes,
        };
        for (const item of [ITEM, OTHER_ITEM]) {
          const within = strikes.some((each) => each.item === item && each.from <= on && on < (each.until ?? '9999'));
          expect(scopesOn(listed, on).includes(item)).toBe(!within);
        }
      }),
    );
  });
});

describe('名册, asked', () => {
  const line = (listing: string, partition: string, sort: string, item: object): ListingRow => ({ listing, partition, sort, item: item as ListingRow['item'] });
  const second = { ...institution, uscc: 'made-second', registeredOn: '2025-01-01' };
  const views = viewsOf([
    line('registry/roster', 'all', `360802/${INSTITUTION}`, struck(null)),
    line('registry/roster', 'all', '360803/made-second', second),
    ...appraisers.map((each, at) => line('registry/appraisers', INSTITUTION, String(at), { person: String(at), ...each })),
  ]);
  const ask = (parameters: object) =>
    roster.read(roster.parameters.parse(parameters), { views, actor: officer, now: '', today: '2026-03-10', pseudonym: () => '' });

  test('given no day, then today’s, by division; nothing of persons but how many', async () => {
    const answer = await ask({});
    expect(answer).toMatchObject({
      day: '2026-03-10',
      next: null,
      items: [
        { uscc: INSTITUTION, scopes: [{ item: OTHER_ITEM, appraisers: 1 }], appraisers: 2 },
        { uscc: 'made-second', appraisers: 0 },
      ],
    });
    expect(JSON.stringify(answer)).not.toMatch(/person|strikes/);
  });

  test('given a day gone by, then that day’s: whoever was not registered yet is left out, also where it stands alone on a page', async () => {
    expect(await ask({ day: '2024-12-31' })).toMatchObject({ items: [{ uscc: INSTITUTION, scopes: [{ item: ITEM }, { item: OTHER_ITEM }] }] });
    const first = (await ask({ day: '2024-12-31', limit: '1' })) as { items: unknown[]; next: string };
    expect(await ask({ day: '2024-12-31', limit: '1', cursor: first.next })).toMatchObject({ items: [], next: null });
  });

  test('given tomorrow: refused; given no day that exists: malformed', async () => {
    const future = await ask({ day: '2026-03-11' });
    expect(isRefusal(future) && future).toMatchObject({ refused: 'rule', code: 'day_in_future', pointer: '/day', basis: { article: '第三条' } });
    for (const day of ['2026-02-29', '2026-13-01', '20260310', '']) expect(roster.parameters.safeParse({ day }).success).toBe(false);
  });
});
