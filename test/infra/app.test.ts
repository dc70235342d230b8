import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scopeOf } from '../../functions/kernel/execute.ts';
import { INTAKES, routesOf } from '../../functions/kernel/http/routes.ts';
import { bundle, bundleOf } from '../../infra/bundle.ts';
import { documentRoutes } from '../../infra/contracts/document-routes.ts';
import { contextOf, type Deployed, deployedOf, idOf, isOfDocuments, ringOf } from '../../infra/deployed.ts';
import { assemblyOf } from '../../infra/local/assembly/synthesize.ts';
import { compilePattern } from '../../infra/local/event-pattern.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { makeApp } from '../../infra/make-app.ts';
import { namesOf } from '../../infra/names.ts';
import national from '../../infra/national.ts';
import { checkProvince } from '../../infra/province.ts';
import shanghai from '../../infra/provinces/31-shanghai.ts';
import { allows, type Request, type Resource, statementsOf, type Template, textOf } from '../support/policies.ts';

const definitions = await loadDefinitions();
const deployed = deployedOf(definitions);
const contexts = [...new Set(deployed.map(contextOf))].filter((context) => context !== 'kernel');
const folder = mkdtempSync(join(tmpdir(), 'province-'));

let sizes: ReadonlyMap<string, number>;
const templates = new Map<string, Template>();
/** By stack, those that are deployed before it. */
const before = new Map<string, readonly string[]>();

