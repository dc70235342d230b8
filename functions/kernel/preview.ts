import type { AnyCommand } from './command.ts';
import type { Refusal } from './decision.ts';
import { type Call, execute } from './execute.ts';
import type { Kernel } from './kernel.ts';
import { type Commit, decodeCommit } from './ledger.ts';
import { LIMITS } from './limits.ts';
import type { AppendOutcome, CommitRecord, KeyRing, LedgerStore, Receipt } from './ports.ts';
import { toCloudEvent } from './publish.ts';
import { react } from './react.ts';
import { checkAppend } from './store-limits.ts';

/** What would be written and what would follow (预演). Restricted parts are left out; nothing is written. */
export interface Preview {
  readonly steps: readonly {
    readonly command: string;
    /** Names the step's cause in this preview: index of the step, -1 for the command itself. */
    readonly after: number;
    readonly stream: string;
    readonly events: readonly { readonly type: string; readonly data: unknown }[];
  }[];
  /** Everything that would follow is told; false beyond {@link LIMITS.previewSteps}. */
  readonly complete: boolean;
}

/** Plays a command and all its consequences on a layer above the ledger that is thrown away. */
export async function preview(kernel: Kernel, command: AnyCommand, input: unknown, call: Call): Promise<Preview | { readonly refusal: Refusal }> {
  const layer = layered(kernel.ledger);
  const played: Kernel = { ...kernel, ledger: layer.store, keyRing: blindKeyRing(kernel.keyRing) };
  const { discloses: _, ...silent } = command;
  const result = await execute(played, silent, input, call);
  if (result.outcome === 'refused') return { refusal: result.refusal };

  const steps: { command: string; after: number; stream: string; events: { type: string; data: unknown }[] }[] = [];
  for (let at = 0; at < layer.written.length && at < LIMITS.previewSteps; at += 1) {
    const commit = layer.written[at] as Commit;
    const after = layer.written.findIndex(({ events }) => events.some(({ id }) => id === commit.causationId));
    steps.push({ command: commit.command.name, after, stream: commit.stream, events: commit.events.map(({ name, data }) => ({ type: name, data })) });
    if (commit.depth === LIMITS.causation) continue;
    for (const event of commit.events) {
      for (const reaction of kernel.definitions.reactions.values()) {
        if (reaction.hears.some(({ name }) => name === event.name)) await react(played, reaction, toCloudEvent(kernel.province, commit, event));
      }
    }
  }
  return { steps, complete: layer.written.length <= LIMITS.previewSteps };
}

/** Reads through to the ledger; writes stay in the layer, by the ledger's own rules. */
function layered(below: LedgerStore): { store: LedgerStore; written: Commit[] } {
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

/** Makes no data key. What a command decides by is opened for it as ever. */
const blindKeyRing = (keyRing: KeyRing): KeyRing => ({
  seal: async () => 'withheld',
  open: (scope, place, sealed) => keyRing.open(scope, place, sealed),
  destroy: async () => undefined,
  pseudonym: (kind, value) => keyRing.pseudonym(kind, value),
});
