import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

type Properties = Record<string, unknown>;
interface Template {
  [section: string]: Record<string, unknown> | undefined;
  Resources: Record<string, { Type: string; Properties: Properties; [attribute: string]: unknown }>;
  Parameters: Record<string, { Type: string; Default?: string }>;
}

/** The two templates of a made province; a test changes one place and reads again. */
export interface MadeAssembly {
  readonly platform: Template;
  readonly context: Template;
  readonly artifacts: Record<string, unknown>;
  /** Properties of a resource of either stack. */
  readonly properties: (id: string) => Properties;
}

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const told = (name: string) => ({ Type: 'AWS::SSM::Parameter::Value<String>', Default: `/made/${name}` });

/** Writes the smallest province that has one of everything, as `change` left it; returns the folder of its assembly. */
export function writeAssembly(change: (made: MadeAssembly) => void = () => undefined): string {
  const platform: Template = {
    Parameters: {},
    Resources: {
      api: {
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: {
          ProtocolType: 'HTTP',
          CorsConfiguration: { AllowOrigins: ['*'], AllowMethods: ['GET'], AllowHeaders: ['if-match'], ExposeHeaders: ['etag'], MaxAge: 60 },
        },
      },
      stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: {
          ApiId: { Ref: 'api' },
          StageName: '$default',
          AutoDeploy: true,
          DefaultRouteSettings: { ThrottlingRateLimit: 3, ThrottlingBurstLimit: 6 },
        },
      },
      authorizer: {
        Type: 'AWS::ApiGatewayV2::Authorizer',
        Properties: {
          ApiId: { Ref: 'api' },
          AuthorizerType: 'JWT',
          IdentitySource: ['$request.header.Authorization'],
          JwtConfiguration: { Issuer: 'https://issuer.example/', Audience: ['made'] },
        },
      },
      table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          TableName: 'made-table',
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          BillingMode: 'PAY_PER_REQUEST',
          StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        },
      },
      bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'made-bus' } },
      toldApi: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/made/api', Type: 'String', Value: { Ref: 'api' } } },
      toldAuthorizer: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/made/authorizer', Type: 'String', Value: { Ref: 'authorizer' } } },
      onStream: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'made-on-stream', ...CODE } },
      streamMapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['table', 'StreamArn'] },
          FunctionName: { Ref: 'onStream' },
          StartingPosition: 'TRIM_HORIZON',
        },
      },
    },
  };
  const context: Template = {
    Parameters: { api: told('api'), authorizer: told('authorizer') },
    Resources: {
      function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'made-function', ...CODE } },
      integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: { ApiId: { Ref: 'api' }, IntegrationType: 'AWS_PROXY', IntegrationUri: arnOf('function'), PayloadFormatVersion: '2.0' },
      },
      route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId: { Ref: 'api' },
          RouteKey: 'GET /v1/made/{id}',
          Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'integration' }]] },
          AuthorizationType: 'JWT',
          AuthorizerId: { Ref: 'authorizer' },
        },
      },
      queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'made-function' } },
      rule: {
        Type: 'AWS::Events::Rule',
        Properties: { Name: 'made-rule', EventBusName: 'made-bus', EventPattern: { source: ['made'] }, Targets: [{ Id: 'one', Arn: arnOf('queue') }] },
      },
      mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: arnOf('queue'), FunctionName: { Ref: 'function' } } },
      schedule: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          Name: 'made-schedule',
          ScheduleExpression: 'rate(1 hour)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: { Arn: arnOf('function') },
        },
      },
    },
  };
  const artifacts: Record<string, unknown> = {
    ...Object.fromEntries(
      ['platform', 'context'].map((name) => [
        name,
        {
          type: 'aws:cloudformation:stack',
          environment: 'aws://000000000036/cn-north-1',
          properties: { stackName: `made-${name}`, templateFile: `${name}.template.json` },
        },
      ]),
    ),
    assets: { type: 'cdk:asset-manifest', properties: { file: 'made.assets.json' } },
  };
  const properties = (id: string): Properties => (platform.Resources[id] ?? context.Resources[id])?.Properties as Properties;
  change({ platform, context, artifacts, properties });

  const folder = mkdtempSync(join(tmpdir(), 'made-assembly-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const stage = join(folder, 'assembly-made');
  mkdirSync(join(folder, 'asset.code'), { recursive: true });
  mkdirSync(stage);
  const files = { code: { source: { path: '../asset.code', packaging: 'zip' }, destinations: { here: { objectKey: 'code.zip' } } } };
  const written = { 'manifest.json': { artifacts }, 'platform.template.json': platform, 'context.template.json': context, 'made.assets.json': { files } };
  for (const [file, content] of Object.entries(written)) writeFileSync(join(stage, file), JSON.stringify(content));
  return stage;
}

const CODE = { Code: { S3Bucket: 'made', S3Key: 'code.zip' }, Handler: 'index.handler', Runtime: 'nodejs24.x' };
