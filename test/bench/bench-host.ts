import { setting } from './bench-province.ts';
import { type Child, startChild } from './child.ts';
import { Client } from './client.ts';
import { type Loads, prepareLoads } from './loads.ts';
import type { Seen } from './watch.ts';

/** A host in a process of its own, and the agencies that send it loads from this one. */
export interface BenchHost {
  readonly child: Child;
  readonly client: Client;
  readonly loads: Loads;
  /** Waits until nothing is waiting. Throws where a delivery failed. */
  settled(): Promise<Seen>;
  close(): Promise<void>;
}

/** Directory, registry and tokens are made, and settled. */
export async function openBenchHost(data: string): Promise<BenchHost> {
  const child = startChild('host-process.ts', [data]);
  const client = await Client.of(child);
  const { orders, ...registered } = setting();
  for (const order of orders) await client.perform(order);
  const loads = await prepareLoads(registered, (order) => client.perform(order));
  for (const next of Object.values(loads)) await client.perform(next());
  const settled = async (): Promise<Seen> => {
    const seen = await child.ask<Seen>('settled');
    if (seen.failed > 0) throw new Error(`${seen.failed} deliveries failed`);
    return seen;
  };
  await settled();
  return {
    child,
    client,
    loads,
    settled,
    close: () => child.close(),
  };
}
