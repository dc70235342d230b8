import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readAssembly } from '../../../../infra/local/assembly/read-assembly.ts';
import { type MadeAssembly, writeAssembly } from './made-assembly.ts';

const set =
  (id: string, more: Record<string, unknown>) =>
  ({ properties }: MadeAssembly): void => {
    Object.assign(properties(id), more);
  };

const without =
  (stack: 'platform' | 'context', id: string) =>
  (made: MadeAssembly): void => {
    delete made[stack].Resources[id];
  };

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

test('what a template leaves open is as the services have it', () => {
  const stage = writeAssembly();
  const folder = resolve(stage, '../asset.code');
  const made = { folder, handler: 'index.handler', environment: {}, timeoutMs: 3_000 };
  expect(readAssembly(stage)).toEqual({
    api: {
      routes: [{ method: 'GET', path: '/v1/made/{id}', function: 'made-function', authorized: true }],
      cors: { allowOrigins: ['*'], allowMethods: ['GET'], allowHeaders: ['if-match'], exposeHeaders: ['etag'], maxAgeSeconds: 60 },
      throttle: { rate: 3, burst: 6 },
      authorizer: { issuer: 'https://issuer.example/', audience: 'made' },
    },
    functions: new Map([
      ['made-on-stream', { name: 'made-on-stream', ...made }],
      ['made-function', { name: 'made-function', ...made }],
    ]),
    tables: [
      {
        name: 'made-table',
        creation: {
          TableName: 'made-table',
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          BillingMode: 'PAY_PER_REQUEST',
          StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
        },
      },
    ],
    rules: [{ name: 'made-rule', bus: 'made-bus', pattern: { source: ['made'] }, targets: [{ queue: 'made-function' }] }],
    queues: new Map([['made-function', { name: 'made-function', visibilityMs: 30_000, retentionMs: 345_600_000 }]]),
    queueMappings: [{ function: 'made-function', queue: 'made-function', batchSize: 10, maxConcurrency: 10, partial: false }],
    streamMappings: [
      { function: 'made-on-stream', table: 'made-table', batchSize: 100, filters: [], bisect: false, retries: Number.POSITIVE_INFINITY, partial: false },
    ],
    schedules: [{ name: 'made-schedule', everyMs: 3_600_000, function: 'made-function', retries: 185 }],
  });
});

test.each([
  ['rate(1 minute)', 60_000],
  ['rate(15 minutes)', 900_000],
  ['rate(2 hours)', 7_200_000],
  ['rate(7 days)', 604_800_000],
])('%s is %d ms', (ScheduleExpression, everyMs) => {
  expect(readAssembly(writeAssembly(set('schedule', { ScheduleExpression }))).schedules[0]?.everyMs).toBe(everyMs);
});

test('pseudo parameters are those of the stack', () => {
  const names = ['AWS::Partition', 'AWS::Region', 'AWS::AccountId', 'AWS::URLSuffix', 'AWS::StackName'];
  const Variables = { TEXT: { 'Fn::Join': [' ', names.map((Ref) => ({ Ref }))] } };
  const { functions } = readAssembly(writeAssembly(set('function', { Environment: { Variables } })));
  expect(functions.get('made-function')?.environment).toEqual({ TEXT: 'aws-cn cn-north-1 000000000036 amazonaws.com.cn made-context' });
});

