import { expect, test } from 'vitest';
import { madeFolder, PROJECT } from './made-folder.ts';

const SAME = /0 differences\. There is nothing to do\./;

test('a dry run tells by listing and number what stands otherwise than the ledger gives it, and touches nothing', async () => {
  const folder = await madeFolder(4);
  await folder.host();
  expect(await folder.ops('rebuild', 'views', '--dry-run')).toMatchObject({ code: 0, text: expect.stringMatching(SAME) });
  folder.tamper(
    `
    UPDATE rows SET item = json_set(item, '$.name', '虚构标记') WHERE rowid_of = 1;
  `.replace('WHERE rowid_of = 1', `WHERE listing = 'agencies/directory' AND sort = (SELECT max(sort) FROM rows WHERE listing = 'agencies/directory')`),
  );
  folder.tamper(
    `DELETE FROM rows WHERE listing = 'agencies/by-id' AND partition = 'made-marker-1' OR listing = 'agencies/by-id' AND sort LIKE '%made-marker-1%'`,
  );
  folder.tamper(`INSERT INTO rows VALUES ('made/beyond', 'made-marker', 'made-marker', '{}')`);
  folder.tamper(`UPDATE counters SET value = value + 1`);
  folder.tamper(`DELETE FROM marks WHERE stream = 'agencies/agency/made-marker-1'`);
  folder.tamper(`UPDATE marks SET version = 9 WHERE stream = 'agencies/agency/made-marker-2'`);
  for (let time = 0; time < 2; time += 1) {
    const { code, text } = await folder.ops('rebuild', 'views', '--dry-run');
    expect(code).toBe(1);
    expect(text.split('\n').slice(1, -2)).toEqual([
      '  agencies/by-id: 1 missing, where the ledger gives 4 rows.',
      '  agencies/directory: 1 altered, where the ledger gives 4 rows.',
      '  made/beyond: 1 too many, where the ledger gives 0 rows.',
      '  1 counter differs.',
      '  1 stream is not shown at the newest commit. The host may only have been stopped before it got to them.',
      '  1 stream is shown at a newer commit than there was.',
    ]);
  }
});

test('a rebuild mends it, and the host brings no commit into the views a second time', async () => {
  const folder = await madeFolder(4);
  await folder.host();
  folder.tamper(`DELETE FROM rows; UPDATE counters SET value = 77; INSERT INTO rows VALUES ('made/beyond', 'a', 'a', '{}')`);
  const rebuilt = await folder.ops('rebuild', 'views');
  expect(rebuilt).toMatchObject({ code: 0, text: expect.stringMatching(/^8 commits were brought into the views\..*rebuild views --dry-run$/) });
  expect(await folder.ops('rebuild', 'views', '--dry-run')).toMatchObject({ code: 0, text: expect.stringMatching(SAME) });
  let handed = 0;
  await folder.host((name, event) => {
    if (name === PROJECT) handed += (event as { Records: unknown[] }).Records.length;
    return undefined;
  });
  expect(handed).toBe(0);
  await folder.more(1);
  await folder.host();
  expect((await folder.ops('rebuild', 'views', '--dry-run')).code).toBe(0);
});
