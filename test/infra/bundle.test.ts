import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, chineseCalendar } from '../../functions/kernel/calendar.ts';
import { bundle, bundleOf } from '../../infra/bundle.ts';
import { type Deployed, deployedOf, type Kind, reachesOut, ringOf } from '../../infra/deployed.ts';
import { leftOut } from '../../infra/left-out.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { environmentAt, loadModule } from '../support/load-module.ts';
import { secretsService } from '../support/secrets-service.ts';

const definitions = await loadDefinitions();
const deployed = deployedOf(definitions);
const folder = mkdtempSync(join(tmpdir(), 'bundles-'));
const fileOf = (each: (typeof deployed)[number]): string => join(folder, bundleOf(each), 'index.mjs');

/** KB (1,000 bytes) that a kind's largest bundle may have. The goal is 300; what decides carries every reaction for the preview, or all aggregates. */
const LARGEST: Readonly<Record<Kind, number>> = {
  command: 535,
  reaction: 450,
  schedule: 405,
  dispatch: 435,
  query: 330,
  intake: 450,
  publish: 240,
  project: 350,
  document: 1500,
};

let sizes: ReadonlyMap<string, number>;
let service: Awaited<ReturnType<typeof secretsService>>;
beforeAll(async () => {
  sizes = await bundle(definitions, deployed, folder);
  service = await secretsService();
}, 120_000);
afterAll(() => {
  service.close();
  rmSync(folder, { recursive: true, force: true });
});

const secretsOf = (each: Deployed): number => {
  const { seal, open } = ringOf(each);
  if (seal || open) return 2;
  return ['publish', 'project', 'intake', 'document'].includes(each.kind) ? 0 : 1;
};

describe('a bundle', () => {
  test.each(Object.entries(LARGEST))('of a %s has at most %d KB', (kind, largest) => {
    const own = deployed.filter((each) => each.kind === kind);
    expect(own.length).toBeGreaterThan(0);
    for (const each of own) expect(sizes.get(bundleOf(each)), each.name).toBeLessThanOrEqual(largest * 1000);
  });

  test.each(deployed.map((each) => [`${each.kind} ${each.name}`, each] as const))('%s starts, with the secrets that its rights need', async (_, each) => {
    service.asked.length = 0;
    const { exported } = await loadModule(fileOf(each), environmentAt(service.url));
    expect(exported).toEqual({ handler: 'function' });
    expect(service.asked).toEqual(Array.from({ length: secretsOf(each) }, () => ['DynamoDB_20120810.GetItem', 'TrentService.Decrypt']).flat());
  });

  test('holds what encrypts only where its command seals or discloses', () => {
    for (const each of deployed) {
      const { seal, open } = ringOf(each);
      expect(readFileSync(fileOf(each), 'utf8').includes('A256GCM'), each.name).toBe(seal || open);
    }
  });

  test('holds what reaches outside only where its command or its dispatch does', () => {
    for (const each of deployed) expect(readFileSync(fileOf(each), 'utf8').includes('carrierGradeNat'), each.name).toBe(reachesOut(each));
  });
});

/** What the bundles have of their packages, with answers of a service put in where the network would be. */
const PROBE = `
import { ConditionalCheckFailedException, DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
export { chineseCalendar } from './functions/kernel/calendar.ts';
export { InvokeCommand, LambdaClient };
export { DynamoDBDocumentClient, DynamoDBClient, EventBridgeClient, KMSClient, GetCommand, TransactWriteCommand, PutEventsCommand, DecryptCommand };
export { ConditionalCheckFailedException, TransactionCanceledException, z };
`;

