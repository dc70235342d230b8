import type { Resource } from './stacks.ts';

/** What the region's partition and its domain are called. */
export const partitionOf = (region: string): { readonly partition: string; readonly urlSuffix: string } =>
  region.startsWith('cn-') ? { partition: 'aws-cn', urlSuffix: 'amazonaws.com.cn' } : { partition: 'aws', urlSuffix: 'amazonaws.com' };

/** What a template knows a resource by: its `Ref`, and its attributes by name. */
export type References = Readonly<Record<string, (about: { readonly resource: Resource; readonly named: (property: string) => string }) => string>>;

const arn = ({ stack: { region, account } }: Resource, service: string, rest: string): string =>
  `arn:${partitionOf(region).partition}:${service}:${region}:${account}:${rest}`;

/** An identifier that the service would give. */
const made: References[string] = ({ resource }) => `${resource.stack.name}.${resource.id}`;

/** By type of resource. Names are the physical ones; what the services number is made from the logical id. */
export const REFERENCES: Readonly<Record<string, References>> = {
  'AWS::ApiGatewayV2::Api': { Ref: made },
  'AWS::ApiGatewayV2::Authorizer': { Ref: made },
  'AWS::ApiGatewayV2::Integration': { Ref: made },
  'AWS::DynamoDB::Table': {
    Ref: ({ named }) => named('TableName'),
    Arn: ({ resource, named }) => arn(resource, 'dynamodb', `table/${named('TableName')}`),
    StreamArn: ({ resource, named }) => arn(resource, 'dynamodb', `table/${named('TableName')}/stream/local`),
  },
  'AWS::Events::EventBus': {
    Ref: ({ named }) => named('Name'),
    Arn: ({ resource, named }) => arn(resource, 'events', `event-bus/${named('Name')}`),
  },
  'AWS::IAM::Role': {
    Ref: ({ named }) => named('RoleName'),
    Arn: ({ resource, named }) => arn({ ...resource, stack: { ...resource.stack, region: '' } }, 'iam', `role/${named('RoleName')}`),
  },
  'AWS::KMS::Key': { Ref: made, Arn: (about) => arn(about.resource, 'kms', `key/${made(about)}`) },
  'AWS::Lambda::Function': {
    Ref: ({ named }) => named('FunctionName'),
    Arn: ({ resource, named }) => arn(resource, 'lambda', `function:${named('FunctionName')}`),
  },
  'AWS::Logs::LogGroup': {
    Ref: ({ named }) => named('LogGroupName'),
    Arn: ({ resource, named }) => arn(resource, 'logs', `log-group:${named('LogGroupName')}:*`),
  },
  'AWS::SQS::Queue': {
    Ref: ({ resource: { stack }, named }) => `https://sqs.${stack.region}.${partitionOf(stack.region).urlSuffix}/${stack.account}/${named('QueueName')}`,
    Arn: ({ resource, named }) => arn(resource, 'sqs', named('QueueName')),
    QueueName: ({ named }) => named('QueueName'),
  },
};
