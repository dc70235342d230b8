import { describe, expect, test } from 'vitest';
import { GroupCommit } from '../../../../infra/local/sqlite/group-commit.ts';

/** A database that notes what it is told, and refuses what it is told to refuse. */
class Spy {
  readonly told: string[] = [];
  /** Each time it was set. */
  readonly synchronous: string[] = [];
  isTransaction = false;
  refused: string | undefined;

  exec(sql: string): void {
    if (sql === this.refused) throw new Error(`refused: ${sql}`);
    if (sql.startsWith('PRAGMA synchronous')) this.synchronous.push(sql.split(' ').at(-1) as string);
    else this.told.push(sql);
    this.isTransaction = sql.startsWith('BEGIN');
  }
}

function setUp(): { spy: Spy; group: GroupCommit; unit: (name: string) => Promise<string> } {
  const spy = new Spy();
  const group = new GroupCommit(spy);
  const unit = (name: string) =>
    group.run(() => {
      spy.told.push(name);
      return name;
    });
  return { spy, group, unit };
}

const failing = () => {
  throw new Error('made up');
};

describe('group commit', () => {
  test('units that arrive together share one transaction, in order', async () => {
    const { spy, unit } = setUp();
    expect(await Promise.all(['a', 'b', 'c'].map(unit))).toEqual(['a', 'b', 'c']);
    expect(spy.told).toEqual(['BEGIN IMMEDIATE', 'a', 'b', 'c', 'COMMIT']);
  });

  test('a unit is answered after the COMMIT, and what it asks for then comes in the next group', async () => {
    const { spy, unit } = setUp();
    await unit('a');
    expect(spy.told).toEqual(['BEGIN IMMEDIATE', 'a', 'COMMIT']);
    await unit('b');
    expect(spy.told.slice(3)).toEqual(['BEGIN IMMEDIATE', 'b', 'COMMIT']);
  });

  test('a group holds 512 units, and the next begins after its COMMIT', async () => {
    const { spy, unit } = setUp();
    await Promise.all(Array.from({ length: 513 }, (_, at) => unit(String(at))));
    expect(spy.told.slice(510)).toEqual(['509', '510', '511', 'COMMIT', 'BEGIN IMMEDIATE', '512', 'COMMIT']);
  });

  test('a group waits for the disk where one of its units has to be durable, and only there', async () => {
    const { spy, group } = setUp();
    const note = () => spy.synchronous.push('·');
    await group.follow(note);
    await Promise.all([group.follow(note), group.run(note)]);
    await group.run(note);
    await Promise.all([group.follow(note), group.follow(note)]);
    expect(spy.synchronous).toEqual(['NORMAL', '·', 'FULL', '·', '·', '·', 'NORMAL', '·', '·']);
  });

  test('a unit that throws is undone alone; the others of its group are committed', async () => {
    const { spy, group, unit } = setUp();
    const [a, wrong, b] = await Promise.allSettled([unit('a'), group.run(failing), unit('b')]);
    expect([a?.status, wrong?.status, b?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(wrong).toMatchObject({ reason: { message: 'made up' } });
    expect(spy.told).toEqual('BEGIN IMMEDIATE,a,ROLLBACK,BEGIN IMMEDIATE,a,COMMIT,BEGIN IMMEDIATE,ROLLBACK,BEGIN IMMEDIATE,b,COMMIT'.split(','));
  });

  test('a transaction that SQLite ended by itself is not rolled back again', async () => {
    const { spy, group } = setUp();
    const ended = group.run(() => {
      spy.isTransaction = false;
      failing();
    });
    await expect(ended).rejects.toThrow('made up');
    expect(spy.told).toEqual(['BEGIN IMMEDIATE']);
  });

  test('after a refused COMMIT nobody goes on seeing what is not durable', async () => {
    const { spy, unit } = setUp();
    spy.refused = 'COMMIT';
    await expect(unit('a')).rejects.toThrow('The disk refused a commit');
    expect(spy.told).toEqual(['BEGIN IMMEDIATE', 'a', 'ROLLBACK']);
  });

  test('a refused COMMIT rejects its group, what waits, and all that comes after', async () => {
    const { spy, unit } = setUp();
    spy.refused = 'COMMIT';
    const waiting = Array.from({ length: 600 }, (_, at) => unit(String(at)));
    const settled = await Promise.allSettled(waiting);
    expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
    spy.refused = undefined;
    await expect(unit('late')).rejects.toThrow('The disk refused a commit: make room or replace it, then start again.');
    expect(spy.told.slice(510)).toEqual(['509', '510', '511', 'ROLLBACK']);
  });

  test('a refused COMMIT on the way of single units rejects those that follow', async () => {
    const { spy, group, unit } = setUp();
    spy.refused = 'COMMIT';
    const settled = await Promise.allSettled([group.run(failing), unit('a'), unit('b')]);
    expect(settled.map((one) => (one.status === 'rejected' ? (one.reason as Error).message.slice(0, 8) : 'ok'))).toEqual(['made up', 'The disk', 'The disk']);
  });

  test('a refused BEGIN rejects the unit and leaves the next its chance', async () => {
    const { spy, unit } = setUp();
    spy.refused = 'BEGIN IMMEDIATE';
    await expect(unit('a')).rejects.toThrow('refused: BEGIN');
    spy.refused = undefined;
    expect(await unit('b')).toBe('b');
  });

  test('ending commits all that waits at once, and takes no more', async () => {
    const { spy, group, unit } = setUp();
    const waiting = Promise.all(Array.from({ length: 513 }, (_, at) => unit(String(at))));
    group.end();
    expect(spy.told.filter((one) => one === 'COMMIT')).toHaveLength(2);
    expect(await waiting).toHaveLength(513);
    await expect(unit('late')).rejects.toThrow('The file is closed.');
  });
});
