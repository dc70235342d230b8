import canonicalize from 'canonicalize';
import { audit, auditChains } from '../../functions/kernel/audit.ts';
import { closedNetwork } from '../../functions/kernel/closed-network.ts';
import type { AnyCommand } from '../../functions/kernel/command.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { execute } from '../../functions/kernel/execute.ts';
import { actorFrom } from '../../functions/kernel/identity.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { type Commit, decodeCommit } from '../../functions/kernel/ledger.ts';
import { makeLog } from '../../functions/kernel/log.ts';
import type { CommitRecord, KeyRing, ListingRow } from '../../functions/kernel/ports.ts';
import { rebuild } from '../../functions/kernel/project.ts';
import { receiptOf } from '../../functions/kernel/receipts.ts';
import { makeKeyRing } from '../../functions/kernel/seal.ts';
import { Province, SetClock } from '../support/province.ts';
import { Contended, inOrderOfReading, withoutContended } from './contended.ts';
import { deliveryFaults } from './delivery-holds.ts';
import { byDocument, numberFaults } from './document-numbers.ts';
import type { Act } from './history.ts';
import { MemoryDataKeyStore } from './memory-data-keys.ts';
import { MemoryLedgerStore, MemoryViewStore } from './memory-store.ts';
import { proficiencyFaults } from './proficiency-holds.ts';
import { actorsNamed, seenByInstitution } from './unseen.ts';
import { MASTER, PROVINCE, type World } from './world.ts';

/** What a run got wrong, in a sentence; empty: nothing. */
export type Faulty = readonly string[];

/** Everything that must hold when a run has come to rest. `definitions` are the real ones, also where the world was given a bug. */
export async function judge(world: World, acts: readonly Act[], definitions: Definitions, marks: readonly string[]): Promise<Faulty> {
  const records = await all(world);
  const commits = records.map(decodeCommit);
  const faults: string[] = [];
  faults.push(...published(world, commits));
  faults.push(...onceEach(commits));
  faults.push(...numberFaults(commits));
  faults.push(...proficiencyFaults(commits, world.views.allRows()));
  if (world.stuck > 0) faults.push(`${world.stuck} messages are stuck in queues or dead-letter queues`);
  const kernel = plainKernel(world, definitions);
  for (const { stream, version, fault } of await auditChains(kernel)) faults.push(`chain of ${stream} breaks at ${version}: ${fault}`);
  for (const { event, reaction } of (await audit(kernel)).missing.slice(0, 3)) faults.push(`${event} has no receipt of ${reaction}`);
  faults.push(...confidential(world, commits, marks));
  faults.push(...[...seenByInstitution(commits, world.views.allRows()), ...actorsNamed(commits, definitions)].slice(0, 3));
  faults.push(...(await deliveryFaults(world, commits, kernel)));
  faults.push(...(await rebuilt(world, kernel)));
  faults.push(...(await serial(world, commits, acts, definitions)));
  return faults;
}

async function all(world: World): Promise<CommitRecord[]> {
  return world.ledger.stream(0, Number.MAX_SAFE_INTEGER);
}

function published(world: World, commits: readonly Commit[]): string[] {
  const onBus = new Set(world.archive.map(({ entry }) => (JSON.parse(entry.detail) as { id: string }).id));
  return commits.flatMap(({ events }) => events.filter(({ id }) => !onBus.has(id)).map(({ name, id }) => `${name} ${id} was never published`)).slice(0, 3);
}

/** No two commits of one command on one stream for one event. */
export function onceEach(commits: readonly Commit[]): string[] {
  const seen = new Set<string>();
  return commits.flatMap(({ command, stream, causationId }) => {
    if (causationId === undefined) return [];
    const effect = `${command.name} on ${stream} for ${causationId}`;
    if (seen.has(effect)) return [`${effect} took effect twice`];
    seen.add(effect);
    return [];
  });
}

