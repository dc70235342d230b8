import * as z from 'zod';
import { type Basis, basis } from '../../events/basis.ts';
import type { Commit } from './ledger.ts';
import type { ListingRow, ViewStore } from './ports.ts';
import { aggregateNameOf } from './stream.ts';

/** One step of a trace (全过程留痕): what was decided, by which role, when, by which article. No person, no agency, no natural key. */
const step = z.object({
  command: z.string(),
  commandId: z.string(),
  causationId: z.string().optional(),
  aggregate: z.string(),
  kind: z.string(),
  roles: z.array(z.string()),
  /** 受委托: roles of the one in whose place it was decided. */
  onBehalfOf: z.object({ roles: z.array(z.string()) }).optional(),
  occurredOn: z.string(),
  recordedAt: z.string(),
  policy: z.string(),
  events: z.array(z.object({ id: z.string(), name: z.string(), bases: z.array(basis) })),
});
export type TraceStep = z.infer<typeof step>;

/** A step with what followed from it. */
export interface TraceNode extends TraceStep {
  readonly followed: readonly TraceNode[];
}

export const TRACE = 'kernel/trace';

export function traceRow(commit: Commit): ListingRow {
  const { aggregate } = aggregateNameOf(commit.stream);
  return {
    listing: TRACE,
    partition: commit.correlationId,
    sort: `${commit.recordedAt}/${commit.command.id}`,
    item: {
      command: commit.command.name,
      commandId: commit.command.id,
      ...(commit.causationId === undefined ? {} : { causationId: commit.causationId }),
      aggregate,
      kind: commit.actor.kind,
      roles: commit.actor.sealed === undefined ? [...commit.actor.roles] : ['withheld'],
      ...(commit.actor.onBehalfOf === undefined ? {} : { onBehalfOf: { roles: [...commit.actor.onBehalfOf.roles] } }),
      occurredOn: commit.occurredOn,
      recordedAt: commit.recordedAt,
      policy: commit.policy,
      events: commit.events.map(({ id, name, data }) => ({ id, name, bases: basesOf(data) })),
    },
  };
}

/** The open part's own article, or those of the things it lists, each once: a report is answered act by act. */
function basesOf(data: Readonly<Record<string, unknown>>): Basis[] {
  const listed = Object.values(data).flatMap((value) => (Array.isArray(value) ? value : []));
  const found = [data, ...listed].flatMap((each) => basis.safeParse((each as { basis?: unknown } | null)?.basis).data ?? []);
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

/** So many steps are read, the earliest: about 1.5 MB of an answer that may have 6. */
export const MAX_STEPS = 2000;
const PAGE = 500;

/** The whole tree from the first command to the last consequence; siblings in order of time. `truncated`: there are more steps than were read. */
export async function readTrace(
  views: Pick<ViewStore, 'rows'>,
  correlationId: string,
  atMost = MAX_STEPS,
): Promise<{ readonly tree: readonly TraceNode[]; readonly truncated: boolean }> {
  const steps: TraceStep[] = [];
  let after: string | undefined;
  do {
    const page = await views.rows(TRACE, correlationId, { limit: Math.min(PAGE, atMost - steps.length), ...(after === undefined ? {} : { after }) });
    steps.push(...page.rows.map(({ item }) => step.parse(item)));
    after = page.next;
  } while (after !== undefined && steps.length < atMost);
  const wrote = new Map(steps.flatMap((each) => each.events.map(({ id }) => [id, each])));
  const followedBy = Map.groupBy(steps, ({ causationId }) => (causationId === undefined ? undefined : wrote.get(causationId)));
  const grow = (each: TraceStep): TraceNode => ({ ...each, followed: (followedBy.get(each) ?? []).map(grow) });
  return { tree: (followedBy.get(undefined) ?? []).map(grow), truncated: after !== undefined };
}