describe('what is left out of the bundles', () => {
  // biome-ignore lint/suspicious/noExplicitAny: a module that is made here
  let made: any;
  beforeAll(async () => {
    const outfile = join(folder, 'probe.mjs');
    await build({
      stdin: { contents: PROBE, resolveDir: join(import.meta.dirname, '../..') },
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      mainFields: ['module', 'main'],
      banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
      logLevel: 'error',
      plugins: [leftOut],
    });
    made = await import(pathToFileURL(outfile).href);
  });

  const answering = (statusCode: number, body: object) => ({
    region: 'cn-north-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'made', secretAccessKey: 'made' },
    requestHandler: { handle: async () => ({ response: { statusCode, headers: {}, body: Buffer.from(JSON.stringify(body)) } }) },
  });
  const document = (statusCode: number, body: object) => made.DynamoDBDocumentClient.from(new made.DynamoDBClient(answering(statusCode, body)));
  const get = () => new made.GetCommand({ TableName: 'made', Key: { pk: 'made' } });

  test('reads an item', async () => {
    expect(await document(200, { Item: { n: { N: '7' }, b: { B: 'AQ==' } } }).send(get())).toMatchObject({ Item: { n: 7, b: new Uint8Array([1]) } });
  });

  test('calls a function: what it answered, that it failed, that it takes no more now', async () => {
    const call = (statusCode: number, body: object, headers: Record<string, string> = {}) => {
      const handle = async () => ({ response: { statusCode, headers, body: Buffer.from(JSON.stringify(body)) } });
      const client = new made.LambdaClient({ ...answering(statusCode, body), requestHandler: { handle } });
      return client.send(new made.InvokeCommand({ FunctionName: 'made', Payload: Buffer.from('{}') }));
    };
    expect((await call(200, { made: true })).Payload.transformToString()).toBe('{"made":true}');
    expect(await call(200, {}, { 'x-amz-function-error': 'Unhandled' })).toMatchObject({ FunctionError: 'Unhandled' });
    await expect(call(429, {}, { 'x-amzn-errortype': 'TooManyRequestsException' })).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  });

  test('an exception that is known by name keeps its name', async () => {
    const failing = (type: string) => answering(400, { __type: `com.amazonaws.made#${type}`, message: 'made' });
    const named = { name: 'ThrottlingException', message: 'made', $metadata: { httpStatusCode: 400 } };
    await expect(document(400, { __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException', message: 'made' }).send(get())).rejects.toMatchObject(named);
    const decrypt = new made.DecryptCommand({ CiphertextBlob: Buffer.from('made') });
    await expect(new made.KMSClient(failing('AccessDeniedException')).send(decrypt)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(new made.KMSClient(failing('IncorrectKeyException')).send(decrypt)).rejects.toMatchObject({ name: 'IncorrectKeyException' });
    const put = new made.PutEventsCommand({ Entries: [] });
    await expect(new made.EventBridgeClient(failing('InternalException')).send(put)).rejects.toMatchObject({ name: 'InternalException' });
  });

  test('an exception whose class or fields are looked at keeps both', async () => {
    const cancelled = {
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      CancellationReasons: [{ Code: 'ConditionalCheckFailed', Item: { n: { N: '7' } } }],
    };
    const error = await document(400, cancelled)
      .send(new made.TransactWriteCommand({ TransactItems: [] }))
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(made.TransactionCanceledException);
    expect(error).toMatchObject({ CancellationReasons: [{ Code: 'ConditionalCheckFailed', Item: { n: { N: '7' } } }] });
    await expect(document(400, { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' }).send(get())).rejects.toBeInstanceOf(
      made.ConditionalCheckFailedException,
    );
  });

  test('says what it is without', () => {
    expect(() => made.z.toJSONSchema(made.z.string())).toThrow('this bundle is without JSON Schema');
  });

  test('no day of the calendar is lost', () => {
    expect(made.chineseCalendar.version).toBe(chineseCalendar.version);
    for (let day = '2004-01-01'; day < '2028-01-01'; day = addDays(day, 1))
      expect(made.chineseCalendar.isWorkday(day), day).toBe(chineseCalendar.isWorkday(day));
  });
});