/** Planted marks of restricted fields stand nowhere but in ciphertext. */
function confidential(world: World, commits: readonly Commit[], marks: readonly string[]): string[] {
  const places: readonly (readonly [string, string])[] = [
    ['bus', world.archive.map(({ entry }) => JSON.stringify(entry)).join('\n')],
    ['ledger', JSON.stringify(commits)],
    [
      'states',
      world.ledger
        .stream(0, Number.MAX_SAFE_INTEGER)
        .map(({ state }) => state)
        .join('\n'),
    ],
    ['receipts', JSON.stringify(world.ledger.allReceipts())],
    ['views', JSON.stringify(world.views.allRows())],
    ['counters', JSON.stringify(world.views.allCounters())],
    ['logs', world.lines.join('\n')],
    ['messages to endpoints', JSON.stringify(world.outside.posted.map(({ headers, body }) => [headers, body]))],
    ['answers', world.bodies.filter((body) => !body.includes('"disclosed"')).join('\n')],
  ];
  return marks
    .flatMap((mark) => places.filter(([, text]) => text.includes(mark)).map(([place]) => `a restricted field stands in the ${place}: ${mark}`))
    .slice(0, 3);
}

async function rebuilt(world: World, kernel: Kernel): Promise<string[]> {
  const views = new MemoryViewStore();
  await rebuild({ ...kernel, views });
  return differences('views', rowsOf(world.views.allRows()), rowsOf(views.allRows()), 'as kept', 'as rebuilt').concat(
    differences('counters', countersOf(world.views.allCounters()), countersOf(views.allCounters()), 'as kept', 'as rebuilt'),
  );
}

/** Accepted; or opened for who lost the right to it before the answer reached him, who is told no more, and maybe not even that there is anything. */
const tookEffect = (status: number | undefined, { discloses }: AnyCommand): boolean =>
  status === 200 || status === 201 || ((status === 403 || status === 404) && !!discloses);

/** Ledgers, files, ladders, inboxes, listings, counters: as if everything had been done one after the other. */
async function serial(world: World, commits: readonly Commit[], acts: readonly Act[], definitions: Definitions): Promise<string[]> {
  const clock = new SetClock(0);
  const at = new Map(commits.map(({ command, recordedAt }) => [command.id, Date.parse(recordedAt)]));
  const keyRing = clockedBy(makeKeyRing({ dataKeys: new MemoryDataKeyStore(), master: MASTER, clock }), clock, at);
  const province = new Province({
    definitions: withoutContended(definitions),
    ledger: new MemoryLedgerStore(),
    views: new MemoryViewStore(),
    keyRing,
    clock,
    province: PROVINCE,
    policyFor: world.policyFor,
  });
  const { kernel } = province;
  const contended = new Contended(kernel, definitions, world.archive);
  const roots = new Map<string, () => Promise<unknown>>();
  for (const act of acts) {
    const command = definitions.commands.get(act.command);
    const actor = actorFrom(act.claims, keyRing);
    if (!command || 'refused' in actor || !tookEffect(world.answers.get(act.index)?.status, command)) continue;
    const receipt = receiptOf.command(keyRing, actor, act.key);
    const parsed = command.input.safeParse(act.input);
    if (parsed.success) roots.set(`${keyRing.pseudonym('call', receipt)} ${command.name}`, () => execute(kernel, command, parsed.data, { actor, receipt }));
  }
  for (const [key, input] of world.due) {
    const name = key.split('/').slice(0, 2).join('/');
    const command = (definitions.schedules.get(name) ?? definitions.dispatches.get(name))?.command;
    if (!command) continue;
    const receipt = receiptOf.schedule(name, key.slice(name.length + 1));
    roots.set(`${keyRing.pseudonym('call', receipt)} ${command.name}`, () =>
      execute(kernel, command, command.input.parse(input), { actor: 'system', receipt }),
    );
  }
  for (const commit of inOrderOfReading(commits)) {
    const { causationId, command, stream } = commit;
    if (causationId !== undefined && !contended.wrote(commit)) continue;
    const run = causationId === undefined ? roots.get(`${command.id} ${command.name}`) : () => contended.deliver(commit);
    if (!run) return [`nobody asked for ${command.name} on ${stream}`];
    await run();
    await province.settle();
  }
  await contended.deliverAll();
  await province.settle();
  const ledger = kernel.ledger as MemoryLedgerStore;
  const views = kernel.views as MemoryViewStore;
  const here = byDocument(commits);
  const there = byDocument(ledger.stream(0, Number.MAX_SAFE_INTEGER).map(decodeCommit));
  return [
    ...differences('ledger', contentOf(world.ledger, here), contentOf(ledger, there), 'in the run', 'one after the other'),
    ...differences('rows', rowsOf(world.views.allRows(), here), rowsOf(views.allRows(), there), 'in the run', 'one after the other'),
    ...differences('counters', countersOf(world.views.allCounters()), countersOf(views.allCounters()), 'in the run', 'one after the other'),
  ];
}

