import { expect, test } from 'vitest';
import { losing, madeFolder } from './made-folder.ts';

test('what is missing is told by reaction and event, and exactly that is driven', async () => {
  const folder = await madeFolder(2);
  await folder.host();
  await folder.more(1);
  await folder.host(losing);
  const { code, text } = await folder.ops('audit', 'completeness');
  expect(code).toBe(1);
  expect(text.split('\n').slice(0, 4)).toEqual([
    '5 commits with 5 events: 3 consequences are owed.',
    '1 consequence is missing:',
    '  1 of "list agency" 登入名录后列入区划名单 (agencies/list-agency).',
    expect.stringMatching(/^ {4}AgencyRegistered 单位已登入名录, event [0-9a-f]{32}, of agencies\/agency, recorded \d{4}-\d\d-\d\d$/),
  ]);
  expect(text).toContain('npm run ops -- audit completeness --redrive');

  const dry = await folder.ops('audit', 'completeness', '--redrive', '--dry-run');
  expect(dry).toMatchObject({ code: 1, text: expect.stringMatching(/1 event would go .*\nNothing was written/s) });
  await folder.host();
  expect(await folder.listed()).toBe(2);

  const driven = await folder.ops('audit', 'completeness', '--redrive');
  expect(driven).toMatchObject({ code: 0, text: expect.stringContaining('1 event went on the queue') });
  expect((await folder.ops('audit', 'completeness')).text).toContain('In its queue wait 1 message, in its dead letters 0.');
  await folder.host();
  expect(await folder.listed()).toBe(3);
  expect(await folder.ops('audit', 'completeness')).toMatchObject({
    code: 0,
    text: expect.stringMatching(/^6 .*\n0 consequences are missing\.\n0 chains are broken\.$/),
  });
});

test('many of one reaction are counted, and twenty told', async () => {
  const folder = await madeFolder(23);
  const { text } = await folder.ops('audit', 'completeness');
  expect(text).toContain('  23 of "list agency"');
  expect(text.match(/ event [0-9a-f]{32},/g)).toHaveLength(20);
  expect(text).toContain('    and 3 more\n');
  expect((await folder.ops('audit', 'completeness', '--from', '2999-01-01')).text).toMatch(
    /^0 commits with 0 events: 0 consequences are owed\.\n0 consequences/,
  );
});

test('a chain that does not hold is told by its kind and its commit, never by its key, and nothing is driven from it', async () => {
  const folder = await madeFolder(1);
  folder.tamper(
    `DROP TRIGGER commits_stay; UPDATE commits SET bytes = CAST(replace(CAST(bytes AS TEXT), '虚构', '真实') AS BLOB) WHERE stream LIKE 'agencies/agency/%'`,
  );
  const { code, text } = await folder.ops('audit', 'completeness', '--redrive');
  expect(code).toBe(1);
  expect(text).not.toContain('on the queue');
  expect(text).toContain('A stream of agencies/agency does not hold at its commit 1: its bytes are not those that were written.');
  expect(text).toContain('1 chain is broken');
});
