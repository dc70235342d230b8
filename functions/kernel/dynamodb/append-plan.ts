import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Append, AppendOutcome, CommitRecord, Guard } from '../ports.ts';
import type { Failed } from './errors.ts';
import { commitItem, commitKey, feedPlace, instantOf, receiptKey } from './ledger-items.ts';

type Operation = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** An append as one transaction, and what it means when an operation of it fails. */
export interface AppendPlan {
  /** The weightiest first: receipts, the commit, its predecessor, guards. */
  readonly operations: readonly Operation[];
  /** The answer, or another plan to try. */
  readonly verdict: (failed: Failed) => AppendOutcome | AppendPlan;
}

type Planned = readonly [operation: Operation, verdict: (item: Failed['item']) => AppendOutcome | AppendPlan];

const ABSENT = 'attribute_not_exists(pk)';

/**
 * Plans an append. `earliest`: no commit stands in the feed before that instant. A stream's commits never go backwards there, whatever the
 * writers' clocks say: the look at the predecessor also sees where that one stands, and a commit that would come before it joins its instant.
 */
export function planAppend(table: string, write: Append, bodies: readonly string[], earliest: string): AppendPlan {
  const commit = write.commit && { ...write.commit, bytes: new Uint8Array(write.commit.bytes) };
  const strictest = strictestOf(write.guards);
  const own = commit && strictest.get(commit.stream);
  const guards = [...strictest.values()].filter((guard) => guard !== own || isApart(guard, commit));
  const receipts = write.receipts.map(({ key }, at): Planned => {
    const put = { TableName: table, Item: { ...receiptKey(key), body: bodies[at] }, ConditionExpression: ABSENT };
    return [{ Put: put }, () => ({ ok: false, conflict: 'receipt', at: key })];
  });
  const checks = guards.map(({ stream, version }): Planned => {
    const check = { TableName: table, Key: commitKey(stream, version + 1), ConditionExpression: ABSENT };
    return [{ ConditionCheck: check }, () => ({ ok: false, conflict: 'guard', at: stream })];
  });
  const planAt = (instant: string): AppendPlan => {
    const planned = [...receipts, ...(commit ? commitOperations(table, commit, own, instant, planAt) : []), ...checks];
    return {
      operations: planned.map(([operation]) => operation),
      verdict: ({ at, item }) => (planned[at] as Planned)[1](item),
    };
  };
  return planAt(commit ? later(commit.recordedAt, earliest) : earliest);
}

/** The commit, and the look at its predecessor where it has one. */
function commitOperations(
  table: string,
  commit: CommitRecord,
  own: Guard | undefined,
  instant: string,
  planAt: (instant: string) => AppendPlan,
): readonly Planned[] {
  const { stream, version } = commit;
  const place = feedPlace(commit, instant);
  const taken = { ok: false, conflict: 'version', at: stream } as const;
  // No commit stands below version 1, so that there the opposite condition always fails.
  const put = { TableName: table, Item: commitItem(commit, place), ConditionExpression: version >= 1 ? ABSENT : 'attribute_exists(pk)' };
  if (version <= 1) return [[{ Put: put }, () => taken]];
  const overrun = own?.version === version - 2;
  const look = {
    TableName: table,
    Key: commitKey(stream, version - 1),
    ConditionExpression: 'feedAt < :place',
    ExpressionAttributeValues: { ':place': overrun ? BEFORE_ALL : place.feedAt },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
  const verdict = (item: Failed['item']) => {
    if (!item) return taken;
    if (overrun) return { ok: false, conflict: 'guard', at: stream } as const;
    return planAt(instantOf((item.feedAt as { S: string }).S));
  };
  return [
    [{ Put: put }, () => taken],
    [{ ConditionCheck: look }, verdict],
  ];
}

/** A place that stands before every commit's. */
const BEFORE_ALL = '!';

/** A stream has no gaps, so that of its guards the one at the lowest version says all. */
function strictestOf(guards: readonly Guard[]): ReadonlyMap<string, Guard> {
  const strictest = new Map<string, Guard>();
  for (const { stream, version } of guards) {
    if (version < (strictest.get(stream)?.version ?? Number.POSITIVE_INFINITY)) strictest.set(stream, { stream, version });
  }
  return strictest;
}

/**
 * Whether a guard on the stream that is written needs an operation of its own: one item takes one operation, and the commit and
 * the look at its predecessor say already whether the stream stands at `version - 1`.
 */
const isApart = (guard: Guard, commit: CommitRecord | undefined): boolean => commit !== undefined && guard.version < commit.version - 2;

/** The later of two instants, in the one form whose order as text is that of time. */
const later = (one: string, other: string): string => new Date(Math.max(Date.parse(one), Date.parse(other))).toISOString();
