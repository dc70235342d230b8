import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeCommit, encodeCommit } from '../../functions/kernel/ledger.ts';
import { filesIn } from '../../infra/local/data-folder.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { campaign, type Result } from './campaign.ts';
import { check, type Finding } from './check.ts';
import type { HostProcess } from './host-process.ts';
import { isAccepted } from './load.ts';
import { openSqlite } from './open-sqlite.ts';

const definitions = await loadDefinitions();
const open = async (data: string) => openSqlite(data, '360000', definitions);

describe('a host that is killed under load', () => {
  const data = mkdtempSync(join(tmpdir(), 'jianheng-kill-'));
  const folders = [data];
  const told: string[] = [];
  let host: HostProcess | undefined;
  let result: Result;

  beforeAll(async () => {
    result = await campaign({
      times: 3,
      seed: 4,
      province: 'jiangxi',
      dynamodb: false,
      data,
      open: () => open(data),
      tell: (line) => told.push(line),
      started: (each) => {
        host = each;
      },
    });
  }, 600_000);

  afterAll(async () => {
    await host?.kill();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  /** What is found in a copy of the folder that was tampered with. */
  async function tampered(tamper: (sql: DatabaseSync) => void): Promise<Finding> {
    const copy = mkdtempSync(join(tmpdir(), 'jianheng-kill-'));
    folders.push(copy);
    cpSync(data, copy, { recursive: true });
    const sql = new DatabaseSync(filesIn(copy).ledgerFile);
    sql.exec('DROP TRIGGER commits_stay; DROP TRIGGER commits_remain; DROP TRIGGER receipts_remain');
    tamper(sql);
    sql.close();
    const opened = await open(copy);
    try {
      return await check(opened, result.asked);
    } finally {
      await opened.close();
    }
  }

  test('keeps what it accepted with every consequence, and does nothing twice', () => {
    expect([...result.wrong, ...result.missing, ...result.doubled, ...result.broken], told.join('\n')).toEqual([]);
    expect(result.kills.load + result.kills.start + result.kills.stop).toBe(3);
    expect(result.accepted).toBeGreaterThan(20);
    expect(result.again).toBeGreaterThan(0);
    expect(result.repeated).toBe(result.accepted);
    expect(result.commits).toBeGreaterThan(result.accepted);
    expect(result.owed).toBeGreaterThan(0);
  });

  test('is found out where a consequence has no receipt', async () => {
    const { missing } = await tampered((sql) => sql.exec(`DELETE FROM receipts WHERE key = (SELECT key FROM receipts WHERE key GLOB 'reaction/*:*' LIMIT 1)`));
    expect(missing).toEqual([expect.stringContaining('has no receipt of')]);
  });

  test('is found out where an accepted request left nothing', async () => {
    const { missing, broken } = await tampered((sql) => {
      sql.exec(`DELETE FROM receipts WHERE key GLOB 'command/*'`);
      sql.exec(`DELETE FROM commits WHERE place = (SELECT max(place) FROM commits WHERE stream GLOB 'commissions/*')`);
    });
    expect(missing.filter((each) => each.endsWith('its receipt is lost'))).toHaveLength(result.asked.filter(isAccepted).length);
    expect(missing).toContainEqual(expect.stringContaining('its events do not stand at commissions/'));
    expect(broken).toContainEqual(expect.stringMatching(/^rows differ/));
  });

  test('is found out where an effect stands twice', async () => {
    for (const root of [true, false]) {
      const { doubled } = await tampered((sql) => repeatCommit(sql, root));
      expect(doubled).toContainEqual(expect.stringContaining('stands twice'));
      expect(doubled).toContainEqual(expect.stringContaining(root ? 'beyond what was asked for' : 'took effect twice'));
    }
  });

  test('is found out where views, chains or queues are not what they should be', async () => {
    const { broken } = await tampered((sql) => {
      sql.exec(`UPDATE counters SET value = value + 1 WHERE counter = (SELECT counter FROM counters LIMIT 1)`);
      sql.exec(`DELETE FROM rows WHERE (listing, partition, sort) = (SELECT listing, partition, sort FROM rows WHERE listing <> 'kernel/progress' LIMIT 1)`);
      sql.exec(`UPDATE commits SET hash = 'x' || hash WHERE place = (SELECT max(place) FROM commits)`);
      sql.exec(`INSERT INTO messages (queue, body, sent_at, receives, visible_at) VALUES ('made', '{}', 0, 0, 0)`);
    });
    for (const said of [/^counters differ/, /^rows differ/, /^the chain of .* breaks/, /^1 messages are left in made$/])
      expect(broken).toContainEqual(expect.stringMatching(said));
  });
});

/** The last commit that an agency's command (`root`) or an event caused, once more as its stream's next. */
function repeatCommit(sql: DatabaseSync, root: boolean): void {
  const all = sql.prepare('SELECT * FROM commits ORDER BY place DESC').all() as { stream: string; version: number; bytes: Uint8Array }[];
  const found = all.find(({ bytes }) => (decodeCommit({ bytes }).causationId === undefined) === root);
  if (!found) throw new Error('the ledger holds no such commit');
  const heads = all.filter(({ stream }) => stream === found.stream);
  const version = Math.max(...heads.map((each) => each.version)) + 1;
  const { bytes, hash } = encodeCommit({ ...decodeCommit(found), version });
  sql
    .prepare(
      `INSERT INTO commits (stream, version, bytes, alg, hash, state, fingerprint, recorded_at)
       SELECT stream, ?, ?, alg, ?, state, fingerprint, recorded_at FROM commits WHERE stream = ? AND version = ?`,
    )
    .run(version, bytes, hash, found.stream, found.version);
}
