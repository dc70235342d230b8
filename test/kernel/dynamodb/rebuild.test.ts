import { BatchWriteCommand, type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DynamoLedgerStore, SETTLE_MS } from '../../../functions/kernel/dynamodb/ledger-store.ts';
import { DynamoViewStore } from '../../../functions/kernel/dynamodb/view-store.ts';
import type { CommitRecord } from '../../../functions/kernel/ports.ts';
import { projectBatch, projectedThrough, rebuild } from '../../../functions/kernel/project.ts';
import { compareViews } from '../../../infra/ops/compare-views.ts';
import { standingIn } from '../../../infra/ops/standing-in-dynamodb.ts';
import { startTestDynamoDb, type TestDynamoDb } from '../../support/dynamodb-local.ts';
import { count, moveBox, openBox } from '../../support/made-context.ts';
import { type Made, setUpMade } from '../../support/made-kernel.ts';
import { withDynamoDb } from '../../support/with-dynamodb.ts';

const NOW = '2026-03-04T02:00:00.000Z';
const BOXES = ['1', '2', '3', '4', '5', '6'];

withDynamoDb('a rebuild in DynamoDB', () => {
  let local: TestDynamoDb;
  beforeAll(async () => {
    local = await startTestDynamoDb();
  }, 60_000);
  afterAll(() => local?.stop());

  /** A province whose project function goes on: `another` writes one more commit and projects it. */
  async function atWork() {
    let made: Made | undefined;
    const clock = { now: () => made?.clock.now() ?? Date.parse(NOW) };
    const ledger = new DynamoLedgerStore({ client: local.client, table: await local.makeTable('ledger'), clock, since: '2026-02-27' });
    const table = await local.makeTable('views');
    const views = new DynamoViewStore({ client: local.client, table });
    made = await setUpMade({ ledger, now: NOW });
    const { kernel, done } = made;
    const follow = async (stream: string) => {
      const { length } = await ledger.read(stream);
      const record = (await ledger.read(stream, { after: length - 1 }))[0] as CommitRecord;
      expect(await projectBatch({ ...kernel, views }, [record])).toBeUndefined();
    };
    let written = 0;
    const another = async () => {
      written += 1;
      const box = BOXES[written % BOXES.length] as string;
      if (written % 3 === 0) {
        await done(count, { tally: box, by: 1 });
        await follow(`made/tally/${box}`);
      } else {
        await done(moveBox, { box, shelf: `s${written}` });
        await follow(`made/box/${box}`);
      }
    };
    await follow('made/shelf/a');
    for (const box of BOXES) {
      await done(openBox, { box, shelf: 'a' });
      await follow(`made/box/${box}`);
      await done(count, { tally: box, by: 1 });
      await follow(`made/tally/${box}`);
    }
    const settled = async () => {
      (made as Made).clock.at += SETTLE_MS;
    };
    return { kernel: { ...kernel, views }, table, another, settled };
  }

  /** The views' store, between two of whose requests `another` happens as long as `often` says; a page of a scan is small. */
  function interrupted(table: string, another: () => Promise<void>, often: number): DynamoViewStore {
    let left = often;
    const send = async (command: unknown) => {
      if (command instanceof ScanCommand) command.input.Limit = 4;
      const answer = await local.client.send(command as ScanCommand);
      if ((command instanceof ScanCommand || command instanceof BatchWriteCommand) && left > 0) {
        left -= 1;
        await another();
      }
      return answer;
    };
    return new DynamoViewStore({ client: { send } as unknown as DynamoDBDocumentClient, table });
  }

  describe('a rebuild in DynamoDB', () => {
    test.each([1, 7, 23, 60])(
      'counts each commit once, also those that the project function brings there meanwhile: %i of them while it empties',
      async (often) => {
        const { kernel, table, another, settled } = await atWork();
        const views = interrupted(table, another, often);
        const feed: typeof kernel.ledger.feed = async (...asked) => {
          await another();
          expect(await projectedThrough(kernel.views)).toBeNull();
          return kernel.ledger.feed(...asked);
        };
        await rebuild({ ...kernel, views, ledger: { ...kernel.ledger, feed } }, { abreast: 8, emptied: settled });
        await settled();
        const found = await compareViews({ kernel, standing: () => standingIn(local.client, table) });
        expect(found).toMatchObject({ behind: 0, ahead: 0, countersApart: 0 });
        expect(found.listings.filter(({ altered, lacking, beyond }) => altered + lacking + beyond > 0)).toEqual([]);
        expect(found.commits).toBe(1 + 2 * BOXES.length + often + 1);
        expect(await projectedThrough(kernel.views)).not.toBeNull();
      },
    );
  });
});
