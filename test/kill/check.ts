import { audit, auditChains } from '../../functions/kernel/audit.ts';
import type { Answer } from '../../functions/kernel/execute.ts';
import { actorFrom } from '../../functions/kernel/identity.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { type Commit, decodeCommit } from '../../functions/kernel/ledger.ts';
import type { CommitRecord } from '../../functions/kernel/ports.ts';
import { rebuild } from '../../functions/kernel/project.ts';
import { receiptOf } from '../../functions/kernel/receipts.ts';
import { MemoryViewStore } from '../simulation/memory-store.ts';
import { countersOf, differences, onceEach, rowsOf } from '../simulation/oracle.ts';
import { type Asked, isAccepted } from './load.ts';
import type { Opened } from './opened.ts';

/** What a ledger holds, and what is wrong with it, each in a sentence. */
export interface Finding {
  readonly commits: number;
  readonly events: number;
  /** Consequences that events have to have. */
  readonly owed: number;
  /** Answered and not in the ledger, or owed and not done. */
  readonly missing: readonly string[];
  /** There twice. */
  readonly doubled: readonly string[];
  /** Chains, views, queues. */
  readonly broken: readonly string[];
}

/** Everything that must hold in the folder of a host that came to rest and was stopped (终检), for all requests that it was ever sent. */
export async function check({ kernel, kept, messages }: Opened, asked: readonly Asked[]): Promise<Finding> {
  const records = await allOf(kernel);
  const commits = records.map(decodeCommit);
  const { events, owed, missing } = await audit(kernel);
  const chains = await auditChains(kernel);
  return {
    commits: commits.length,
    events,
    owed,
    missing: [
      ...(await answersWithoutEffect(kernel, commits, asked)),
      ...missing.map(({ event, eventId, reaction }) => `${event} ${eventId} has no receipt of ${reaction}`),
    ],
    doubled: [...eventsTwice(commits), ...effectsTwice(kernel, commits, asked), ...onceEach(commits)],
    broken: [
      ...chains.map(({ stream, version, fault }) => `the chain of ${stream} breaks at ${version}: ${fault}`),
      ...(await viewsApart(kernel, await kept())),
      ...messages().map(({ queue, count }) => `${count} messages are left in ${queue}`),
    ],
  };
}

async function allOf({ ledger }: Pick<Kernel, 'ledger'>): Promise<readonly CommitRecord[]> {
  const records: CommitRecord[] = [];
  for (let position: string | undefined; ; ) {
    const page = await ledger.feed(position, 500);
    records.push(...page.records);
    if (page.end) return records;
    position = page.position;
  }
}

/** Each accepted answer is its receipt's, and its events are the commit that it names. */
async function answersWithoutEffect(kernel: Kernel, commits: readonly Commit[], asked: readonly Asked[]): Promise<string[]> {
  const at = new Map(commits.map((commit) => [`${commit.stream}#${commit.version}`, commit]));
  const lost: string[] = [];
  for (const each of asked.filter(isAccepted)) {
    const { disclosed: _, ...answer } = JSON.parse(each.answer?.text ?? '') as Answer & { disclosed?: unknown };
    const receipt = (await kernel.ledger.receipt(receiptOfAsked(kernel, each)))?.body as { answer?: Answer } | undefined;
    if (JSON.stringify(receipt?.answer) !== JSON.stringify(answer))
      lost.push(`${nameOf(each)} was accepted, and its receipt is ${receipt ? 'another' : 'lost'}`);
    if (answer.events.length === 0) continue;
    const commit = at.get(`${answer.stream}#${answer.version}`);
    if (JSON.stringify(commit?.events.map(({ id, name }) => ({ id, type: name }))) !== JSON.stringify(answer.events))
      lost.push(`${nameOf(each)} was accepted, and its events do not stand at ${answer.stream} ${answer.version}`);
  }
  return lost;
}

function eventsTwice(commits: readonly Commit[]): string[] {
  const seen = new Set<string>();
  return commits.flatMap(({ events, stream, version }) =>
    events.flatMap(({ id, name }) => {
      if (!seen.has(id)) {
        seen.add(id);
        return [];
      }
      return [`${name} ${id} stands twice, again at ${stream} ${version}`];
    }),
  );
}

/** One commit a request, and none that nobody asked for. */
function effectsTwice(kernel: Kernel, commits: readonly Commit[], asked: readonly Asked[]): string[] {
  const known = new Set(asked.filter(({ sent }) => sent > 0).map((each) => kernel.keyRing.pseudonym('call', receiptOfAsked(kernel, each))));
  return commits
    .filter(({ causationId, actor }) => causationId === undefined && actor.kind !== 'system')
    .flatMap(({ command, stream, version }) => (known.delete(command.id) ? [] : [`${command.name} stands at ${stream} ${version}, beyond what was asked for`]));
}

/** What the host kept against what the ledger gives. */
async function viewsApart(kernel: Kernel, { rows, counters }: Awaited<ReturnType<Opened['kept']>>): Promise<string[]> {
  const views = new MemoryViewStore();
  await rebuild({ ...kernel, views });
  return [
    ...differences('rows', rowsOf(rows), rowsOf(views.allRows()), 'as kept', 'as rebuilt'),
    ...differences('counters', countersOf(counters), countersOf(views.allCounters()), 'as kept', 'as rebuilt'),
  ];
}

function receiptOfAsked({ keyRing }: Pick<Kernel, 'keyRing'>, { act: { claims, key } }: Asked): string {
  const actor = actorFrom(claims, keyRing);
  if ('refused' in actor) throw new Error('a made actor has bad claims');
  return receiptOf.command(keyRing, actor, key);
}

const nameOf = ({ act: { command, key } }: Asked): string => `${command} under ${key}`;
