import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as Lambda, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { bundleOf } from '../bundle.ts';
import { contextOf, type Deployed, idOf } from '../deployed.ts';
import { grantsOf, type Keys } from '../grants.ts';
import type { Names } from '../names.ts';
import type { Province } from '../province.ts';

/** What every function of one province's stacks is made with. */
export interface Place {
  readonly province: Province;
  readonly names: Names;
  readonly keys: Keys;
  readonly contexts: readonly string[];
  /** Folder of the bundles. */
  readonly bundles: string;
  /** First day of the ledger (Asia/Shanghai). */
  readonly since: string;
}

/** Seconds after which a function is ended. The gateway waits no longer than 30. */
export const TIMEOUT_SECONDS = {
  command: 20,
  query: 20,
  intake: 29,
  reaction: 60,
  schedule: 300,
  dispatch: 90,
  publish: 60,
  project: 60,
  document: 20,
} as const;

/** A Lambda (函数) with its own role, its own log, and what its kind may do, nothing else. */
export function deployedFunction(scope: Construct, deployed: Deployed, place: Place): Lambda {
  const { province, names } = place;
  const id = idOf(deployed);
  const functionName = names.named(`${contextOf(deployed)}-${id}`);
  const logGroup = new LogGroup(scope, `${id}-log`, {
    logGroupName: `/jianheng/${province.code}/${contextOf(deployed)}/${id}`,
    retention: RetentionDays.SIX_MONTHS,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const role = new Role(scope, `${id}-role`, { roleName: functionName, assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }));
  for (const statement of grantsOf(deployed, place)) role.addToPolicy(statement);
  return new Lambda(scope, id, {
    functionName,
    role,
    logGroup,
    loggingFormat: LoggingFormat.TEXT,
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(join(place.bundles, bundleOf(deployed))),
    memorySize: province.sizes.memory[MEMORY[deployed.kind]],
    ...(deployed.kind === 'dispatch' ? { reservedConcurrentExecutions: 1 } : {}),
    timeout: Duration.seconds(TIMEOUT_SECONDS[deployed.kind]),
    environment: {
      PROVINCE: `${province.code}0000`,
      LEDGER_TABLE: names.ledger.name,
      VIEWS_TABLE: names.views.name,
      KEYS_TABLE: names.keys.name,
      BUS: names.bus.name,
      LEDGER_SINCE: place.since,
      ...(deployed.kind === 'intake' ? { FUNCTIONS: names.named('') } : {}),
    },
  });
}

const MEMORY = {
  command: 'command',
  query: 'query',
  intake: 'command',
  reaction: 'reaction',
  schedule: 'reaction',
  dispatch: 'reaction',
  publish: 'stream',
  project: 'stream',
  document: 'query',
} as const;
