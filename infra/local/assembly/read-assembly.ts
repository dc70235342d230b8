import type { Deployment } from '../deployment.ts';
import { apiOf } from './api.ts';
import { functionsOf } from './functions.ts';
import { mappingsOf } from './mappings.ts';
import { queuesOf, rulesOf } from './queues.ts';
import { invalid, Resources } from './resources.ts';
import { schedulesOf } from './schedules.ts';
import { readAssets, readStacks } from './stacks.ts';
import { tablesOf } from './tables.ts';

/** Types of resources that have no part in a local run: who may do what, what is watched, encrypted and kept for later. */
const NO_PART: ReadonlySet<string> = new Set([
  'AWS::CloudWatch::Alarm',
  'AWS::Events::Archive',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::SSM::Parameter',
]);

/**
 * What the templates of one stage say (部署描述). `folder` is the stage's own assembly, such as `assembly-jiangxi`. Throws
 * {@link InvalidAssembly} for whatever a local host would have to leave out: nothing is passed over in silence.
 */
export function readAssembly(folder: string): Deployment {
  const resources = new Resources(readStacks(folder));
  const tables = tablesOf(resources);
  const deployment: Deployment = {
    api: apiOf(resources),
    functions: functionsOf(resources, readAssets(folder)),
    tables,
    rules: rulesOf(resources),
    queues: queuesOf(resources),
    ...mappingsOf(resources, tables),
    schedules: schedulesOf(resources),
  };
  for (const resource of resources.unread()) if (!NO_PART.has(resource.type)) throw invalid(resource, `${resource.type} is not played by the local host`);
  return deployment;
}
