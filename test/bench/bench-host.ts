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

/** Directory, registry and tokens are made, and settled. `dynamodb`: where DynamoDB Local answers, for a host on the deployed bundles. */
export async function openBenchHost(data: string, { dynamodb, subjects }: { dynamodb?: string; subjects?: number } = {}): Promise<BenchHost> {
  const child = startChild('host-process.ts', [data, ...(dynamodb === undefined ? [] : [dynamodb])]);
  const client = await Client.of(child);
  const { orders, ...registered } = setting();
  for (const order of orders) await client.perform(order);
  const loads = await prepareLoads(registered, (order) => client.perform(order), subjects);
  for (const next of Object.values(loads)) await client.perform(next());
  const settled = async (): Promise<Seen> => {
    const seen = await child.ask<Seen>('settled');
    // A transaction of DynamoDB's that met another one is tried again.
    if (seen.failed > 0 && dynamodb === undefined) throw new Error(`${seen.failed} deliveries failed`);
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
