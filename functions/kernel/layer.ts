import { type Commit, decodeCommit } from './ledger.ts';
import type { AppendOutcome, CommitRecord, LedgerStore, Receipt } from './ports.ts';
import { checkAppend } from './store-limits.ts';

/** A layer above the ledger that is thrown away: reads go through to it, writes stay in the layer, by the ledger's own rules. */
export function layered(below: LedgerStore): { store: LedgerStore; written: Commit[] } {
  const commits = new Map<string, CommitRecord[]>();
  const receipts = new Map<string, Receipt>();
  const written: Commit[] = [];
  const head = async (stream: string) => commits.get(stream)?.at(-1) ?? below.head(stream);
  const versionOf = async (stream: string) => (await head(stream))?.version ?? 0;
  const receipt = async (key: string) => receipts.get(key) ?? below.receipt(key);
  const store: LedgerStore = {
    head,
    receipt,
    read: async (stream, options = {}) => {
      const limit = options.limit ?? 1000;
      const lower = await below.read(stream, options);
      const upper = (commits.get(stream) ?? []).filter(({ version }) => version > (options.after ?? 0));
      return [...lower, ...upper].slice(0, limit);
    },
    receipts: async (prefix) => [...(await below.receipts(prefix)), ...[...receipts.values()].filter(({ key }) => key.startsWith(prefix))],
    append: async (write): Promise<AppendOutcome> => {
      checkAppend(write);
      const { commit, receipts: added, guards } = write;
      for (const { key } of added) if (await receipt(key)) return { ok: false, conflict: 'receipt', at: key };
      if (commit && (await versionOf(commit.stream)) !== commit.version - 1) return { ok: false, conflict: 'version', at: commit.stream };
      for (const guard of guards) if ((await versionOf(guard.stream)) !== guard.version) return { ok: false, conflict: 'guard', at: guard.stream };
      for (const each of added) receipts.set(each.key, each);
      if (commit) {
        commits.set(commit.stream, [...(commits.get(commit.stream) ?? []), commit]);
        written.push(decodeCommit(commit));
      }
      return { ok: true };
    },
    feed: (position, limit) => below.feed(position, limit),
    feedFrom: (day) => below.feedFrom(day),
  };
  return { store, written };
}
