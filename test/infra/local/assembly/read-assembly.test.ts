import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ALTERATIONS, NEW_COMMITS, TABLES } from '../../../../functions/kernel/dynamodb/tables.ts';
import { routesOf } from '../../../../functions/kernel/http/routes.ts';
import { TIMEOUT_SECONDS } from '../../../../infra/constructs/deployed-function.ts';
import { contextOf, type Deployed, deployedOf, idOf } from '../../../../infra/deployed.ts';
import { loadDeployment } from '../../../../infra/local/assembly/synthesize.ts';
import type { Deployment } from '../../../../infra/local/deployment.ts';
import { compilePattern } from '../../../../infra/local/event-pattern.ts';
import { loadDefinitions } from '../../../../infra/local/load-definitions.ts';
import shanghai from '../../../../infra/provinces/31-shanghai.ts';

const definitions = await loadDefinitions();
const deployed = deployedOf(definitions);
const ofKind = <Kind extends Deployed['kind']>(kind: Kind) => deployed.filter((each) => each.kind === kind) as Extract<Deployed, { kind: Kind }>[];
const named = (rest: string): string => `jianheng-31-${rest}`;
const nameOf = (each: Pick<Deployed, 'kind' | 'name'>): string => named(`${contextOf(each)}-${idOf(each)}`);

let deployment: Deployment;
beforeAll(async () => {
  deployment = await loadDeployment('shanghai');
});

const TWO_WEEKS_MS = 14 * 86_400_000;