type Reading = (value: unknown) => unknown;

/** Events of each stream whatever their order, and the state in the end. */
function contentOf(ledger: MemoryLedgerStore, read: Reading): ReadonlyMap<string, string> {
  const content = new Map<string, { events: string[]; state: string }>();
  for (const record of ledger.stream(0, Number.MAX_SAFE_INTEGER)) {
    const known = content.get(record.stream) ?? { events: [], state: '' };
    known.events.push(...decodeCommit(record).events.map(({ name, id, data }) => `${name} ${id} ${canonicalize(read(data))}`));
    known.state = canonicalize(read(JSON.parse(record.state))) ?? '';
    content.set(record.stream, known);
  }
  return new Map([...content].map(([stream, { events, state }]) => [stream, `${events.sort().join('\n  ')}\n  => ${state}`]));
}

export const rowsOf = (rows: readonly ListingRow[], read: Reading = (value) => value): ReadonlyMap<string, string> =>
  new Map(
    rows
      .filter(({ listing }) => listing !== 'kernel/progress')
      .map(({ listing, partition, sort, item }) => [`${listing} ${partition} ${sort}`, canonicalize(read(item)) ?? '']),
  );

export const countersOf = (counters: readonly { readonly counter: string; readonly value: number }[]): ReadonlyMap<string, string> =>
  new Map(counters.map(({ counter, value }) => [counter, String(value)]));

/** The first three keys at which two readings of one thing differ. */
export function differences(what: string, one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>, here: string, there: string): string[] {
  const keys = [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key) !== other.get(key)).sort();
  return keys.slice(0, 3).map((key) => `${what} differ at ${key}\n  ${here}: ${one.get(key) ?? '(absent)'}\n  ${there}: ${other.get(key) ?? '(absent)'}`);
}

/** Sets the clock to when the call was recorded in the run, so that both executions know the same now. */
const clockedBy = (keyRing: KeyRing, clock: SetClock, at: ReadonlyMap<string, number>): KeyRing => ({
  seal: (...args) => keyRing.seal(...args),
  open: (...args) => keyRing.open(...args),
  destroy: (...args) => keyRing.destroy(...args),
  pseudonym: (kind, value) => {
    const pseudonym = keyRing.pseudonym(kind, value);
    if (kind === 'call') clock.at = at.get(pseudonym) ?? clock.at;
    return pseudonym;
  },
});

function plainKernel(world: World, definitions: Definitions): Kernel {
  const clock = { now: () => world.scheduler.now };
  return {
    definitions,
    province: PROVINCE,
    policyFor: world.policyFor,
    ledger: world.ledger,
    views: world.views,
    bus: { put: async () => [] },
    keyRing: world.keyRing,
    network: closedNetwork,
    clock,
    log: makeLog({ sink: () => undefined, clock }),
  };
}
