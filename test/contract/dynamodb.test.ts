import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DynamoDataKeyStore } from '../../functions/kernel/dynamodb/data-key-store.ts';
import { DynamoLedgerStore } from '../../functions/kernel/dynamodb/ledger-store.ts';
import { DynamoViewStore } from '../../functions/kernel/dynamodb/view-store.ts';
import type { Clock } from '../../functions/kernel/ports.ts';
import { cannotRun, type DynamoDbLocal, startDynamoDbLocal } from '../support/dynamodb-local.ts';
import { dataKeyStoreContract } from './data-key-store.contract.ts';
import { ledgerStoreContract } from './ledger-store.contract.ts';
import { viewStoreContract } from './view-store.contract.ts';

const obstacle = cannotRun();

/** After everything that the samples record. */
const SAMPLES_OVER: Clock = { now: () => Date.parse('2026-03-07T00:00:00.000Z') };
const SINCE = '2026-02-27';

if (obstacle) {
  describe('DynamoDB', () => {
    test(`NOT TESTED: ${obstacle}`, (context) => {
      process.stderr.write(`\n!!! The DynamoDB stores were NOT tested: ${obstacle}.\n\n`);
      expect(process.env.CI, 'in CI the DynamoDB stores are always tested').not.toBe('true');
      context.skip();
    });
  });
} else {
  let local: DynamoDbLocal;
  beforeAll(async () => {
    local = await startDynamoDbLocal();
  }, 60_000);
  afterAll(() => local?.stop());

  const ledger = async (clock: Clock, more: { settleMs?: number } = {}) =>
    new DynamoLedgerStore({ client: local.client, table: await local.makeTable('ledger'), clock, since: SINCE, ...more });

  ledgerStoreContract('DynamoDB', (clock) => (clock ? ledger(clock) : ledger(SAMPLES_OVER, { settleMs: 0 })));
  viewStoreContract('DynamoDB', async () => new DynamoViewStore({ client: local.client, table: await local.makeTable('views') }));
  dataKeyStoreContract('DynamoDB', async () => new DynamoDataKeyStore({ client: local.client, table: await local.makeTable('keys') }));
}
