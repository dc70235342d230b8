import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type DynamoDbLocal, startDynamoDbLocal } from '../../infra/local/aws/dynamodb-local.ts';
import { localHost } from '../support/local-host.ts';
import { withDynamoDb } from '../support/with-dynamodb.ts';
import { runScenario } from './run-scenario.ts';

/**
 * Scenarios (场景) that between them play every function, store and stream. The others differ from one of these by a rule alone, and are played in memory, on SQLite
 * and over HTTP; each takes up to ten seconds here.
 */
const PLAYED = [
  'concurrent-submissions.yaml',
  'delegated-decision.yaml',
  'delivered-to-the-agency.yaml',
  'direct-report-stays-unseen.yaml',
  'inspection-and-circular.yaml',
  'ladder-of-article-11.yaml',
  'proficiency-corrected-after-striking-off.yaml',
  'proficiency-two-failures-and-one-item-struck-off.yaml',
  'protection-against-retaliation.yaml',
  'signed-by-the-agencies-systems.yaml',
  'slice-from-call-to-integrity-file.yaml',
  'unsigned-notice-escalated-over-national-day.yaml',
];

withDynamoDb('the scenarios over the bundles that are deployed', () => {
  describe('scenarios over HTTP, DynamoDB Local', () => {
    let server: DynamoDbLocal;
    beforeAll(async () => {
      server = await startDynamoDbLocal();
    }, 120_000);
    afterAll(() => server?.stop());

    test.each(PLAYED)('%s', { timeout: 240_000 }, async (file) => {
      const makeHost = localHost({ dynamodb: async () => server.endpoint });
      await runScenario(file, readFileSync(join(import.meta.dirname, file), 'utf8'), { makeHost });
    });
  });
});