beforeAll(async () => {
  sizes = await bundle(definitions, deployed, join(folder, 'bundles'));
  const assembly = makeApp([shanghai], deployed, join(folder, 'bundles'), join(folder, 'assembly'), { hub: national }).synth();
  expect(assembly.getNestedAssembly('assembly-national').stacks.map(({ stackName }) => stackName)).toEqual(['jianheng-national-hub', 'jianheng-31-to-hub']);
  const { stacks } = assembly.getNestedAssembly('assembly-shanghai');
  const idOfStack = ({ stackName }: { stackName: string }): string => stackName.replace('jianheng-31-', '');
  const byArtifact = new Map(stacks.map((stack) => [stack.id, idOfStack(stack)]));
  for (const stack of stacks) {
    templates.set(idOfStack(stack), stack.template);
    before.set(
      idOfStack(stack),
      stack.dependencies.flatMap(({ id }) => byArtifact.get(id) ?? []),
    );
  }
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const of = (template: Template, type: string): [string, Resource][] => Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
const all = (type: string): [string, Resource][] => [...templates.values()].flatMap((template) => of(template, type));
const stackOf = (each: Deployed): string => {
  if (each.kind === 'intake') return each.route.signed ? 'signed-intake' : 'intake';
  return contextOf(each) === 'kernel' ? 'stream' : contextOf(each);
};
const templateOf = (each: Deployed): Template => templates.get(stackOf(each)) as Template;
const stream = (): Template => templates.get('stream') as Template;
const platform = (): Template => templates.get('platform') as Template;
const physical = (each: Deployed): string => `jianheng-31-${contextOf(each)}-${idOf(each)}`;

function roleOf(each: Deployed): [Template, string] {
  const template = templateOf(each);
  const found = of(template, 'AWS::IAM::Role').find(([, { Properties }]) => Properties.RoleName === physical(each));
  return [template, found?.[0] ?? ''];
}

const may = (each: Deployed, request: Request): boolean => allows(...roleOf(each), request);

const ARN = 'arn:{AWS::Partition}';
const table = (name: string): string => `${ARN}:dynamodb:{AWS::Region}:{AWS::AccountId}:table/jianheng-31-${name}`;
const BUS = `${ARN}:events:{AWS::Region}:{AWS::AccountId}:event-bus/jianheng-31-bus`;
const onLedger = (action: string, key: string): Request => ({
  action: `dynamodb:${action}`,
  resource: table('ledger'),
  context: { 'dynamodb:LeadingKeys': [key] },
});
const decrypts = (key: 'ring' | 'pseudonym', purpose: string): Request => ({
  action: 'kms:Decrypt',
  resource: `/jianheng/31/${key}-key`,
  context: { 'kms:EncryptionContext:purpose': [purpose] },
});

describe('what a province has', () => {
  test('one stack a context between the platform and the stream, two for what takes events, each of at most 400 resources', () => {
    expect([...templates.keys()].sort()).toEqual([...contexts, 'intake', 'platform', 'signed-intake', 'stream'].sort());
    for (const { Resources } of templates.values()) expect(Object.keys(Resources).length).toBeLessThanOrEqual(400);
  });

  test('no stack locks another: nothing is exported, nothing is imported', () => {
    for (const template of templates.values()) {
      expect(template.Outputs).toBeUndefined();
      expect(JSON.stringify(template)).not.toContain('Fn::ImportValue');
    }
  });

  test('the routes are those of the definitions, of events and of the contracts, all behind the one authorizer of the one gateway but where signatures are verified', () => {
    const routes = [...routesOf(definitions), ...INTAKES, ...documentRoutes].map(({ method, path }) => `${method} ${path}`);
    const made = all('AWS::ApiGatewayV2::Route');
    expect(made.map(([, { Properties }]) => Properties.RouteKey).sort()).toEqual(routes.sort());
    const open = made.filter(([, { Properties }]) => Properties.AuthorizationType !== 'JWT');
    expect(open.map(([, { Properties }]) => [Properties.RouteKey, Properties.AuthorizationType])).toEqual([['POST /v1/signed-events', 'NONE']]);
    const authorizers = [...templates].flatMap(([stack, template]) =>
      stack === 'signed-intake' ? [] : of(template, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => textOf(template, Properties.AuthorizerId)),
    );
    expect(new Set(authorizers)).toEqual(new Set(['/jianheng/31/authorizer']));
    expect(all('AWS::ApiGatewayV2::Api')).toHaveLength(1);
    expect(all('AWS::ApiGatewayV2::Authorizer')).toHaveLength(1);
    expect(routes.length).toBeLessThanOrEqual(300);
  });

  test('what takes signed events is there only where the province’s file says so', () => {
    const app = makeApp([{ ...checkProvince('31-shanghai.ts', shanghai), signedIntake: false }], deployed, join(folder, 'bundles'), join(folder, 'unsigned'), {
      checked: false,
    });
    const { stacks } = app.synth().getNestedAssembly('assembly-shanghai');
    const names = stacks.map(({ stackName }) => stackName.replace('jianheng-31-', ''));
    expect(names.sort()).toEqual([...templates.keys()].filter((name) => name !== 'signed-intake').sort());
    const routes = stacks.flatMap(({ template }) => of(template, 'AWS::ApiGatewayV2::Route'));
    expect(routes.some(([, { Properties }]) => Properties.RouteKey === 'POST /v1/events')).toBe(true);
    expect(routes.every(([, { Properties }]) => Properties.AuthorizationType === 'JWT')).toBe(true);
  });

  test('every function is there once, on its own bundle and role', () => {
    const names = all('AWS::Lambda::Function').map(([, { Properties }]) => Properties.FunctionName);
    expect(names.sort()).toEqual(deployed.map(physical).sort());
    expect([...sizes.keys()].sort()).toEqual(deployed.map(bundleOf).sort());
    expect(all('AWS::IAM::Role').filter(([, { Properties }]) => names.includes(Properties.RoleName as string))).toHaveLength(names.length);
  });

  test('the tables are encrypted with a key of ours, can be set back and are not deleted', () => {
    const tables = of(platform(), 'AWS::DynamoDB::Table');
    expect(tables.map(([, { Properties }]) => Properties.TableName).sort()).toEqual(['jianheng-31-keys', 'jianheng-31-ledger', 'jianheng-31-views']);
    for (const [, { Properties, DeletionPolicy }] of tables) {
      expect(Properties).toMatchObject({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: expect.anything() },
      });
      expect(DeletionPolicy).toBe('Retain');
    }
    const ledger = tables.find(([, { Properties }]) => Properties.TableName === 'jianheng-31-ledger')?.[1];
    expect(ledger?.Properties.StreamSpecification).toEqual({ StreamViewType: 'NEW_IMAGE' });
  });

  /** Whether a mapping hands on a record of the change stream. */
  const hands = ([, { Properties }]: [string, Resource], record: object): boolean =>
    (Properties.FilterCriteria as { Filters: { Pattern: string }[] }).Filters.some(({ Pattern }) => compilePattern(JSON.parse(Pattern))(record));
  const streamMappings = () => of(stream(), 'AWS::Lambda::EventSourceMapping');

  test('the keys that wrap the secrets are found by their names, and are those that the functions are told', () => {
    const told = (name: string) =>
      of(platform(), 'AWS::SSM::Parameter').find(([, { Properties }]) => Properties.Name === `/jianheng/31/${name}-key`)?.[1].Properties.Value;
    const aliases = of(platform(), 'AWS::KMS::Alias').map(([, { Properties }]) => [Properties.AliasName, Properties.TargetKeyId]);
    const { ring, pseudonym } = namesOf('31').aliases;
    expect(new Map(aliases as [string, unknown][])).toEqual(
      new Map([
        [ring, told('ring')],
        [pseudonym, told('pseudonym')],
      ]),
    );
  });

  test('publish and project, no more than a shard has room for, read new commits, tell which failed, and leave what never succeeds in a queue', () => {
    const mappings = streamMappings();
    expect(mappings).toHaveLength(2);
    for (const [id, { Properties }] of mappings) {
      expect(Properties).toMatchObject({
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        StartingPosition: 'TRIM_HORIZON',
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      });
      const mapping: [string, Resource] = [id, { Type: '', Properties }];
      expect(hands(mapping, { eventName: 'INSERT', dynamodb: { NewImage: { version: { N: '1' } } } })).toBe(true);
      expect(hands(mapping, { eventName: 'INSERT', dynamodb: { NewImage: { body: { S: '{}' } } } })).toBe(false);
    }
  });

  test('what was changed or removed in the ledger, a commit or a receipt, is told by publish, and its line raises an alarm', () => {
    for (const mapping of streamMappings()) {
      const told = textOf(stream(), mapping[1].Properties.FunctionName).includes('publish');
      for (const eventName of ['MODIFY', 'REMOVE']) expect(hands(mapping, { eventName, dynamodb: { Keys: { pk: { S: 'receipt#made' } } } })).toBe(told);
    }
    const [[, filter] = []] = of(stream(), 'AWS::Logs::MetricFilter');
    expect(textOf(stream(), filter?.Properties.LogGroupName)).toMatch(/^\{publishpublishlog/);
    expect(filter?.Properties.FilterPattern).toBe('{ $.what = "ledger-altered" }');
    const [metric] = (filter?.Properties.MetricTransformations ?? []) as unknown as { MetricName: string; MetricNamespace: string; MetricValue: string }[];
    const alarm = of(stream(), 'AWS::CloudWatch::Alarm').find(([, { Properties }]) => Properties.MetricName === metric?.MetricName)?.[1].Properties;
    expect(alarm).toMatchObject({
      Namespace: metric?.MetricNamespace,
      Threshold: 1,
      EvaluationPeriods: 1,
      Statistic: 'Sum',
      AlarmActions: [expect.anything()],
    });
  });

  test('what cdk-nag finds ends the synthesis, so that it has found nothing in the province', () => {
    const app = makeApp([], [], '', join(folder, 'open'));
    new Queue(new Stack(app, 'made'), 'open');
    expect(() => app.synth()).toThrow(/AwsSolutions-SQS4/);
  });

  test('the local host reads the very templates and assets that are deployed', async () => {
    const [deployedFrom, readLocally] = [join(folder, 'assembly', 'assembly-shanghai'), await assemblyOf('shanghai')];
    // What else stands there says where in the app a thing was made.
    const files = (of: string): string[] => readdirSync(of).filter((name) => /\.(template|assets)\.json$|^manifest\.json$/.test(name));
    expect(files(readLocally)).toEqual(files(deployedFrom));
    expect(files(readLocally)).toHaveLength(2 * templates.size + 1);
    for (const file of files(readLocally)) expect(readFileSync(join(readLocally, file), 'utf8'), file).toBe(readFileSync(join(deployedFrom, file), 'utf8'));
    // `cdk synth` would take options and context from there, which the local host's synthesis does not read.
    expect(JSON.parse(readFileSync('cdk.json', 'utf8'))).toEqual({ app: 'node infra/app.ts' });
  });

  test('a queue takes messages from rules of its own account, a topic alarms of its own', () => {
    const takes = [...all('AWS::SQS::QueuePolicy'), ...all('AWS::SNS::TopicPolicy')].flatMap(([, { Properties }]) =>
      (Properties.PolicyDocument as unknown as { Statement: { Effect: string; Condition?: Record<string, Record<string, unknown>> }[] }).Statement.filter(
        ({ Effect }) => Effect === 'Allow',
      ),
    );
    expect(takes.length).toBeGreaterThan(10);
    for (const { Condition } of takes) expect(Condition?.ArnEquals?.['aws:SourceArn'] ?? Condition?.StringEquals?.['aws:SourceAccount']).toBeDefined();
  });
});

describe('a deployment', () => {
  test('begins with the platform and ends with what takes events and what publishes', () => {
    expect(before.get('platform')).toEqual([]);
    for (const context of contexts) expect(before.get(context)).toContain('platform');
    for (const last of ['stream', 'intake', 'signed-intake']) expect([...(before.get(last) ?? [])].sort()).toEqual([...contexts, 'platform'].sort());
  });

  test('comes to who hears before who speaks, but for contexts that hear each other', () => {
    const pairs = new Set(
      deployed.flatMap((each) => (each.kind === 'reaction' ? each.reaction.hears.map(({ context }) => `${context} after ${contextOf(each)}`) : [])),
    );
    const circle = new Set(['deadlines', 'deliveries', 'notifications', 'proficiency', 'registry', 'sanctions']);
    const unordered = (speaker: string, hearer: string) => speaker === hearer || (circle.has(speaker) && circle.has(hearer));
    for (const speaker of contexts) {
      for (const hearer of contexts) {
        const pair = `${speaker} after ${hearer}`;
        expect(before.get(speaker)?.includes(hearer), pair).toBe(pairs.has(pair) && !unordered(speaker, hearer));
      }
    }
  });
});

describe('a reaction', () => {
  const reactions = deployed.filter((each) => each.kind === 'reaction');

  test.each(reactions.map((each) => [each.name, each] as const))('%s: one rule, which hears its events and no other', (_, each) => {
    const rules = of(templateOf(each), 'AWS::Events::Rule').filter(([, { Properties }]) => Properties.Name === physical(each));
    expect(rules).toHaveLength(1);
    const judge = compilePattern(rules[0]?.[1].Properties.EventPattern);
    for (const event of definitions.events.values()) {
      const envelope = { source: `jianheng.${event.context}`, 'detail-type': event.name, detail: {} };
      expect(judge(envelope), event.name).toBe(each.reaction.hears.includes(event));
    }
  });

  test('there are as many rules as reactions', () => {
    expect(all('AWS::Events::Rule').filter(([, { Properties }]) => Properties.EventBusName !== undefined && Properties.Name !== undefined)).toHaveLength(
      reactions.length,
    );
  });

  test.each(reactions.map((each) => [each.name, each] as const))('%s: its queue waits six times its timeout and gives up into its dead letters', (_, each) => {
    const template = templateOf(each);
    const queue = of(template, 'AWS::SQS::Queue').find(([, { Properties }]) => Properties.QueueName === physical(each))?.[1].Properties;
    const lambda = of(template, 'AWS::Lambda::Function').find(([, { Properties }]) => Properties.FunctionName === physical(each))?.[1].Properties;
    expect(queue?.VisibilityTimeout).toBe(6 * (lambda?.Timeout as number));
    const redrive: unknown = queue?.RedrivePolicy ?? {};
    const { deadLetterTargetArn, maxReceiveCount } = redrive as { deadLetterTargetArn: { 'Fn::GetAtt': [string] }; maxReceiveCount: number };
    expect(maxReceiveCount).toBe(5);
    expect(template.Resources[deadLetterTargetArn['Fn::GetAtt'][0]]?.Properties.QueueName).toBe(`${physical(each)}-dead`);
  });
});

test('every dead-letter queue has an alarm on its first message', () => {
  for (const template of templates.values()) {
    const dead = of(template, 'AWS::SQS::Queue').filter(([, { Properties }]) => (Properties.QueueName as string).endsWith('-dead'));
    const watched = of(template, 'AWS::CloudWatch::Alarm')
      .filter(([, { Properties }]) => Properties.MetricName === 'ApproximateNumberOfMessagesVisible' && Properties.Threshold === 1)
      .map(([, { Properties }]) => (Properties.Dimensions as unknown as { Value: { 'Fn::GetAtt': [string] } }[])[0]?.Value['Fn::GetAtt'][0]);
    expect(watched.sort()).toEqual(dead.map(([id]) => id).sort());
  }
  expect(all('AWS::SQS::Queue').length).toBeGreaterThan(10);
});

describe('who may do what', () => {
  const writers = deployed.filter((each) => each.kind === 'command' || each.kind === 'reaction' || each.kind === 'schedule');

  test('a command, a reaction and a schedule write the streams of their context and no other', () => {
    for (const each of writers) {
      for (const context of contexts) {
        expect(may(each, onLedger('PutItem', `${context}/any/key`)), `${each.name} writes ${context}`).toBe(context === contextOf(each));
        expect(may(each, onLedger('Query', `${context}/any/key`))).toBe(true);
        expect(may(each, onLedger('ConditionCheckItem', `${context}/any/key`))).toBe(true);
      }
    }
  });

  test('a command reads the delegation that it is given under, and guards it in its own write', () => {
    for (const each of deployed.filter(({ kind }) => kind === 'command')) {
      for (const action of ['Query', 'ConditionCheckItem']) expect(may(each, onLedger(action, `agencies/delegation/${'0'.repeat(32)}`)), each.name).toBe(true);
    }
  });

  test('each writes the receipts of its own kind and context', () => {
    for (const each of writers) {
      const receipts = {
        command: 'receipt#command/0123',
        reaction: `receipt#reaction/0123/${contextOf(each)}/any:`,
        schedule: `receipt#schedule/${contextOf(each)}/any/once`,
        another: 'receipt#reaction/0123/elsewhere/any:',
      };
      for (const [kind, key] of Object.entries(receipts)) expect(may(each, onLedger('PutItem', key)), `${each.name} ${kind}`).toBe(kind === each.kind);
    }
  });

  test('nobody may write the ledger without naming the key, and a batch is allowed only if all its keys are', () => {
    for (const each of writers) {
      const own = `${contextOf(each)}/any/key`;
      const request = { action: 'dynamodb:PutItem', resource: table('ledger') };
      expect(may(each, { ...request, context: {} })).toBe(false);
      expect(may(each, { ...request, context: { 'dynamodb:LeadingKeys': [own, 'elsewhere/any/key'] } })).toBe(false);
    }
  });

  test('nobody may Scan, Update or Delete in the ledger, or Scan any table', () => {
    for (const each of deployed) {
      for (const action of ['UpdateItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLUpdate', 'PartiQLDelete', 'DeleteTable', 'UpdateTable', 'Scan']) {
        expect(may(each, onLedger(action, `${contextOf(each)}/any/key`)), `${each.name} ${action}`).toBe(false);
      }
      for (const name of ['views', 'keys']) expect(may(each, { action: 'dynamodb:Scan', resource: table(name) })).toBe(false);
    }
  });

  test('a query reads views, and writes and reads nothing else', () => {
    const queries = deployed.filter(({ kind }) => kind === 'query');
    expect(queries.length).toBeGreaterThan(0);
    for (const each of queries) {
      expect(may(each, { action: 'dynamodb:Query', resource: table('views') })).toBe(true);
      for (const action of ['PutItem', 'UpdateItem', 'DeleteItem']) expect(may(each, { action: `dynamodb:${action}`, resource: table('views') })).toBe(false);
      for (const action of ['GetItem', 'Query', 'PutItem']) expect(may(each, onLedger(action, `${contextOf(each)}/any/key`))).toBe(false);
    }
  });

  test('only project writes views, and it writes no ledger', () => {
    for (const each of deployed) expect(may(each, { action: 'dynamodb:PutItem', resource: table('views') }), each.name).toBe(each.kind === 'project');
    for (const each of deployed.filter(({ kind }) => kind === 'project' || kind === 'publish'))
      for (const context of contexts) expect(may(each, onLedger('PutItem', `${context}/any/key`))).toBe(false);
  });

  test('only publish may put events, and on the province’s own bus', () => {
    for (const each of deployed) {
      expect(may(each, { action: 'events:PutEvents', resource: BUS }), each.name).toBe(each.kind === 'publish');
      expect(may(each, { action: 'events:PutEvents', resource: BUS.replace('jianheng-31', 'jianheng-50') })).toBe(false);
    }
  });

  test('only who seals or discloses may use the key of the key ring, and only the data keys of its own aggregate', () => {
    const counts = { may: 0, not: 0 };
    for (const each of deployed) {
      const { aggregate, seal, open } = ringOf(each);
      counts[seal || open ? 'may' : 'not'] += 1;
      expect(may(each, decrypts('ring', 'ring')), each.name).toBe(seal || open);
      expect(may(each, decrypts('ring', 'pseudonym'))).toBe(false);
      expect(may(each, decrypts('pseudonym', 'ring'))).toBe(false);
      const onKeys = (action: string, key: string) =>
        may(each, { action: `dynamodb:${action}`, resource: table('keys'), context: { 'dynamodb:LeadingKeys': [key] } });
      expect(onKeys('GetItem', 'master/ring')).toBe(seal || open);
      expect(onKeys('PutItem', 'master/ring')).toBe(false);
      expect(onKeys('GetItem', 'elsewhere/any/key')).toBe(false);
      if (aggregate) {
        const scope = scopeOf(aggregate, ['made']);
        expect(onKeys('GetItem', scope)).toBe(seal || open);
        expect(onKeys('PutItem', scope)).toBe(seal);
      }
    }
    expect(counts.may).toBeGreaterThan(2);
    expect(counts.not).toBeGreaterThan(10);
  });

  test('what tells the contracts may write its own log, and nothing else', () => {
    const [each, ...more] = deployed.filter(isOfDocuments);
    expect(more).toEqual([]);
    const statements = statementsOf(...roleOf(each as Deployed));
    expect(statements.map(({ Action }) => Action)).toEqual([['logs:CreateLogStream', 'logs:PutLogEvents']]);
  });

  test('publish, project, the contracts and what takes events with a token know no pseudonyms; the key of the tables serves through its services only', () => {
    for (const each of deployed) {
      const knowsNobody = ['publish', 'project', 'document'].includes(each.kind) || (each.kind === 'intake' && !each.route.signed);
      expect(may(each, decrypts('pseudonym', 'pseudonym')), each.name).toBe(!knowsNobody);
      if (knowsNobody) continue;
      const request = { action: 'kms:Decrypt', resource: '/jianheng/31/data-key' };
      expect(may(each, { ...request, context: { 'kms:ViaService': ['dynamodb.cn-north-1.amazonaws.com.cn'] } })).toBe(true);
      expect(may(each, request)).toBe(false);
    }
  });

  test('what takes events calls the functions of the commands that it may hand on, and nobody else calls any', () => {
    const called = (each: Deployed): Request => ({
      action: 'lambda:InvokeFunction',
      resource: `${ARN}:lambda:{AWS::Region}:{AWS::AccountId}:function:${physical(each)}`,
    });
    const commands = deployed.filter((each) => each.kind === 'command');
    for (const each of deployed) {
      for (const command of deployed.filter(({ kind }) => kind !== 'command')) expect(may(each, called(command)), `${each.name} ${command.name}`).toBe(false);
      for (const { command, ...rest } of commands) {
        const personal = command.inPerson || command.sealsActor || command.discloses;
        const handsOn = each.kind === 'intake' && !(each.route.signed && personal);
        expect(may(each, called({ command, ...rest })), `${each.name} ${rest.name}`).toBe(handsOn);
      }
    }
  });

  test('what takes events with a token reads nothing; what verifies signatures reads credentials and opens them; neither writes', () => {
    const [plain, signed] = deployed.filter((each) => each.kind === 'intake') as [Deployed, Deployed];
    const onKeys = (action: string, key: string): Request => ({
      action: `dynamodb:${action}`,
      resource: table('keys'),
      context: { 'dynamodb:LeadingKeys': [key] },
    });
    for (const action of ['GetItem', 'Query', 'PutItem', 'ConditionCheckItem']) {
      const reads = action === 'GetItem' || action === 'Query';
      expect(may(signed, onLedger(action, 'agencies/credential/made'))).toBe(reads);
      expect(may(signed, onKeys(action, 'agencies/credential/made'))).toBe(action === 'GetItem');
      for (const key of ['agencies/agency/made', 'interference/report/made', 'receipt#command/made']) expect(may(signed, onLedger(action, key))).toBe(false);
      for (const key of ['agencies/credential/made', 'receipt#command/made']) expect(may(plain, onLedger(action, key))).toBe(false);
      expect(may(plain, onKeys(action, 'agencies/credential/made'))).toBe(false);
      for (const each of [plain, signed]) expect(may(each, { action: `dynamodb:${action}`, resource: table('views') })).toBe(false);
    }
  });

  test('no action and no resource is a wildcard', () => {
    for (const each of deployed) {
      const [template, role] = roleOf(each);
      const statements = statementsOf(template, role);
      expect(statements.length).toBeGreaterThan(each.kind === 'document' ? 0 : 1);
      for (const { Action, Resource: resource } of statements) {
        expect([Action].flat().join()).not.toContain('*');
        expect(JSON.stringify(resource)).not.toContain('*');
      }
    }
  });
});
