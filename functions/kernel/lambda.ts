import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { policyFor } from '../policy/index.ts';
import { type Environment, environmentOf, functionsOf } from './aws/environment.ts';
import { eventBridgeBus } from './aws/event-bridge-bus.ts';
import { awsKeyRing, type Sealing } from './aws/key-ring.ts';
import { kmsUnwrap } from './aws/kms.ts';
import { lambdaCommands } from './aws/lambda-commands.ts';
import { streamHandler, watching } from './aws/stream-handler.ts';
import { systemClock } from './clock.ts';
import { closedNetwork } from './closed-network.ts';
import type { PostedTypes } from './cloud-events.ts';
import type { AnyCommand } from './command.ts';
import type { Definitions } from './definitions.ts';
import type { AnyDispatch } from './dispatch.ts';
import { DynamoDataKeyStore } from './dynamodb/data-key-store.ts';
import { DynamoLedgerStore } from './dynamodb/ledger-store.ts';
import { COUNTER_SHARDS } from './dynamodb/tables.ts';
import { DynamoViewStore } from './dynamodb/view-store.ts';
import { commandHandler } from './http/command-handler.ts';
import { type Documents, documentHandler } from './http/document-handler.ts';
import { type IntakeParts, intakeHandler } from './http/intake-handler.ts';
import { queryHandler } from './http/query-handler.ts';
import { signedIntakeHandler } from './http/signed-intake-handler.ts';
import type { Kernel } from './kernel.ts';
import { keyRightsOf } from './key-rights.ts';
import { makeLog } from './log.ts';
import type { makeNetwork } from './network.ts';
import { type Bus, type Network, NotPermitted } from './ports.ts';
import { projectBatch } from './project.ts';
import { publish } from './publish.ts';
import type { AnyQuery } from './query.ts';
import { queueHandler } from './queue-handler.ts';
import type { AnyReaction } from './reaction.ts';
import { type RunOptions, runDispatch } from './run-dispatch.ts';
import { runSchedule } from './run-schedule.ts';
import type { AnySchedule } from './schedule.ts';

/**
 * What each kind of function (函数) is in a Lambda: the kernel of its environment, and its handler. {@link Given} holds what it needs beside that: without it a
 * function that seals, discloses or reaches outside does not start.
 */
interface Given {
  readonly makeKeyRing?: Sealing['make'];
  readonly makeNetwork?: typeof makeNetwork;
}

export const commandLambda = async (definitions: Definitions, command: AnyCommand, given: Given = {}) =>
  commandHandler(
    await kernelFor(definitions, sealingOf(command.name, keyRightsOf(command), given), networkOf(command.reaches && command.name, given)),
    command,
  );

export async function queryLambda(query: AnyQuery) {
  const { client, clock, log, environment } = toolsOf();
  const keyRing = await keyRingOf(client, environment);
  return queryHandler({ province: environment.PROVINCE, clock, log, views: new DynamoViewStore({ client, table: environment.VIEWS_TABLE }), keyRing }, query);
}

export const documentLambda = (documents: Documents) => documentHandler({ clock: systemClock, log: lambdaLog() }, documents);

export const intakeLambda = (types: PostedTypes) => intakeHandler(intakePartsOf(types));

/** `definitions` hold what a signature is verified by, and nothing else. */
export async function signedIntakeLambda(definitions: Definitions, types: PostedTypes, given: Given) {
  const tools = toolsOf();
  const keyRing = await keyRingOf(tools.client, tools.environment, sealingOf('kernel/signed-events', { seal: false, open: true }, given));
  return signedIntakeHandler({ ledger: storesOf(tools).ledger, definitions, keyRing }, intakePartsOf(types));
}

export const reactionLambda = async (definitions: Definitions, reaction: AnyReaction, given: Given = {}) =>
  queueHandler(await kernelFor(definitions, sealingOf(reaction.name, keyRightsOf(reaction.command), given)), reaction);

