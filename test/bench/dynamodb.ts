import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { planAppend } from '../../functions/kernel/dynamodb/append-plan.ts';
import type { Append, CommitRecord } from '../../functions/kernel/ports.ts';
import { startTestDynamoDb } from '../support/dynamodb-local.ts';
import { type Consumed, isWrite, metered } from '../support/metered.ts';
import { openBenchHost } from './bench-host.ts';
import { benchFolder, type Order } from './bench-province.ts';
import { ordersOf } from './commands.ts';
import { type DynamoDbProvince, openDynamoDbProvince } from './dynamodb-province.ts';
import { prepareLoads } from './loads.ts';
import { type Effort, inRounds, type Line, lineOf, linesOf } from './rounds.ts';
import { machineTime } from './watch.ts';

const IN_FLIGHT = [1, 8, 32] as const;

/** Appraisers of whom breaches are found: more than calls in flight. */
const SUBJECTS = 36;

/** Samples are longer than others', so that what is in work when the load ends counts for little. */
const LONGER = 2;

/**
 * What a command asks of DynamoDB: requests and capacity units, as DynamoDB Local tells them (a transaction's units are units of writing).
 * And how many a second it lets through, in memory, beside transactions that do nothing but put a commit of the same bytes and its receipt (`bare`):
 * commands alone on the stores of this process, and the host on the deployed bundles, over HTTP, until all that follows is done (`with-reactions`).
 */
export async function measureDynamoDb(definitions: Definitions, { seconds, rounds }: Effort): Promise<readonly Line[]> {
  const folder = benchFolder();
  const opened: (() => unknown)[] = [() => folder.remove()];
  try {
    const costs = await costsOf(definitions);
    const local = await startTestDynamoDb();
    opened.push(() => local.stop());
    const province = await openDynamoDbProvince(definitions, local);
    const loads = await prepareLoads(province, (order) => province.perform(order), SUBJECTS);
    const host = await openBenchHost(join(folder.path, 'host'), { dynamodb: local.endpoint, subjects: SUBJECTS });
    opened.push(() => host.close());
    const sample = await plainAppend(province, loads['open-case']());
    const bare = bareWrites(local.client, province.table, sample);
    const samples = await inRounds(rounds, async () => {
      const found: Record<string, number> = {};
      for (const inFlight of IN_FLIGHT) {
        const floor = await rateOf(bare, inFlight, seconds);
        found[`bare/${inFlight}`] = floor;
        const tell = (what: string, rate: number): void => {
          found[`${what}/${inFlight}/rate`] = rate;
          found[`${what}/${inFlight}/ratio-to-bare`] = rate / floor;
        };
        for (const [load, next] of Object.entries(loads)) tell(`commands/${load}`, await rateOf(() => province.perform(next()), inFlight, seconds));
        for (const [load, next] of Object.entries(host.loads)) {
          await host.client.know(next());
          const began = machineTime();
          const { count } = await host.client.drive(next, inFlight, LONGER * seconds);
          await host.settled();
          tell(`with-reactions/${load}`, (count * 1000) / (machineTime() - began));
        }
      }
      return found;
    });
    return [...costs, ...linesOf('dynamodb', samples, (name) => (name.endsWith('/ratio-to-bare') ? 'ratio' : 'per second'))];
  } finally {
    for (const close of opened.reverse()) await close();
  }
}

/** Each command once, in a province that knows all that it names, on a server of its own. */
async function costsOf(definitions: Definitions): Promise<readonly Line[]> {
  const local = await startTestDynamoDb();
  try {
    const consumed = metered(local.client);
    const province = await openDynamoDbProvince(definitions, local);
    const loads = await prepareLoads(province, (order) => province.perform(order), 1);
    const { openCase, signRow } = ordersOf(province);
    const lines: Line[] = [];
    const cost = async (order: Order): Promise<string> => {
      consumed();
      const { correlationId } = await province.perform(order);
      lines.push(...costLines(order.command.split('/').at(-1) ?? '', consumed()));
      return correlationId;
    };
    await cost(openCase());
    const signed = signRow() as Order;
    await cost(reportOf(signed, await cost(signed)));
    await cost(loads['find-breach']());
    return lines;
  } finally {
    await local.stop();
  }
}

function costLines(command: string, { requests, readUnits, writeUnits }: Consumed): readonly Line[] {
  const count = (write: boolean) => Object.entries(requests).reduce((sum, [name, times]) => (isWrite(name) === write ? sum + times : sum), 0);
  const [reads, writes] = [count(false), count(true)];
  return [
    ...Object.entries({ requests: reads + writes, reads, writes }).map(([what, value]) => lineOf(`dynamodb/${command}/${what}`, 'requests', [value])),
    ...Object.entries({ 'read-units': readUnits, 'write-units': writeUnits }).map(([what, value]) => lineOf(`dynamodb/${command}/${what}`, 'units', [value])),
  ];
}

/** Reports what a row says. */
export const reportOf = ({ claims, input }: Order, row: string): Order => ({
  command: 'interference/report-interference',
  claims,
  input: { ...(input as object), row, to: 'institution', insider: 'none', seriousConsequences: false },
});

/** What a command wrote, with nothing to look at beside it. */
async function plainAppend({ perform, written }: DynamoDbProvince, order: Order): Promise<Append> {
  await perform(order);
  const last = written.at(-1);
  if (!last || !('append' in last)) throw new Error(`${order.command} wrote no commit`);
  return { ...last.append, guards: [] };
}

/** Puts the same bytes under names of their own, a commit and a receipt a transaction. */
function bareWrites(client: DynamoDBDocumentClient, table: string, { commit, receipts }: Append): () => Promise<unknown> {
  const [receipt] = receipts;
  let count = 0;
  return () => {
    count += 1;
    const write: Append = {
      commit: { ...(commit as CommitRecord), stream: `bare/${count}`, version: 1 },
      receipts: [{ key: `bare:${count}`, body: receipt?.body ?? null }],
      guards: [],
    };
    const { operations } = planAppend(table, write, [JSON.stringify(receipt?.body)], (commit as CommitRecord).recordedAt);
    return client.send(new TransactWriteCommand({ TransactItems: [...operations], ClientRequestToken: randomUUID() }));
  };
}

/** Keeps so many calls in flight for so long, at least one each; calls a second until the last was answered. */
async function rateOf(work: () => Promise<unknown>, inFlight: number, seconds: number): Promise<number> {
  const began = performance.now();
  const end = began + seconds * 1000;
  let count = 0;
  const caller = async () => {
    do {
      await work();
      count += 1;
    } while (performance.now() < end);
  };
  await Promise.all(Array.from({ length: inFlight }, caller));
  return (count * 1000) / (performance.now() - began);
}
