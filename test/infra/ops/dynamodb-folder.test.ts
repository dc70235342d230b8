import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { dayOf } from '../../../functions/kernel/calendar.ts';
import type { Deployment } from '../../../infra/local/deployment.ts';
import { openHost } from '../../../infra/local/open-host.ts';
import { dynamoDbFolder } from '../../../infra/ops/folder-place.ts';
import { httpApi } from '../../support/http-api.ts';
import { withDynamoDb } from '../../support/with-dynamodb.ts';
import { ops, sources } from './made-folder.ts';

const DAY = 86_400_000;

withDynamoDb('operations on the folder of a host on DynamoDB Local', () => {
  const data = mkdtempSync(join(tmpdir(), 'ops-dynamodb-'));
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  /** The feed is walked day by day: from yesterday on here, and not from the first day of every ledger. */
  function young(): Deployment {
    const { deployment } = sources();
    const LEDGER_SINCE = dayOf(Date.now() - DAY);
    const functions = [...deployment.functions].map(([name, each]) => [name, { ...each, environment: { ...each.environment, LEDGER_SINCE } }] as const);
    return { ...deployment, functions: new Map(functions) };
  }
  const run = (...args: string[]) => ops(() => dynamoDbFolder({ ...sources(), data, deployment: young() }), ...args, '--dynamodb');

  test('see what the host wrote, by its clock, publish it again and rebuild it', { timeout: 300_000 }, async () => {
    const open = () => openHost({ province: 'jiangxi', data, port: 0, dynamodb: true });
    const host = await open();
    const api = httpApi(host.url);
    await host.clock.set(Date.now() + 2 * DAY);
    const token = await host.token({
      agency: 'made-province-bureau',
      kind: 'justice-bureau',
      division: '360000',
      person: 'made-operator',
      roles: ['operator'],
    });
    const body = { id: 'made-marker', name: '虚构标记法院', kind: 'court', level: 'city', division: '360100', superior: null, discipline: null };
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': 'made' };
    expect(await api.request({ method: 'POST', path: '/v1/agencies/register-agency', body, headers })).toMatchObject({ status: 201 });
    await host.settle();
    api.close();
    await host.close();

    expect(await run('audit', 'completeness')).toMatchObject({ code: 0, text: expect.stringMatching(/^2 commits with 2 events: 1 consequence is owed\.\n/) });
    expect((await run('dlq', 'list')).code).toBe(0);
    expect(await run('rebuild', 'views', '--dry-run')).toMatchObject({ code: 0, text: expect.stringMatching(/^2 commits give .*\n0 differences\./) });
    expect(await run('rebuild', 'views')).toMatchObject({ code: 0, text: expect.stringMatching(/^2 commits were brought/) });
    expect(await run('replay', '--from', dayOf(Date.now()))).toMatchObject({ code: 0, text: expect.stringMatching(/^2 commits with 2 events/) });

    const again = await open();
    await again.settle();
    await again.close();
    expect((await run('audit', 'completeness')).text).toMatch(/^2 commits .*\n0 consequences are missing\.\n0 chains are broken\.$/);
    expect((await run('rebuild', 'views', '--dry-run')).code).toBe(0);
  });
});
