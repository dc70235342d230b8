import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DynamoDataKeyStore } from '../../../../functions/kernel/dynamodb/data-key-store.ts';
import { TABLES } from '../../../../functions/kernel/dynamodb/tables.ts';
import { bundle, bundleOf } from '../../../../infra/bundle.ts';
import { deployedOf } from '../../../../infra/deployed.ts';
import { type Account, newAccessKeyId, reaching, runtimeEnvironment } from '../../../../infra/local/aws/account.ts';
import { bundledFunctions } from '../../../../infra/local/aws/bundled-functions.ts';
import { type DynamoDbLocal, makeTables, startDynamoDbLocal } from '../../../../infra/local/aws/dynamodb-local.ts';
import { localKeyService } from '../../../../infra/local/aws/local-key-service.ts';
import { ClockOffset } from '../../../../infra/local/aws/moved-date.ts';
import type { PutEntry } from '../../../../infra/local/aws/put-events.ts';
import { makeSecrets } from '../../../../infra/local/aws/secrets.ts';
import { serveEndpoints } from '../../../../infra/local/aws/service-endpoints.ts';
import { tableStream } from '../../../../infra/local/aws/table-stream.ts';
import type { LocalFunction } from '../../../../infra/local/deployment.ts';
import type { Functions } from '../../../../infra/local/functions.ts';
import { loadDefinitions } from '../../../../infra/local/load-definitions.ts';
import type { StreamSource } from '../../../../infra/local/stream-source.ts';
import { ACTORS, INSTITUTION } from '../../../api/made-province.ts';
import { type ApiAnswer, httpEvent } from '../../../support/api.ts';
import { creationOf } from '../../../support/dynamodb-local.ts';
import { SetClock } from '../../../support/province.ts';
import { withDynamoDb } from '../../../support/with-dynamodb.ts';

const BUNDLED = ['agencies/register-agency', 'registry/register-institution', 'registry/register-appraiser', 'kernel/publish', 'kernel/project'];
const DAY = 86_400_000;

