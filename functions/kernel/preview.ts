import type { AnyCommand } from './command.ts';
import type { Refusal } from './decision.ts';
import { type Call, execute } from './execute.ts';
import type { Kernel } from './kernel.ts';
import { layered } from './layer.ts';
import type { Commit } from './ledger.ts';
import { LIMITS } from './limits.ts';
import type { KeyRing } from './ports.ts';
import { toCloudEvent } from './publish.ts';
import { react } from './react.ts';

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

/** Makes no data key. What a command decides by is opened for it as ever. */
const blindKeyRing = (keyRing: KeyRing): KeyRing => ({
  seal: async () => 'withheld',
  open: (scope, place, sealed) => keyRing.open(scope, place, sealed),
  destroy: async () => undefined,
  pseudonym: (kind, value) => keyRing.pseudonym(kind, value),
});
