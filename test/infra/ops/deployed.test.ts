import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { closedNetwork } from '../../../functions/kernel/closed-network.ts';
import { DynamoLedgerStore, SETTLE_MS } from '../../../functions/kernel/dynamodb/ledger-store.ts';
import { DynamoViewStore } from '../../../functions/kernel/dynamodb/view-store.ts';
import type { Kernel } from '../../../functions/kernel/kernel.ts';
import { makeLog } from '../../../functions/kernel/log.ts';
import { NotPermitted } from '../../../functions/kernel/ports.ts';
import { projectBatch } from '../../../functions/kernel/project.ts';
import { busEntries } from '../../../functions/kernel/publish.ts';
import { queueHandler } from '../../../functions/kernel/queue-handler.ts';
import type { AnyReaction } from '../../../functions/kernel/reaction.ts';
import { makeKeyRing } from '../../../functions/kernel/seal.ts';
import { policyFor } from '../../../functions/policy/index.ts';
import { newAccessKeyId, reaching } from '../../../infra/local/aws/account.ts';
import { type DynamoDbLocal, makeTables, startDynamoDbLocal } from '../../../infra/local/aws/dynamodb-local.ts';
import { type JsonService, serveJson } from '../../../infra/local/aws/json-service.ts';
import { putEvents } from '../../../infra/local/aws/put-events.ts';
import { environmentIn } from '../../../infra/local/deployed-environment.ts';
import { EventBus } from '../../../infra/local/event-bus.ts';
import { deployedPlace } from '../../../infra/ops/deployed-place.ts';
import { MemoryDataKeyStore } from '../../simulation/memory-data-keys.ts';
import { MASTER } from '../../support/key-ring.ts';
import { SetClock } from '../../support/province.ts';
import { QueueService } from '../../support/queue-service.ts';
import { withDynamoDb } from '../../support/with-dynamodb.ts';
import { LIST_AGENCY, ops as opsAt, registerCourts, sources } from './made-folder.ts';

const DEAD = `${LIST_AGENCY}-dead`;
const HOUR = 3_600_000;

/** An operator calls no function. */
const nothing = async (): Promise<never> => {
  throw new NotPermitted('made');
};

