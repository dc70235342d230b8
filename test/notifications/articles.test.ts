import { afterAll, beforeAll, expect, test } from 'vitest';
import { NoticeSent } from '../../events/notifications.ts';
import { decodeCommit } from '../../functions/kernel/ledger.ts';
import { isLine } from '../../functions/notifications/line.ts';
import { routingTable } from '../../functions/notifications/routing-table.ts';
import { type MadeProvince, madeProvince, playSlice } from '../api/made-province.ts';

let made: MadeProvince;
beforeAll(async () => {
  made = await madeProvince();
  await playSlice(made);
});
afterAll(() => made.close());

test('X6: every notice that the played slice sends cites an article that its line of the table names', () => {
  const sent = made.host
    .stored()
    .commits.flatMap((record) => decodeCommit(record).events)
    .filter(({ name }) => name === NoticeSent.name)
    .map(({ data }) => NoticeSent.data.parse(data));
  expect(new Set(sent.map(({ event }) => event)).size).toBeGreaterThan(5);
  for (const { event, purpose, basis } of sent) {
    const named = routingTable
      .filter((row) => isLine(row) && row.event.name === event)
      .flatMap((row) => (isLine(row) ? row.article.split(/[、；]/).map((each) => each.replace('吉安方案', '')) : []));
    for (const article of basis.article.split('、'))
      expect(
        named.some((each) => article.startsWith(each)),
        `${event}: ${purpose}: ${article}`,
      ).toBe(true);
  }
});
