import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { policyFor } from '../policy/index.ts';
import { type Environment, environmentOf } from './aws/environment.ts';
import { eventBridgeBus } from './aws/event-bridge-bus.ts';
import { awsKeyRing } from './aws/key-ring.ts';
import { kmsUnwrap } from './aws/kms.ts';
import { streamHandler } from './aws/stream-handler.ts';
import { systemClock } from './clock.ts';
import type { AnyCommand } from './command.ts';
import type { Definitions } from './definitions.ts';
import { DynamoDataKeyStore } from './dynamodb/data-key-store.ts';
import { DynamoLedgerStore } from './dynamodb/ledger-store.ts';
import { COUNTER_SHARDS } from './dynamodb/tables.ts';
import { DynamoViewStore } from './dynamodb/view-store.ts';
import { commandHandler } from './http/command-handler.ts';
import { queryHandler } from './http/query-handler.ts';
import type { Kernel } from './kernel.ts';
import { keyRightsOf } from './key-rights.ts';
import { makeLog } from './log.ts';
import { type Bus, NotPermitted } from './ports.ts';
import { projectBatch } from './project.ts';
import { publish } from './publish.ts';
import type { AnyQuery } from './query.ts';
import { queueHandler } from './queue-handler.ts';
import type { AnyReaction } from './reaction.ts';
import { runSchedule } from './run-schedule.ts';
import type { AnySchedule } from './schedule.ts';

/** What each kind of function (函数) is in a Lambda: the kernel of its environment, and its handler. */

export const commandLambda = async (definitions: Definitions, command: AnyCommand) => commandHandler(await kernelFor(definitions, command), command);

export const queryLambda = async (definitions: Definitions, query: AnyQuery) => queryHandler(await kernelFor(definitions), query);

export const reactionLambda = async (definitions: Definitions, reaction: AnyReaction) => queueHandler(await kernelFor(definitions, reaction.command), reaction);

export async function scheduleLambda(definitions: Definitions, schedule: AnySchedule): Promise<() => Promise<void>> {
  const kernel = await kernelFor(definitions, schedule.command);
  return async () => {
    await runSchedule(kernel, schedule);
  };
}

export function publishLambda() {
  const { PROVINCE: province, BUS } = environmentOf(process.env);
  const bus = eventBridgeBus(new EventBridgeClient({}), BUS);
  return streamHandler((records) => publish({ bus, province }, records));
}

export function projectLambda(definitions: Definitions) {
  const kernel = { ...storesOf(environmentOf(process.env)), definitions };
  return streamHandler(async (records) => {
    // More at once would only meet in the shards of a counter that all of them move.
    const failed = await projectBatch(kernel, records, '0', COUNTER_SHARDS);
    return failed === undefined ? [] : [failed];
  });
}

async function kernelFor(definitions: Definitions, command?: AnyCommand): Promise<Kernel> {
  const environment = environmentOf(process.env);
  const { dataKeys, ...stores } = storesOf(environment);
  const rights = command ? keyRightsOf(command) : { seal: false, open: false };
  const keyRing = await awsKeyRing(dataKeys, kmsUnwrap(new KMSClient({})), rights);
  return { ...stores, definitions, province: environment.PROVINCE, policyFor, bus: closedBus, keyRing };
}

/** Only publish speaks to the bus. */
const closedBus: Bus = {
  put: async () => {
    throw new NotPermitted('this role may not put events');
  },
};

function storesOf(environment: Environment) {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  return {
    clock: systemClock,
    log: makeLog({ sink: (line) => process.stdout.write(`${line}\n`), clock: systemClock }),
    ledger: new DynamoLedgerStore({ client, table: environment.LEDGER_TABLE, clock: systemClock, since: environment.LEDGER_SINCE }),
    views: new DynamoViewStore({ client, table: environment.VIEWS_TABLE }),
    dataKeys: new DynamoDataKeyStore({ client, table: environment.KEYS_TABLE }),
  };
}
