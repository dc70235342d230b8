import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type DynamoDbLocal, startDynamoDbLocal } from '../../infra/local/aws/dynamodb-local.ts';
import { localHost } from '../support/local-host.ts';
import { withDynamoDb } from '../support/with-dynamodb.ts';
import { runScenario } from './run-scenario.ts';

withDynamoDb('the scenarios over the bundles that are deployed', () => {
  describe('scenarios over HTTP, DynamoDB Local', () => {
    let server: DynamoDbLocal;
    beforeAll(async () => {
      server = await startDynamoDbLocal();
    }, 120_000);
    afterAll(() => server?.stop());

    test.each(readdirSync(import.meta.dirname).filter((name) => name.endsWith('.yaml')))('%s', { timeout: 240_000 }, async (file) => {
      const makeHost = localHost({ dynamodb: async () => server.endpoint });
      await runScenario(file, readFileSync(join(import.meta.dirname, file), 'utf8'), { makeHost });
    });
  });
});