withDynamoDb('the bundles that are deployed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bundles-'));
  const account: Account = { accessKeyId: newAccessKeyId(), region: 'cn-north-1' };
  const offset = new ClockOffset();
  const onBus: PutEntry[] = [];
  const lines: string[] = [];
  const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true })];
  let server: DynamoDbLocal;
  let functions: Functions;
  let stream: () => Promise<StreamSource>;

  beforeAll(async () => {
    const definitions = await loadDefinitions();
    const deployed = deployedOf(definitions).filter(({ name }) => BUNDLED.includes(name));
    const [started] = await Promise.all([startDynamoDbLocal(), bundle(definitions, deployed, folder)]);
    server = started;
    closing.push(() => server.stop());
    const tables = new DynamoDBClient(reaching(server.endpoint, account));
    const streams = new DynamoDBStreamsClient(reaching(server.endpoint, account));
    await makeTables(
      tables,
      Object.values(TABLES).map((table) => ({ name: table.name, creation: creationOf(table) })),
    );
    stream = () => tableStream(tables, streams, TABLES.ledger.name);
    const keyService = localKeyService(new Uint8Array(32).fill(7));
    await makeSecrets(new DynamoDataKeyStore({ client: DynamoDBDocumentClient.from(tables), table: TABLES.keys.name }), keyService);
    const services = await serveEndpoints({
      account,
      keyService,
      clock: new SetClock(0),
      invoke: async () => null,
      put: async (entries) => {
        onBus.push(...entries);
        return entries.map((_, at) => ({ eventId: `made-${at}` }));
      },
    });
    closing.push(() => services.close());
    const environment = {
      PROVINCE: '360000',
      LEDGER_TABLE: TABLES.ledger.name,
      VIEWS_TABLE: TABLES.views.name,
      KEYS_TABLE: TABLES.keys.name,
      BUS: 'made-bus',
      LEDGER_SINCE: '2026-01-01',
    };
    const functionOf = (name: string, inFolder: string): LocalFunction => ({
      name,
      folder: join(folder, inFolder),
      handler: 'index.handler',
      environment,
      timeoutMs: 20_000,
    });
    functions = bundledFunctions({
      functions: new Map(deployed.map((each) => [each.name, functionOf(each.name, bundleOf(each))])),
      runtime: runtimeEnvironment(account, { dynamodb: server.endpoint, services: services.endpoint }),
      offset,
      sink: (line) => lines.push(line),
    });
    closing.push(() => functions.close());
  }, 120_000);
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });

  let sent = 0;
  const post = async (who: keyof typeof ACTORS, command: string, body: object): Promise<{ status: number; body: ApiAnswer['body'] }> => {
    sent += 1;
    const event = httpEvent('POST', `/v1/${command}`, '', { 'idempotency-key': `made-${sent}` }, JSON.stringify(body), ACTORS[who]);
    const { statusCode, body: text } = (await functions.invoke(command, event)) as { statusCode: number; body: string };
    return { status: statusCode, body: JSON.parse(text) };
  };
  const agency = (id: string) => ({ id, name: `虚构${id}`, kind: 'justice-bureau', level: 'province', division: '360000', superior: null, discipline: null });
  const commits = (records: readonly { record: unknown }[]) =>
    records.map(({ record }) => record as DynamoDBRecord).filter(({ dynamodb }) => dynamodb?.NewImage?.version);
  const recordedAt = (record: DynamoDBRecord | undefined): number => Date.parse(record?.dynamodb?.NewImage?.recordedAt?.S ?? '');

  let position: string;

  test('a command is decided, its commit comes out of the stream, publish puts its event on the bus over the wire', async () => {
    const before = Date.now();
    const answer = await post('operator', 'agencies/register-agency', agency('made-city-bureau'));
    expect(answer).toMatchObject({ status: 201, body: { stream: 'agencies/agency/made-city-bureau', version: 1 } });

    const page = await (await stream()).read(undefined, 100);
    position = page.position;
    const Records = commits(page.records);
    expect(Records).toHaveLength(1);
    expect(Records[0]).toMatchObject({ eventName: 'INSERT', eventSource: 'aws:dynamodb', dynamodb: { Keys: { pk: { S: answer.body.stream } } } });
    expect(recordedAt(Records[0])).toBeGreaterThanOrEqual(before);
    expect(recordedAt(Records[0])).toBeLessThanOrEqual(Date.now());

    expect(await functions.invoke('kernel/publish', { Records })).toEqual({ batchItemFailures: [] });
    expect(onBus).toEqual([
      { bus: 'made-bus', source: 'jianheng.agencies', detailType: 'AgencyRegistered', detail: expect.any(String), time: expect.any(String) },
    ]);
    expect(JSON.parse(onBus[0]?.detail ?? '')).toMatchObject({ id: answer.body.events[0].id, subject: answer.body.stream, time: onBus[0]?.time });
    expect(Date.parse(onBus[0]?.time ?? '')).toBe(recordedAt(Records[0]));

    expect(await functions.invoke('kernel/project', { Records })).toEqual({ batchItemFailures: [] });
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ what: 'request-answered', command: 'agencies/register-agency', status: 201 }),
    );
  });

  test('from the position on nothing comes twice, also to a new reader', async () => {
    const reader = await stream();
    expect(await reader.read(position, 100)).toEqual({ records: [], position, end: true });
    const { body } = await post('operator', 'agencies/register-agency', agency('made-later'));
    const page = await (await stream()).read(position, 100);
    expect(commits(page.records).map(({ dynamodb }) => dynamodb?.NewImage?.pk?.S)).toEqual([body.stream]);
    expect(await reader.read(position, 100)).toEqual(page);
    position = page.position;
  });

  test('what is sealed is sealed under the secret that the key service opened', async () => {
    const institution = { uscc: INSTITUTION, name: '虚构鉴定所', division: '360802', supervisedBy: 'made-city-bureau', scopes: ['medicine-0201'] };
    expect(await post('registrar', 'registry/register-institution', institution)).toMatchObject({ status: 201 });
    const appraiser = { institution: INSTITUTION, scopes: ['medicine-0201'], name: '虚构姓名', licence: 'MADE-LICENCE-1' };
    expect(await post('registrar', 'registry/register-appraiser', appraiser)).toMatchObject({ status: 201 });
    const page = await (await stream()).read(position, 100);
    position = page.position;
    const bytes = commits(page.records).map(({ dynamodb }) => Buffer.from(dynamodb?.NewImage?.bytes?.B ?? '', 'base64').toString());
    expect(bytes).toHaveLength(2);
    expect(bytes.join()).not.toContain('MADE-LICENCE-1');
  });

  test('the clock that the host moves is the clock of the functions', async () => {
    offset.ms = 40 * DAY;
    const before = Date.now();
    expect(await post('operator', 'agencies/register-agency', agency('made-in-forty-days'))).toMatchObject({ status: 201 });
    offset.ms = 0;
    const { records } = await (await stream()).read(position, 100);
    expect(recordedAt(commits(records)[0])).toBeGreaterThanOrEqual(before + 40 * DAY);
    expect(recordedAt(commits(records)[0])).toBeLessThanOrEqual(Date.now() + 40 * DAY);
  });
});
