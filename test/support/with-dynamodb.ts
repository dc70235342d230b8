import { describe, expect, test } from 'vitest';
import { cannotRun } from '../../infra/local/aws/dynamodb-local.ts';

/** Tests that need DynamoDB Local: skipped aloud where it cannot run, and failing in CI. `what` is tested, as a plural. */
export function withDynamoDb(what: string, tests: () => void): void {
  const obstacle = cannotRun();
  if (!obstacle) {
    tests();
    return;
  }
  describe(what, () => {
    test(`NOT TESTED: ${obstacle}`, (context) => {
      process.stderr.write(`\n!!! NOT tested: ${what}. ${obstacle}.\n\n`);
      expect(process.env.CI, `in CI ${what} are always tested`).not.toBe('true');
      context.skip();
    });
  });
}
