import type { Definitions } from '../../functions/kernel/definitions.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import type { Commit } from '../../functions/kernel/ledger.ts';
import { react } from '../../functions/kernel/react.ts';
import type { AnyReaction } from '../../functions/kernel/reaction.ts';
import type { World } from './world.ts';

/**
 * Reactions that ask how things stand when they come: who has not signed yet. What is signed in between changes the answer, and rightly so.
 * The serial execution lets them come where they came in the run, and where they found nothing to do there, last: nothing may be left to do then.
 */
const CONTENDED: ReadonlySet<string> = new Set(['interference/ask-for-rows']);

export const withoutContended = (definitions: Definitions): Definitions => ({
  ...definitions,
  reactions: new Map([...definitions.reactions].filter(([name]) => !CONTENDED.has(name))),
});

/** Delivers to the contended reactions what the run's bus took, one by one. */
export class Contended {
  private readonly kernel: Kernel;
  private readonly reactions: readonly AnyReaction[];
  private readonly details: ReadonlyMap<string, { readonly type: string; readonly detail: unknown }>;

  constructor(kernel: Kernel, definitions: Definitions, archive: World['archive']) {
    this.kernel = { ...kernel, definitions };
    this.reactions = [...definitions.reactions.values()].filter(({ name }) => CONTENDED.has(name));
    this.details = new Map(
      archive.map(({ entry }) => {
        const detail = JSON.parse(entry.detail) as { id: string };
        return [detail.id, { type: entry.detailType, detail }];
      }),
    );
  }

  /** In the run. */
  wrote({ command, causationId }: Commit): boolean {
    return causationId !== undefined && this.reactions.some((each) => each.command.name === command.name);
  }

  async deliver(eventId: string): Promise<void> {
    const heard = this.details.get(eventId);
    for (const reaction of heard ? this.reactions.filter(({ hears }) => hears.some(({ name }) => name === heard.type)) : []) {
      await react(this.kernel, reaction, heard?.detail);
    }
  }

  async deliverAll(): Promise<void> {
    for (const eventId of this.details.keys()) await this.deliver(eventId);
  }
}
