import type { Definitions } from '../../functions/kernel/definitions.ts';
import { DynamoDataKeyStore } from '../../functions/kernel/dynamodb/data-key-store.ts';
import { DynamoLedgerStore } from '../../functions/kernel/dynamodb/ledger-store.ts';
import { DynamoViewStore } from '../../functions/kernel/dynamodb/view-store.ts';
import { makeKeyRing } from '../../functions/kernel/seal.ts';
import type { TestDynamoDb } from '../support/dynamodb-local.ts';
import { MASTER } from '../support/key-ring.ts';
import { Province, SetClock } from '../support/province.ts';
import { type BenchProvince, NOW, performerOn, recordedLedger, setting, type Written } from './bench-province.ts';

/** A made province on DynamoDB Local, directory and registry filled. */
export interface DynamoDbProvince extends Omit<BenchProvince, 'close'> {
  /** Physical name of its ledger. */
  readonly table: string;
}

/** On tables of its own. */
export async function openDynamoDbProvince(definitions: Definitions, { client, makeTable }: TestDynamoDb): Promise<DynamoDbProvince> {
  const table = await makeTable('ledger');
  const clock = new SetClock(NOW);
  const written: Written[] = [];
  const dataKeys = new DynamoDataKeyStore({ client, table: await makeTable('keys') });
  const { kernel } = new Province({
    definitions,
    ledger: recordedLedger(new DynamoLedgerStore({ client, table, clock, since: NOW.slice(0, 10) }), written),
    views: new DynamoViewStore({ client, table: await makeTable('views') }),
    keyRing: makeKeyRing({ dataKeys, master: MASTER, clock }),
    clock,
  });
  const perform = performerOn(kernel);
  const { orders, ...registered } = setting();
  for (const order of orders) await perform(order);
  return { kernel, table, ...registered, written, perform };
}
