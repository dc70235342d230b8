import * as z from 'zod';
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
  occurredOn: z.string(),
  recordedAt: z.string(),
  policy: z.string(),
  events: z.array(z.object({ id: z.string(), name: z.string(), basis: z.record(z.string(), z.string()).optional() })),
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
      occurredOn: commit.occurredOn,
      recordedAt: commit.recordedAt,
      policy: commit.policy,
      events: commit.events.map(({ id, name, data }) => ({ id, name, ...(data.basis ? { basis: data.basis as Record<string, string> } : {}) })),
    },
  };
}

/** The whole tree from the first command to the last consequence; siblings in order of time. */
export async function readTrace(views: Pick<ViewStore, 'rows'>, correlationId: string): Promise<readonly TraceNode[]> {
  const steps: TraceStep[] = [];
  for (let after: string | undefined; ; ) {
    const page = await views.rows(TRACE, correlationId, { limit: 500, ...(after === undefined ? {} : { after }) });
    steps.push(...page.rows.map(({ item }) => step.parse(item)));
    if (page.next === undefined) break;
    after = page.next;
  }
  const causes = new Set(steps.flatMap(({ events }) => events.map(({ id }) => id)));
  const grow = (each: TraceStep): TraceNode => {
    const ids = new Set(each.events.map(({ id }) => id));
    return { ...each, followed: steps.filter(({ causationId }) => causationId !== undefined && ids.has(causationId)).map(grow) };
  };
  return steps.filter(({ causationId }) => causationId === undefined || !causes.has(causationId)).map(grow);
}
