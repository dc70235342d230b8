import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LocalQueue } from '../../../infra/local/deployment.ts';
import { type LocalDatabase, openDatabase } from '../../../infra/local/sqlite/open-database.ts';
import { SqliteQueues } from '../../../infra/local/sqlite/sqlite-queues.ts';

const DAY = 86_400_000;
const definitions: readonly LocalQueue[] = [
  { name: 'work', visibilityMs: 1_000, retentionMs: 14 * DAY, redrive: { maxReceives: 3, deadLetters: 'dead' } },
  { name: 'other', visibilityMs: 1_000, retentionMs: 14 * DAY },
  { name: 'dead', visibilityMs: 30_000, retentionMs: 14 * DAY },
];

const folder = mkdtempSync(join(tmpdir(), 'queues-'));
let now = 1_000_000_000_000;
let database: LocalDatabase;
let queues: SqliteQueues;
let files = 0;
const open = () => {
  database = openDatabase(join(folder, `${files}.sqlite`));
  queues = new SqliteQueues(database, definitions, () => now);
};
beforeEach(() => {
  files += 1;
  open();
});
afterEach(() => database.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bodies = (messages: readonly { readonly body: string }[]) => messages.map(({ body }) => body);
const send = (...sent: string[]) => queues.send(sent.map((body) => ({ queue: 'work', body })));
const failOnce = async () => {
  const taken = queues.receive('work', 10);
  await queues.fail(
    'work',
    taken.map(({ id }) => id),
  );
  return taken;
};

describe('a queue', () => {
  test('gives what was sent, oldest first, and hides what somebody works on', async () => {
    await send('a', 'b', 'c');
    expect(bodies(queues.receive('work', 2))).toEqual(['a', 'b']);
    expect(bodies(queues.receive('work', 2))).toEqual(['c']);
    expect(queues.receive('work', 2)).toEqual([]);
    expect(queues.count('work')).toEqual({ visible: 0, held: 3, delayed: 0 });
  });

  test('tells its listener alone that something came', async () => {
    const told: string[] = [];
    queues.onArrival('work', () => told.push('work'));
    queues.onArrival('other', () => told.push('other'));
    await send('a', 'b');
    expect(told).toEqual(['work']);
  });

  test('gives a failed message again after the visibility timeout, not a millisecond before, and counts', async () => {
    await send('a');
    expect((await failOnce())[0]?.receives).toBe(1);
    expect(queues.delay('work')).toBe(1_000);
    now += 999;
    expect(queues.receive('work', 1)).toEqual([]);
    now += 1;
    expect(queues.receive('work', 1)).toMatchObject([{ body: 'a', receives: 2 }]);
  });

  test('moves a message to the dead letters at the last receive that is allowed', async () => {
    await send('a');
    for (const receives of [1, 2, 3]) {
      expect(queues.messages('dead')).toEqual([]);
      expect((await failOnce())[0]?.receives).toBe(receives);
      now += 1_000;
    }
    expect(queues.receive('work', 1)).toEqual([]);
    expect(bodies(queues.messages('dead'))).toEqual(['a']);
  });

  test('without dead letters tries for ever', async () => {
    await queues.send([{ queue: 'other', body: 'a' }]);
    for (let receives = 1; receives < 20; receives += 1) {
      const [message] = queues.receive('other', 1);
      expect(message?.receives).toBe(receives);
      await queues.fail('other', [message?.id ?? 0]);
      now += 1_000;
    }
  });

  test('refuses a queue that the deployment does not have', async () => {
    await expect(queues.send([{ queue: 'nowhere', body: 'a' }])).rejects.toThrow('there is no queue nowhere');
  });
});

describe('a queue after a restart', () => {
  const restart = () => {
    database.close();
    open();
  };

  test('gives again what was being worked on, without counting it, and not what was deleted', async () => {
    await send('a', 'b', 'c');
    const [first] = queues.receive('work', 2);
    await queues.delete('work', [first?.id ?? 0]);
    restart();
    expect(queues.receive('work', 10)).toMatchObject([
      { body: 'b', receives: 1 },
      { body: 'c', receives: 1 },
    ]);
  });

  test('still waits for what had failed, and still knows how often', async () => {
    await send('a');
    await failOnce();
    restart();
    expect(queues.receive('work', 1)).toEqual([]);
    now += 1_000;
    expect(queues.receive('work', 1)).toMatchObject([{ body: 'a', receives: 2 }]);
  });

  test('forgets what is older than the retention, dead letters too', async () => {
    await send('old');
    now += 14 * DAY;
    await send('kept');
    now += 1;
    restart();
    expect(bodies(queues.receive('work', 10))).toEqual(['kept']);
  });
});
