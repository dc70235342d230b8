import { join } from 'node:path';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { openBareFile, type Unit, unitOf } from './bare-file.ts';
import { openBenchHost } from './bench-host.ts';
import { type BenchProvince, benchFolder, type Order, openBenchProvince } from './bench-province.ts';
import { type Child, startChild } from './child.ts';
import { Client, type Driven } from './client.ts';
import { type Loads, prepareLoads } from './loads.ts';
import { type Effort, inRounds, type Line, linesOf, quantile } from './rounds.ts';

const CONNECTIONS = [1, 8, 32] as const;
/** In flight when rows are made. */
const AT_ONCE = 32;

/** Samples are longer than others', so that what is in work when the load ends counts for little. */
const LONGER = 4;

/** Commands whose rows the bare file is given. */
const ROWS_OF = 1_000;

/**
 * Commands over HTTP at a local host that does everything it is deployed to do: durable before the answer, reactions and views meanwhile. Beside it
 * the same gateway with nothing behind it (`empty-gateway`) and bare SQLite commits of the commands' own rows (`single`, `grouped`).
 * `host-process-time` is the host's own work for a command and all that follows from it, which another process on the machine disturbs least;
 * `settled` is the share of deliveries (to the bus, the views and the reactions) done when the last command was answered, `rest` how long the others took.
 */
export async function measureHttp(definitions: Definitions, { seconds, rounds }: Effort): Promise<readonly Line[]> {
  const folder = benchFolder();
  const opened: (() => unknown)[] = [() => folder.remove()];
  try {
    const host = await openBenchHost(join(folder.path, 'host'));
    opened.push(() => host.close());
    const gateway = startChild('gateway-process.ts');
    opened.push(() => gateway.close());
    const empty = await Client.of(gateway);
    const bare = await openBare(definitions, folder.path);
    opened.push(() => bare.close());
    const samples = await inRounds(rounds, async () => {
      const found: Record<string, number> = {};
      for (const [name, next] of Object.entries(host.loads)) {
        const answer = await host.client.perform(next());
        for (const connections of CONNECTIONS) {
          await host.settled();
          await host.child.ask('begin', false);
          const driven = await host.client.drive(next, connections, LONGER * seconds);
          const { deliveries, doneAtLastAnswer, rest, busy } = await host.settled();
          const floors = {
            'empty-gateway': rateOf(await driveEmpty(gateway, empty, answer, next, connections, seconds)),
            ...(await bare.rates(name as keyof Loads, Math.min(ROWS_OF, driven.count), connections)),
          };
          const at = `${name}/${connections}`;
          found[`${at}/accepted`] = rateOf(driven);
          found[`${at}/host-process-time`] = busy / driven.count;
          found[`${at}/settled`] = doneAtLastAnswer / deliveries;
          found[`${at}/rest`] = rest;
          found[`${at}/answer-p50`] = quantile(driven.answered, 0.5);
          found[`${at}/answer-p99`] = quantile(driven.answered, 0.99);
          for (const [floor, rate] of Object.entries(floors)) {
            found[`${at}/${floor}`] = rate;
            found[`${at}/ratio-to-${floor}`] = rateOf(driven) / rate;
          }
        }
      }
      return found;
    });
    return linesOf('http', samples, unitOfLine);
  } finally {
    for (const close of opened.reverse()) await close();
  }
}

const rateOf = ({ count, elapsed }: Driven): number => count / elapsed;

const unitOfLine = (name: string): Line['unit'] => {
  const what = name.split('/').at(-1) ?? '';
  if (what === 'settled' || what.startsWith('ratio')) return 'ratio';
  if (what === 'host-process-time') return 'µs';
  return what === 'rest' || what.startsWith('answer') ? 'ms' : 'per second';
};

/** The same requests, answered with what the host answered once. */
async function driveEmpty(gateway: Child, empty: Client, answer: object, next: () => Order, connections: number, seconds: number): Promise<Driven> {
  await gateway.ask('answer', answer);
  await empty.know(next());
  return empty.drive(next, connections, seconds);
}

interface Bare {
  /** Commands a second of so many commands' own rows, each a transaction, and so many to a transaction. */
  rates(load: keyof Loads, commands: number, perTransaction: number): Promise<{ readonly single: number; readonly grouped: number }>;
  close(): void;
}

async function openBare(definitions: Definitions, folder: string): Promise<Bare> {
  const province = await openBenchProvince(definitions, join(folder, 'kernel.sqlite'));
  const loads = await prepareLoads(province, (order) => province.perform(order));
  const files = { single: openBareFile(join(folder, 'single.sqlite')), grouped: openBareFile(join(folder, 'grouped.sqlite')) };
  return {
    rates: async (load, commands, perTransaction) => {
      const units = await rowsOf(province, loads[load], commands);
      const rate = (work: () => void): number => {
        const began = performance.now();
        work();
        return (commands * 1000) / (performance.now() - began);
      };
      return { single: rate(() => files.single.write(units, 1)), grouped: rate(() => files.grouped.write(units, perTransaction)) };
    },
    close: () => {
      for (const each of [province, ...Object.values(files)]) each.close();
    },
  };
}

async function rowsOf(province: BenchProvince, next: () => Order, commands: number): Promise<readonly Unit[]> {
  province.written.length = 0;
  for (let left = commands; left > 0; left -= AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(left, AT_ONCE) }, () => province.perform(next())));
  }
  return province.written.map(unitOf);
}
