import { setTimeout as pause } from 'node:timers/promises';
import { DescribeTableCommand, DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { eventBridgeBus } from '../../functions/kernel/aws/event-bridge-bus.ts';
import { systemClock } from '../../functions/kernel/clock.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { SETTLE_MS } from '../../functions/kernel/dynamodb/ledger-store.ts';
import type { Clock } from '../../functions/kernel/ports.ts';
import { environmentIn } from '../local/deployed-environment.ts';
import type { Deployment } from '../local/deployment.ts';
import type { Province } from '../province.ts';
import { dynamoDbPart } from './dynamodb-part.ts';
import type { Place } from './place.ts';
import { SqsQueues } from './sqs-queues.ts';

/** The credentials lead elsewhere than to the province. */
export class WrongAccount extends Error {
  override readonly name = 'WrongAccount';
}

export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly eventbridge: EventBridgeClient;
  readonly sqs: SQSClient;
}

/** Clients of the province's region, with the credentials of the environment. */
export const clientsIn = (region: string): Clients => ({
  dynamodb: new DynamoDBClient({ region }),
  eventbridge: new EventBridgeClient({ region }),
  sqs: new SQSClient({ region }),
});

export interface DeployedParts {
  readonly province: Pick<Province, 'name' | 'account'>;
  readonly deployment: Deployment;
  readonly definitions: Definitions;
  readonly clients: Clients;
  readonly clock?: Clock;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** Milliseconds: five tries of a reaction, each with its pause, take half of this. */
const ON_THEIR_WAY = 3_600_000;

/** A province as it is deployed (已部署的省), reached with an operator's own credentials. Throws {@link WrongAccount}. */
export async function deployedPlace({ province, deployment, definitions, clients, clock = systemClock, wait = pause }: DeployedParts): Promise<Place> {
  const { LEDGER_TABLE, BUS } = environmentIn(deployment);
  await checkAccount(clients.dynamodb, LEDGER_TABLE, province);
  return {
    deployment,
    queues: new SqsQueues(clients.sqs),
    ...dynamoDbPart({
      client: DynamoDBDocumentClient.from(clients.dynamodb),
      deployment,
      definitions,
      bus: eventBridgeBus(clients.eventbridge, BUS),
      clock,
      settleMs: SETTLE_MS,
      // Twice: this machine's clock may be behind by as much as the feed allows for.
      settled: async () => {
        await wait(2 * SETTLE_MS);
      },
    }),
    live: true,
    settleMs: ON_THEIR_WAY,
    close: async () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** Tables of one name may stand in the account of a trial, too. */
async function checkAccount(client: DynamoDBClient, table: string, { name, account }: Pick<Province, 'name' | 'account'>): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table })).catch((error: unknown) => {
    if (error instanceof ResourceNotFoundException) throw new WrongAccount(`these credentials lead to no ${table}: take those of ${name}'s account ${account}`);
    throw error;
  });
  const found = Table?.TableArn?.split(':')[4];
  if (found !== account) throw new WrongAccount(`these credentials lead to the account ${found}, and ${name} is in ${account}`);
}