withDynamoDb('operations on a deployed province', () => {
  let server: DynamoDbLocal;
  beforeAll(async () => {
    server = await startDynamoDbLocal();
  }, 60_000);
  afterAll(() => server?.stop());

  let services: JsonService;
  let queues: QueueService;
  let kernel: Kernel;
  let clock: SetClock;
  let document: DynamoDBDocumentClient;
  let account: { accessKeyId: string; region: string };
  let waits: number[];

  /** An account of its own, with three made courts of which nothing has followed but what the project function does. */
  beforeEach(async () => {
    const { deployment, definitions } = sources();
    const { LEDGER_TABLE, VIEWS_TABLE, LEDGER_SINCE: since } = environmentIn(deployment);
    account = { accessKeyId: newAccessKeyId(), region: 'cn-north-1' };
    clock = new SetClock('2026-07-01T02:00:00.000Z');
    waits = [];
    queues = new QueueService(deployment.queues.keys());
    const sent = {
      send: async (all: readonly { readonly queue: string; readonly body: string }[]) => {
        for (const { queue, body } of all) queues.send(queue, body);
      },
    };
    const bus = new EventBus({ rules: deployment.rules, queues: sent, account: '000000000000', region: 'local' });
    const put = putEvents(async (entries) => (await Promise.all(entries.map((entry) => bus.put(entry.bus, [entry])))).flat(), clock);
    services = await serveJson(account, new Map([...queues.operations, ['AWSEvents.PutEvents', put]]), nothing);
    const plain = new DynamoDBClient(reaching(server.endpoint, account));
    await makeTables(plain, deployment.tables);
    document = DynamoDBDocumentClient.from(plain);
    kernel = {
      definitions,
      province: '360000',
      policyFor,
      ledger: new DynamoLedgerStore({ client: document, table: LEDGER_TABLE, clock, since }),
      views: new DynamoViewStore({ client: document, table: VIEWS_TABLE }),
      keyRing: makeKeyRing({ dataKeys: new MemoryDataKeyStore(), master: MASTER, clock }),
      clock,
      log: makeLog({ sink: () => undefined, clock }),
      network: closedNetwork,
      bus: {
        put: async () => {
          throw new NotPermitted('made');
        },
      },
    };
    await registerCourts(kernel, 3);
    clock.at += 2 * HOUR;
    expect(await projectBatch(kernel, await commits())).toBeUndefined();
    return async () => {
      document.destroy();
      plain.destroy();
      await services.close();
    };
  });

  const commits = async () => (await kernel.ledger.feed(undefined, 100)).records;

  const ops = (...args: string[]) =>
    opsAt(
      () =>
        deployedPlace({
          province: { name: 'jiangxi', account: '000000000000' },
          ...sources(),
          clients: {
            dynamodb: new DynamoDBClient(reaching(server.endpoint, account)),
            eventbridge: new EventBridgeClient(reaching(services.endpoint, account)),
            sqs: new SQSClient(reaching(services.endpoint, account)),
          },
          clock,
          wait: async (milliseconds) => {
            waits.push(milliseconds);
            clock.at += milliseconds;
          },
        }),
      ...args,
      '--deployed',
    );

  /** The function works off its queue; resolves with how many messages there were. */
  async function handled(): Promise<number> {
    const bodies = queues.drain(LIST_AGENCY);
    const handle = queueHandler(kernel, kernel.definitions.reactions.get('agencies/list-agency') as AnyReaction);
    const Records = bodies.map((body, at) => ({ messageId: String(at), body }) as Parameters<typeof handle>[0]['Records'][number]);
    expect(await handle({ Records })).toEqual({ batchItemFailures: [] });
    clock.at += 2 * HOUR;
    return bodies.length;
  }

  /** Every event lies among the dead letters. */
  async function allDead(): Promise<void> {
    for (const record of await commits()) {
      for (const { detailType, detail } of busEntries('360000', record)) {
        queues.send(DEAD, `{"detail-type":"${detailType}","detail":${detail}}`, Date.parse(record.recordedAt));
      }
    }
  }

  test('dead letters are listed, given back, put on their queue, and handled once', async () => {
    await allDead();
    for (let time = 0; time < 2; time += 1) {
      const { code, text } = await ops('dlq', 'list');
      expect(code).toBe(1);
      expect(text).toMatch(
        /^3 messages wait in the dead letters of "list agency" .*, the oldest since 2026-07-01 10:00\.\n( {2}[\da-f-]{36}: AgencyRegistered .*\n){3}/,
      );
      expect(text).toContain(`npm run ops -- dlq redrive --queue ${DEAD} --deployed`);
      expect(queues.held(DEAD)).toBe(0);
    }
    const [, id = ''] = /^ {2}([\da-f-]{36}):/m.exec((await ops('dlq', 'list')).text) ?? [];
    expect(await ops('dlq', 'redrive', '--message', id, '--yes')).toMatchObject({ code: 0, text: expect.stringMatching(/^1 message of/) });
    expect([queues.bodies(DEAD).length, queues.held(DEAD), queues.bodies(LIST_AGENCY).length]).toEqual([2, 0, 1]);
    expect(await ops('dlq', 'redrive', '--yes')).toMatchObject({ code: 0, text: expect.stringContaining('is handled within some minutes') });
    expect(await handled()).toBe(3);
    expect((await ops('dlq', 'list')).code).toBe(0);
    expect(await ops('audit', 'completeness')).toMatchObject({ code: 0, text: expect.stringContaining('0 consequences are missing.') });
  });

  test('without --yes nothing is written, and that is said', async () => {
    await allDead();
    const { VIEWS_TABLE } = environmentIn(sources().deployment);
    const before = await document.send(new ScanCommand({ TableName: VIEWS_TABLE }));
    for (const command of [
      'dlq redrive',
      `dlq forget --queue ${DEAD.replace('agencies-reaction-list-agency', 'kernel-project-project')}`,
      'replay --from 2026-07-01',
      'rebuild views',
      'audit completeness --redrive',
    ]) {
      expect((await ops(...command.split(' '))).text, command).toMatch(/Nothing was written\. On a deployed province add --yes to do it\.$/);
      expect((await ops(...command.split(' '), '--yes', '--dry-run')).text, command).toMatch(/Nothing was written\. It was a dry run\.$/);
    }
    expect((await document.send(new ScanCommand({ TableName: VIEWS_TABLE }))).Items).toEqual(before.Items);
    expect([queues.bodies(DEAD).length, queues.held(DEAD), queues.bodies(LIST_AGENCY).length]).toEqual([3, 0, 0]);
  });

  test('a replay goes over the bus to every queue whose rule hears it', async () => {
    const done = await ops('replay', '--from', '2026-07-01', '--yes');
    expect(done).toMatchObject({ code: 0, text: expect.stringMatching(/^3 commits with 3 events since 2026-07-01 go out again\./) });
    expect(await handled()).toBe(3);
    expect((await ops('audit', 'completeness')).code).toBe(0);
    expect((await ops('replay', '--from', '2026-07-02', '--dry-run')).text).toMatch(/^0 commits/);
  });

  test('an audit drives what is missing over the queue, and asks nothing of what is younger than an hour', async () => {
    expect((await ops('audit', 'completeness')).text).toMatch(/^3 commits with 3 events: 3 consequences are owed\..*\n3 consequences are missing:/);
    await registerCourts(kernel, 1, 4);
    clock.at += HOUR - 1;
    expect((await ops('audit', 'completeness', '--redrive', '--yes')).code).toBe(0);
    expect(await handled()).toBe(3);
    expect((await ops('audit', 'completeness')).text).toContain('\n1 consequence is missing:');
  });

  test('views that differ are told, and a rebuild mends them when the feed holds nothing back', async () => {
    const { VIEWS_TABLE } = environmentIn(sources().deployment);
    expect(await ops('rebuild', 'views', '--dry-run')).toMatchObject({ code: 0, text: expect.stringContaining('0 differences.') });
    const row = { pk: 'row#agencies/by-id#made-marker#14', sk: 'made-marker', item: '{}' };
    await document.send(new PutCommand({ TableName: VIEWS_TABLE, Item: row }));
    expect((await ops('rebuild', 'views', '--dry-run')).text).toContain('  agencies/by-id: 1 too many, where the ledger gives 3 rows.\n');
    await registerCourts(kernel, 1, 4);
    const rebuilt = await ops('rebuild', 'views', '--yes');
    expect(rebuilt).toMatchObject({ code: 0, text: expect.stringContaining('\n4 commits were brought into the views.') });
    expect(rebuilt.text).toContain('their asOf is null');
    expect(waits).toEqual([2 * SETTLE_MS]);
    expect(await ops('rebuild', 'views', '--dry-run')).toMatchObject({ code: 0, text: expect.stringContaining('0 differences.') });
  });

  test('credentials of another account are refused before anything is read', async () => {
    const { dynamodb, eventbridge, sqs } = {
      dynamodb: new DynamoDBClient(reaching(server.endpoint, account)),
      eventbridge: new EventBridgeClient({}),
      sqs: new SQSClient({}),
    };
    const open = (name: string) => () => deployedPlace({ province: { name: 'jiangxi', account: name }, ...sources(), clients: { dynamodb, eventbridge, sqs } });
    expect(await opsAt(open('999999999999'), 'dlq', 'list', '--deployed')).toMatchObject({
      code: 2,
      warnings: expect.stringContaining('jiangxi is in 999999999999'),
    });
    account = { ...account, accessKeyId: newAccessKeyId() };
    expect(await ops('dlq', 'list')).toMatchObject({ code: 2, warnings: expect.stringMatching(/^these credentials lead to no jianheng-36-ledger/) });
  });

  test('what AWS refuses is told by its name', async () => {
    await services.close();
    services = await serveJson({ accessKeyId: newAccessKeyId(), region: 'cn-north-1' }, new Map(), nothing);
    expect(await ops('dlq', 'list')).toMatchObject({ code: 1, warnings: expect.stringContaining('AWS refuses: UnrecognizedClientException') });
  });
});
