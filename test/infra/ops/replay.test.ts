import { expect, test } from 'vitest';
import { localKernel } from '../../../infra/local/local-kernel.ts';
import { PROVINCE, registerInstitutions } from '../../bench/made-register.ts';
import { losing, madeFolder } from './made-folder.ts';

test('a replay publishes what was lost on the way to the bus, and once more does nothing twice', async () => {
  const folder = await madeFolder(3);
  await folder.host(losing);
  await folder.host();
  expect(await folder.listed()).toBe(0);
  const dry = await folder.ops('replay', '--from', '2026-01-01', '--dry-run');
  expect(dry).toMatchObject({ code: 0, text: expect.stringMatching(/^3 commits with 3 events since 2026-01-01 would go out again\./) });
  await folder.host();
  expect(await folder.listed()).toBe(0);

  for (const commits of [3, 6]) {
    const done = await folder.ops('replay', '--from', '2026-01-01');
    expect(done).toMatchObject({
      code: 0,
      text: expect.stringMatching(new RegExp(`^${commits} commits with ${commits} events since 2026-01-01 go out again\\.`)),
    });
    await folder.host();
    expect(await folder.listed()).toBe(3);
  }
  expect((await folder.ops('audit', 'completeness')).text).toMatch(/^6 commits .*\n0 consequences are missing\.\n0 chains are broken\.$/);
});

test('a replay leaves out imported history and the days before', async () => {
  const folder = await madeFolder(1);
  const { kernel, close } = localKernel(folder.data, PROVINCE, folder.definitions);
  await registerInstitutions(kernel, { institutions: 2, items: 1 });
  close();
  expect((await folder.ops('replay', '--from', '2026-01-01', '--dry-run')).text).toMatch(/^1 commit with 1 event since/);
  const after = await folder.ops('replay', '--from', '2999-01-01');
  expect(after.text).toMatch(/^0 commits with 0 events/);
});