describe('the gateway', () => {
  test('every command, query and document has its route, events have two, each of which leads to its own function', () => {
    const kinds = new Map(deployed.map((each) => [`${each.kind} ${each.name}`, each]));
    const documents = ofKind('document').flatMap((each) => each.routes.map(({ method, path }) => ({ method, path, function: nameOf(each), authorized: true })));
    const commandsAndQueries = routesOf(definitions).map((route) => {
      const each = kinds.get('command' in route ? `command ${route.command.name}` : `query ${route.query.name}`) as Deployed;
      return { method: route.method, path: route.path, function: nameOf(each), authorized: true };
    });
    const intakes = [
      { method: 'POST', path: '/v1/events', function: named('kernel-intake-events'), authorized: true },
      { method: 'POST', path: '/v1/signed-events', function: named('kernel-intake-signed-events'), authorized: false },
    ];
    const wanted = [...commandsAndQueries, ...documents, ...intakes];
    const inOrder = (routes: readonly { readonly method: string; readonly path: string }[]) =>
      [...routes].sort((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`));
    expect(wanted.length).toBeGreaterThan(10);
    expect(inOrder(deployment.api.routes)).toEqual(inOrder(wanted));
  });

  test('limits and authorizer are those of the province’s file; what a page may ask is the platform’s', () => {
    expect(deployment.api.throttle).toEqual(shanghai.sizes.throttle);
    expect(deployment.api.authorizer).toEqual(shanghai.identity);
    expect(deployment.api.cors).toEqual({
      allowOrigins: ['*'],
      allowMethods: ['GET', 'POST'],
      allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match', 'delegation'],
      exposeHeaders: ['etag', 'retry-after'],
      maxAgeSeconds: 3_600,
    });
  });
});

describe('functions', () => {
  test('each is there once, with its kind’s timeout and a folder that holds the handler’s module', () => {
    expect([...deployment.functions.keys()].sort()).toEqual(deployed.map(nameOf).sort());
    for (const each of deployed) {
      const made = deployment.functions.get(nameOf(each));
      expect(made).toMatchObject({ name: nameOf(each), handler: 'index.handler', timeoutMs: TIMEOUT_SECONDS[each.kind] * 1_000 });
      expect(existsSync(join(made?.folder ?? '', 'index.mjs')), each.name).toBe(true);
    }
    expect(new Set([...deployment.functions.values()].map(({ folder }) => folder)).size).toBe(deployed.length);
  });

  test('each knows its province’s tables and bus by plain names', () => {
    for (const { name, environment } of deployment.functions.values()) {
      expect(environment).toEqual({
        PROVINCE: '310000',
        LEDGER_TABLE: named('ledger'),
        VIEWS_TABLE: named('views'),
        KEYS_TABLE: named('keys'),
        BUS: named('bus'),
        LEDGER_SINCE: '2026-06-01',
        ...(name.includes('-kernel-intake-') ? { FUNCTIONS: named('') } : {}),
      });
    }
  });
});

describe('reactions', () => {
  test.each(ofKind('reaction').map((each) => [each.name, each] as const))('%s has its rule, queue, dead letters and mapping', (_, each) => {
    const name = nameOf(each);
    const [rule, ...others] = deployment.rules.filter((made) => made.name === name);
    expect(others).toEqual([]);
    expect(rule).toMatchObject({ bus: named('bus'), targets: [{ queue: name, deadLetters: `${name}-dead` }] });
    const judge = compilePattern(rule?.pattern);
    for (const event of definitions.events.values()) {
      expect(judge({ source: `jianheng.${event.context}`, 'detail-type': event.name, detail: {} }), event.name).toBe(each.reaction.hears.includes(event));
    }
    expect(deployment.queues.get(name)).toEqual({
      name,
      visibilityMs: 360_000,
      retentionMs: TWO_WEEKS_MS,
      redrive: { maxReceives: 5, deadLetters: `${name}-dead` },
    });
    expect(deployment.queues.get(`${name}-dead`)).toEqual({ name: `${name}-dead`, visibilityMs: 30_000, retentionMs: TWO_WEEKS_MS });
    expect(deployment.queueMappings.filter(({ queue }) => queue === name)).toEqual([
      { function: name, queue: name, batchSize: 10, maxConcurrency: each.reaction.atOnce ?? shanghai.sizes.reactionConcurrency, partial: true },
    ]);
  });

  test('there are no rules and mappings of anything else', () => {
    const names = ofKind('reaction').map(nameOf).sort();
    expect(names.length).toBeGreaterThan(3);
    expect(deployment.rules.map(({ name }) => name).sort()).toEqual(names);
    expect(deployment.queueMappings.map(({ queue }) => queue).sort()).toEqual(names);
  });
});

test('publish and project take new commits from the ledger’s stream, and leave what never succeeds in their dead letters', () => {
  const mapping = (kind: 'publish' | 'project') => {
    const name = nameOf({ kind, name: `kernel/${kind}` });
    return {
      function: name,
      table: named('ledger'),
      batchSize: 100,
      filters: kind === 'publish' ? [NEW_COMMITS, ALTERATIONS] : [NEW_COMMITS],
      bisect: true,
      retries: 1_000,
      partial: true,
      onFailure: `${name}-dead`,
    };
  };
  expect(deployment.streamMappings).toEqual(expect.arrayContaining([mapping('publish'), mapping('project')]));
  for (const { onFailure = '' } of deployment.streamMappings) expect(deployment.queues.has(onFailure)).toBe(true);
});

test('every schedule calls its function as often as it declares', () => {
  expect(ofKind('schedule').length).toBeGreaterThan(0);
  expect([...deployment.schedules].sort((one, other) => (one.lingers ? 1 : 0) - (other.lingers ? 1 : 0))).toEqual(
    [...ofKind('schedule'), ...ofKind('dispatch')].map((each) => ({
      name: nameOf(each),
      ...(each.kind === 'schedule' ? { everyMs: each.schedule.everyMinutes * 60_000 } : { everyMs: 60_000, lingers: true }),
      function: nameOf(each),
      retries: 2,
      deadLetters: `${nameOf(each)}-dead`,
    })),
  );
});

test('tables are as CreateTable takes them, with nothing that is for the cloud alone', () => {
  const allowed = ['AttributeDefinitions', 'BillingMode', 'GlobalSecondaryIndexes', 'KeySchema', 'StreamSpecification', 'TableName'];
  expect(deployment.tables.map(({ name }) => name).sort()).toEqual(
    Object.values(TABLES)
      .map(({ name }) => named(name))
      .sort(),
  );
  for (const { creation } of deployment.tables) expect(allowed).toEqual(expect.arrayContaining(Object.keys(creation)));
  expect(deployment.tables.find(({ name }) => name === named('ledger'))?.creation).toEqual({
    TableName: named('ledger'),
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: ['pk', 'sk', 'feed', 'feedAt'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'feed',
        KeySchema: [
          { AttributeName: 'feed', KeyType: 'HASH' },
          { AttributeName: 'feedAt', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  });
});

test('no reference is left anywhere', () => {
  const text = JSON.stringify(deployment, (_, value: unknown) => (value instanceof Map ? [...value.values()] : value));
  expect(text).toContain(named('ledger'));
  for (const left of ['"Ref"', '"Fn::', 'AWS::', '[object ', 'arn:']) expect(text).not.toContain(left);
});