export async function scheduleLambda(definitions: Definitions, schedule: AnySchedule, given: Given = {}): Promise<() => Promise<void>> {
  const kernel = await kernelFor(definitions, sealingOf(schedule.name, keyRightsOf(schedule.command), given));
  return async () => {
    await runSchedule(kernel, schedule);
  };
}

export async function dispatchLambda(definitions: Definitions, dispatch: AnyDispatch, given: Given = {}): Promise<(event: RunOptions) => Promise<void>> {
  const kernel = await kernelFor(definitions, sealingOf(dispatch.name, { seal: false, open: true }, given), networkOf(dispatch.name, given));
  return async ({ lingerMs = 0 }) => {
    await runDispatch(kernel, dispatch, { lingerMs });
  };
}

export function publishLambda() {
  const { PROVINCE: province, BUS } = environmentOf(process.env);
  const bus = eventBridgeBus(new EventBridgeClient({}), BUS);
  return watching(
    lambdaLog(),
    streamHandler((records) => publish({ bus, province }, records)),
  );
}

export function projectLambda(definitions: Definitions) {
  const kernel = { ...storesOf(toolsOf()), definitions };
  return streamHandler(async (records) => {
    // More at once would only meet in the shards of a counter that all of them move.
    const failed = await projectBatch(kernel, records, '0', COUNTER_SHARDS);
    return failed === undefined ? [] : [failed];
  });
}

const intakePartsOf = (types: PostedTypes): IntakeParts => ({
  types,
  clock: systemClock,
  log: lambdaLog(),
  give: lambdaCommands(new LambdaClient({}), functionsOf(process.env)),
});

function sealingOf(name: string, rights: Sealing['rights'], { makeKeyRing: make }: Given): Sealing | undefined {
  if (!rights.seal && !rights.open) return undefined;
  if (!make) throw new Error(`${name} seals or opens, and its function holds no sealing`);
  return { make, rights };
}

/** `name`: of who reaches outside; nothing for who does not. */
function networkOf(name: string | undefined, { makeNetwork: make }: Given): Network {
  if (name === undefined) return closedNetwork;
  if (!make) throw new Error(`${name} reaches outside, and its function holds no network`);
  return make({ loopback: environmentOf(process.env).LOOPBACK_ENDPOINTS === 'allowed' });
}

async function kernelFor(definitions: Definitions, sealing?: Sealing, network: Network = closedNetwork): Promise<Kernel> {
  const tools = toolsOf();
  const keyRing = await keyRingOf(tools.client, tools.environment, sealing);
  return { ...storesOf(tools), definitions, province: tools.environment.PROVINCE, policyFor, bus: closedBus, keyRing, network };
}

/** Only publish speaks to the bus. */
const closedBus: Bus = {
  put: async () => {
    throw new NotPermitted('this role may not put events');
  },
};

/** A line on standard output is one of the function's log. */
const lambdaLog = () => makeLog({ sink: (line) => process.stdout.write(`${line}\n`), clock: systemClock });

function toolsOf() {
  return {
    environment: environmentOf(process.env),
    client: DynamoDBDocumentClient.from(new DynamoDBClient({})),
    clock: systemClock,
    log: lambdaLog(),
  };
}

const storesOf = ({ environment, client, clock, log }: ReturnType<typeof toolsOf>) => ({
  clock,
  log,
  ledger: new DynamoLedgerStore({ client, table: environment.LEDGER_TABLE, clock, since: environment.LEDGER_SINCE }),
  views: new DynamoViewStore({ client, table: environment.VIEWS_TABLE }),
});

const keyRingOf = (client: DynamoDBDocumentClient, environment: Environment, sealing?: Sealing) =>
  awsKeyRing(new DynamoDataKeyStore({ client, table: environment.KEYS_TABLE }), kmsUnwrap(new KMSClient({})), sealing);
