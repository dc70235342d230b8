import { openDatabase } from '../../infra/local/sqlite/open-database.ts';
import type { Written } from './bench-province.ts';

/** One transaction, ready to be written. */
export type Unit = readonly { readonly table: 'commits' | 'receipts' | 'data_keys'; readonly values: readonly (string | number | Uint8Array | null)[] }[];

/** The rows of what the kernel's stores wrote, with every text made beforehand. */
export const unitOf = (written: Written): Unit => {
  if ('dataKey' in written) return [{ table: 'data_keys', values: [written.dataKey.scope, written.dataKey.wrapped] }];
  const { commit, receipts } = written.append;
  return [
    ...receipts.map(({ key, body }) => ({ table: 'receipts' as const, values: [key, JSON.stringify(body)] })),
    ...(commit
      ? [
          {
            table: 'commits' as const,
            values: [commit.stream, commit.version, commit.bytes, commit.alg, commit.hash, commit.state, commit.fingerprint, commit.recordedAt],
          },
        ]
      : []),
  ];
};

/** The same tables under the same settings, and nothing but prepared inserts in transactions: what this disk and SQLite can do. */
export function openBareFile(file: string): { write: (units: readonly Unit[], perTransaction: number) => void; settings: string; close: () => void } {
  const { sql, close } = openDatabase(file);
  const statements = {
    commits: sql.prepare('INSERT INTO commits (stream, version, bytes, alg, hash, state, fingerprint, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
    receipts: sql.prepare('INSERT INTO receipts (key, body) VALUES (?, ?)'),
    data_keys: sql.prepare('INSERT INTO data_keys (scope, wrapped) VALUES (?, ?)'),
  };
  const pragma = (name: string) => String(Object.values(sql.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
  return {
    write: (units, perTransaction) => {
      for (let at = 0; at < units.length; at += perTransaction) {
        sql.exec('BEGIN IMMEDIATE');
        for (const unit of units.slice(at, at + perTransaction)) for (const { table, values } of unit) statements[table].run(...values);
        sql.exec('COMMIT');
      }
    },
    settings: ['journal_mode', 'synchronous', 'fullfsync'].map((name) => `${name}=${pragma(name)}`).join(' '),
    close,
  };
}
