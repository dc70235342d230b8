import type { Kernel } from './kernel.ts';
import { type ChainFault, decodeCommit, verifyChain } from './ledger.ts';
import { toCloudEvent } from './publish.ts';
import { missingOf, owes, react } from './react.ts';
import type { AnyReaction } from './reaction.ts';

/** A consequence that is owed and has no receipt. */
export interface Missing {
  readonly eventId: string;
  readonly event: string;
  readonly reaction: string;
  /** CloudEvent to deliver again. */
  readonly detail: unknown;
}

export interface Audit {
  readonly commits: number;
  readonly events: number;
  /** Event × reaction pairs that were looked at. */
  readonly owed: number;
  readonly missing: readonly Missing[];
}

/**
 * Every event × every reaction that hears it has its receipt: reads the ledger's own feed from `day` (default: the first),
 * never the bus. Events younger than `settleMs` are not looked at yet.
 */
export async function audit(
  kernel: Pick<Kernel, 'definitions' | 'province' | 'ledger' | 'clock'>,
  options: { fromDay?: string; settleMs?: number } = {},
): Promise<Audit> {
  const hearers = new Map<string, AnyReaction[]>();
  for (const reaction of kernel.definitions.reactions.values()) {
    for (const { name } of reaction.hears) hearers.set(name, [...(hearers.get(name) ?? []), reaction]);
  }
  const until = new Date(kernel.clock.now() - (options.settleMs ?? 0)).toISOString();
  const missing: Missing[] = [];
  let commits = 0;
  let events = 0;
  let owed = 0;
  let position = options.fromDay === undefined ? undefined : await kernel.ledger.feedFrom(options.fromDay);
  for (;;) {
    const page = await kernel.ledger.feed(position, 500);
    for (const record of page.records) {
      const commit = decodeCommit(record);
      commits += 1;
      events += commit.events.length;
      if (commit.history || commit.recordedAt > until) continue;
      for (const event of commit.events) {
        for (const reaction of hearers.get(event.name) ?? []) {
          if (!owes(reaction, commit.recordedAt)) continue;
          owed += 1;
          const lacks = await missingOf(kernel, reaction, event.id);
          if (lacks === 'unplanned' || lacks.length > 0) {
            missing.push({ eventId: event.id, event: event.name, reaction: reaction.name, detail: toCloudEvent(kernel.province, commit, event) });
          }
        }
      }
    }
    if (page.end) return { commits, events, owed, missing };
    position = page.position;
  }
}

/** Drives exactly what is missing, straight from the ledger; returns how many were driven. One that fails is logged, stays missing and keeps no other from its turn. */
export async function redrive(kernel: Kernel, missing: readonly Missing[]): Promise<number> {
  let driven = 0;
  for (const { reaction: name, detail } of missing) {
    const reaction = kernel.definitions.reactions.get(name);
    if (!reaction) continue;
    try {
      await react(kernel, reaction, detail);
      driven += 1;
    } catch (error) {
      kernel.log.warn('redrive-failed', { reaction: name, error });
    }
  }
  return driven;
}

/** Chains of all streams in the feed; returns the faults. */
export async function auditChains(kernel: Pick<Kernel, 'ledger'>): Promise<readonly ChainFault[]> {
  const streams = new Set<string>();
  for (let position: string | undefined; ; ) {
    const page = await kernel.ledger.feed(position, 500);
    for (const { stream } of page.records) streams.add(stream);
    if (page.end) break;
    position = page.position;
  }
  const faults = [];
  for (const stream of streams) {
    const fault = await verifyChain(kernel.ledger, stream);
    if (fault) faults.push(fault);
  }
  return faults;
}