const REFUSED: readonly (readonly [what: string, change: (made: MadeAssembly) => void, message: string])[] = [
  ['an unknown intrinsic', set('queue', { QueueName: { 'Fn::Sub': 'made' } }), 'made-context queue: {"Fn::Sub":"made"} is not known to the local host'],
  [
    'an intrinsic beside a field',
    set('queue', { QueueName: { 'Fn::Join': ['', ['a']], a: 1 } }),
    'made-context queue: {"Fn::Join":["",["a"]],"a":1} is not known',
  ],
  ['an unknown pseudo parameter', set('queue', { QueueName: { Ref: 'AWS::StackId' } }), 'made-context queue: the pseudo parameter AWS::StackId'],
  ['a missing resource', set('rule', { Targets: [{ Id: '1', Arn: arnOf('gone') }] }), 'made-context rule: there is no resource gone in its stack'],
  ['an unknown attribute', set('rule', { EventBusName: { 'Fn::GetAtt': ['queue', 'Size'] } }), 'made-context rule: Size of queue (AWS::SQS::Queue)'],
  ['a parameter that no stack makes', without('platform', 'toldAuthorizer'), 'made-context route: no stack makes the SSM parameter /made/authorizer'],
  [
    'a parameter of another type',
    ({ context }) => Object.assign(context.Parameters, { api: { Type: 'String' } }),
    'made-context integration: parameter api of type String has no value here',
  ],
  ['a thing without a name', set('queue', { QueueName: undefined }), 'made-context queue: '],
  [
    'two functions of one name',
    set('onStream', { FunctionName: 'made-function' }),
    'made-context function: a second AWS::Lambda::Function is called made-function',
  ],
  [
    'a type that it would have to play',
    ({ context }) => Object.assign(context.Resources, { machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: {} } }),
    'made-context machine: AWS::StepFunctions::StateMachine is not played by the local host',
  ],
  ['a resource on a condition', ({ context }) => Object.assign(context.Resources.queue ?? {}, { Condition: 'Sometimes' }), 'made-context queue: /: '],
  ['a transform', ({ context }) => Object.assign(context, { Transform: 'AWS::Serverless-2016-10-31' }), 'made-context context.template.json: /: '],
  ['a stage within the stage', ({ artifacts }) => Object.assign(artifacts, { inner: { type: 'cdk:cloud-assembly' } }), '/artifacts/inner/type: '],
  ['no gateway', without('platform', 'authorizer'), 'every stack AWS::ApiGatewayV2::Authorizer: there is none of it'],
  [
    'a second gateway',
    ({ platform }) => Object.assign(platform.Resources, { second: structuredClone(platform.Resources.stage) }),
    'made-platform second: a province has one AWS::ApiGatewayV2::Stage',
  ],
  ['a route of another gateway', set('route', { ApiId: 'elsewhere' }), 'made-context route: is of another gateway'],
  ['a route behind another authorizer', set('route', { AuthorizerId: 'elsewhere' }), 'made-context route: is behind another authorizer'],
  ['an open route with an authorizer', set('route', { AuthorizationType: 'NONE' }), 'made-context route: /: '],
  ['a route behind what it does not know', set('route', { AuthorizationType: 'AWS_IAM' }), 'made-context route: /AuthorizationType: '],
  ['a route without integration', set('route', { Target: 'integrations/none' }), 'made-context route: integrations/none is no integration of the province'],
  ['an integration to nowhere', set('integration', { IntegrationUri: 'arn:made' }), 'made-context integration: arn:made leads to no AWS::Lambda::Function'],
  ['an integration into a queue', set('integration', { IntegrationUri: arnOf('queue') }), 'leads to no AWS::Lambda::Function of the province'],
  [
    'two routes of one key',
    ({ context }) => Object.assign(context.Resources, { other: structuredClone(context.Resources.route) }),
    'made-context other: a second AWS::ApiGatewayV2::Route is called GET /v1/made/{id}',
  ],
  ['a catch-all route', set('route', { RouteKey: '$default' }), 'made-context route: /RouteKey: must be a method and a path'],
  ['a limit of one route', set('stage', { RouteSettings: {} }), 'made-platform stage: /: '],
  ['a function in a network', set('function', { VpcConfig: {} }), 'made-context function: /: Unrecognized key: "VpcConfig"'],
  ['a function without its code', set('function', { Code: { S3Key: 'gone.zip' } }), 'made-context function: no asset of the assembly is its code gone.zip'],
  ['a rule on an unknown bus', set('rule', { EventBusName: 'default' }), 'made-context rule: default leads to no AWS::Events::EventBus'],
  ['a rule that targets a function', set('rule', { Targets: [{ Arn: arnOf('function') }] }), 'made-context rule: arn:aws-cn:lambda:'],
  ['a rule that changes what it sends', set('rule', { Targets: [{ Arn: arnOf('queue'), InputPath: '$.detail' }] }), 'made-context rule: /Targets/0: '],
  ['a rule that is off', set('rule', { State: 'DISABLED' }), 'made-context rule: /State: '],
  ['an invalid pattern', set('rule', { EventPattern: { source: [{ sounds: 'like' }] } }), 'made-context rule: its pattern is refused: '],
  ['a delayed queue', set('queue', { DelaySeconds: 5 }), 'made-context queue: /: Unrecognized key: "DelaySeconds"'],
  [
    'dead letters to nowhere',
    set('queue', { RedrivePolicy: { deadLetterTargetArn: 'arn:made', maxReceiveCount: 3 } }),
    'made-context queue: arn:made leads to no',
  ],
  ['a mapping on nothing', set('mapping', { EventSourceArn: 'arn:made' }), 'made-context mapping: arn:made leads to no AWS::DynamoDB::Table'],
  ['a mapping to no function', set('mapping', { FunctionName: 'gone' }), 'made-context mapping: gone leads to no AWS::Lambda::Function'],
  ['a window on a queue', set('mapping', { MaximumBatchingWindowInSeconds: 5 }), 'made-context mapping: /: '],
  ['a filter on a queue', set('mapping', { FilterCriteria: { Filters: [] } }), 'made-context mapping: /: '],
  ['parallel batches of a shard', set('streamMapping', { ParallelizationFactor: 2 }), 'made-platform streamMapping: /: '],
  ['a stream from its end', set('streamMapping', { StartingPosition: 'LATEST' }), 'made-platform streamMapping: /StartingPosition: '],
  [
    'an invalid filter',
    set('streamMapping', { FilterCriteria: { Filters: [{ Pattern: '{"a":1}' }] } }),
    'made-platform streamMapping: its pattern is refused: ',
  ],
  ['a filter that is no JSON', set('streamMapping', { FilterCriteria: { Filters: [{ Pattern: '{' }] } }), 'made-platform streamMapping: its filter is no JSON'],
  [
    'a mapping on a table without stream',
    set('table', { StreamSpecification: undefined }),
    'made-platform streamMapping: the table made-table has no change stream',
  ],
  ['a table that forgets', set('table', { TimeToLiveSpecification: {} }), 'made-platform table: /: '],
  ['a schedule by the calendar', set('schedule', { ScheduleExpression: 'cron(0 1 * * ? *)' }), 'made-context schedule: cron(0 1 * * ? *) is no rate'],
  [
    'a schedule that gives an input',
    set('schedule', { Target: { Arn: arnOf('function'), Input: '{}' } }),
    'made-context schedule: {} is not how a run is begun',
  ],
];

test.each(REFUSED)('refuses %s', (_, change, message) => {
  const stage = writeAssembly(change);
  expect(() => readAssembly(stage)).toThrow(expect.objectContaining({ name: 'InvalidAssembly', message: expect.stringContaining(message) }));
});
