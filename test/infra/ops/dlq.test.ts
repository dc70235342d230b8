import { expect, test } from 'vitest';
import { failing, LIST_AGENCY, madeFolder, PROJECT, PUBLISH } from './made-folder.ts';

const DEAD = `${LIST_AGENCY}-dead`;

test('what failed is listed in words, goes back on its queue, and then has every consequence once', async () => {
  const folder = await madeFolder(3);
  await folder.host(failing(LIST_AGENCY));
  const listed = await folder.ops('dlq', 'list');
  expect(listed.code).toBe(1);
  const [head, ...lines] = listed.text.split('\n');
  expect(head).toMatch(
    /^3 messages wait in the dead letters of "list agency" 登入名录后列入区划名单 \(agencies\/list-agency\), the oldest since \d{4}-\d\d-\d\d \d\d:\d\d\.$/,
  );
  const message = /^ {2}\d: AgencyRegistered 单位已登入名录, event [0-9a-f]{32}, of agencies\/agency, recorded \d{4}-\d\d-\d\d; tried 1 time$/;
  expect(lines.map((line) => message.test(line))).toEqual([true, true, true, false]);
  expect(lines.at(-1)).toBe(`  To try them again: npm run ops -- dlq redrive --queue ${DEAD}`);

  expect(await folder.ops('dlq', 'redrive', '--dry-run')).toMatchObject({
    code: 0,
    text: expect.stringMatching(/^3 messages of .*would go back.*\nNothing was written/),
  });
  expect((await folder.ops('dlq', 'list')).text).toBe(listed.text);

  const put = await folder.ops('dlq', 'redrive', '--queue', DEAD);
  expect(put).toMatchObject({ code: 0, text: expect.stringContaining(`went back on the queue ${LIST_AGENCY}.`) });
  expect((await folder.ops('dlq', 'list')).code).toBe(0);
  expect((await folder.ops('dlq', 'redrive')).text).toBe('0 messages lie in the dead letters. There is nothing to do.');
  await folder.host();
  expect(await folder.listed()).toBe(3);
  expect(await folder.ops('audit', 'completeness')).toMatchObject({ code: 0, text: expect.stringContaining('0 consequences are missing.') });
});

test('one message is put back by its number, and the number is known no more', async () => {
  const folder = await madeFolder(2);
  await folder.host(failing(LIST_AGENCY));
  const [first] = /(?<=^ {2})\d+(?=: )/m.exec((await folder.ops('dlq', 'list')).text) ?? [];
  expect(await folder.ops('dlq', 'redrive', '--message', String(first))).toMatchObject({ code: 0, text: expect.stringMatching(/^1 message of/) });
  expect((await folder.ops('dlq', 'list')).text).toMatch(/^1 message waits/);
  expect(await folder.ops('dlq', 'redrive', '--message', String(first))).toMatchObject({ code: 1, text: expect.stringContaining(`No message ${first}`) });
  await folder.host();
  expect(await folder.listed()).toBe(1);
});

test('what publishing gave up is not put back but published again from the day that is told, and is then forgotten', async () => {
  const folder = await madeFolder(2);
  await folder.host(failing(PUBLISH));
  const { text } = await folder.ops('dlq', 'list');
  expect(text).toContain('dead letters of "publish" 事件发布 (kernel/publish)');
  const [, from = ''] = /ops -- replay --from ([\d-]+)$/m.exec(text) ?? [];
  expect(await folder.ops('dlq', 'redrive')).toMatchObject({ code: 1, text: expect.stringMatching(/cannot be put back.*replay --from DAY$/) });
  expect((await folder.ops('replay', '--from', from)).code).toBe(0);
  await folder.host();
  expect(await folder.listed()).toBe(2);
  await forgotten(folder, `${PUBLISH}-dead`);
});

test('the day that is told is that of the events, not that on which they were given up', async () => {
  const folder = await madeFolder(1);
  await folder.host(failing(PUBLISH));
  folder.tamper(`UPDATE messages SET body = json_set(body, '$.DDBStreamBatchInfo.approximateArrivalOfFirstRecord', '2026-07-01T15:59:00.000Z')`);
  expect((await folder.ops('dlq', 'list')).text).toContain('replay --from 2026-07-01\n');
  folder.tamper(`UPDATE messages SET body = json_set(body, '$.DDBStreamBatchInfo.approximateArrivalOfFirstRecord', '2026-07-01T16:00:00.000Z')`);
  expect((await folder.ops('dlq', 'list')).text).toContain('replay --from 2026-07-02\n');
});

test('what the projection gave up is mended by a rebuild, and is then forgotten', async () => {
  const folder = await madeFolder(2);
  await folder.host(failing(PROJECT));
  expect((await folder.ops('dlq', 'list')).text).toMatch(/"project" 视图投影 .*\n(.*\n)* {2}Some commits did not come into the views.*rebuild views --dry-run/);
  expect((await folder.ops('rebuild', 'views', '--dry-run')).code).toBe(1);
  expect((await folder.ops('rebuild', 'views')).code).toBe(0);
  expect((await folder.ops('rebuild', 'views', '--dry-run')).code).toBe(0);
  await forgotten(folder, `${PROJECT}-dead`);
});

test('a schedule that failed is due again anyway', async () => {
  const folder = await madeFolder(1);
  await folder.host((name) => (name.includes('-schedule-') ? Promise.reject(new Error('made up')) : undefined));
  const { text } = await folder.ops('dlq', 'list');
  expect(text).toContain('What was due is found by the next run.');
  const [, dead = ''] = /dlq forget --queue (\S+)/.exec(text) ?? [];
  expect((await folder.ops('dlq', 'redrive', '--queue', dead)).code).toBe(1);
  expect((await folder.ops('dlq', 'forget', '--queue', dead)).code).toBe(0);
});

test('an event is never forgotten', async () => {
  const folder = await madeFolder(1);
  await folder.host(failing(LIST_AGENCY));
  expect(await folder.ops('dlq', 'forget', '--queue', DEAD)).toMatchObject({ code: 2, warnings: expect.stringContaining('dlq redrive --queue') });
  expect((await folder.ops('dlq', 'list')).code).toBe(1);
});

test('a message that is no event is told as that and no more, and the list is cut where it is long', async () => {
  const folder = await madeFolder(0);
  const insert = `INSERT INTO messages (queue, body, sent_at, receives, visible_at) VALUES ('${DEAD}', '"made-marker"', 4102444800000, 0, 0);`;
  folder.tamper(insert.repeat(103));
  const { text } = await folder.ops('dlq', 'list');
  expect(text).toMatch(/^103 messages wait .*since 2100-01-01 08:00\.\n {2}1: no event that these sources know; tried 1 time\n/);
  expect(text).toContain('  3 more are not shown');
});

async function forgotten(folder: Awaited<ReturnType<typeof madeFolder>>, dead: string): Promise<void> {
  expect(await folder.ops('dlq', 'forget', '--queue', dead, '--dry-run')).toMatchObject({ code: 0, text: expect.stringContaining('would be dropped') });
  expect((await folder.ops('dlq', 'list', '--queue', dead)).code).toBe(1);
  expect(await folder.ops('dlq', 'forget', '--queue', dead)).toMatchObject({ code: 0, text: expect.stringMatching(/^\d messages? of .* dropped\.$/) });
  expect((await folder.ops('dlq', 'list')).code).toBe(0);
}
