import { audit, auditChains, type Missing } from '../../functions/kernel/audit.ts';
import type { ChainFault } from '../../functions/kernel/ledger.ts';
import { aggregateNameOf } from '../../functions/kernel/stream.ts';
import { deadLetterQueues } from './dead-letter-queues.ts';
import type { Outcome } from './misuse.ts';
import type { Place } from './place.ts';
import type { Shift } from './shift.ts';
import { calledBy, counted, toldOf } from './words.ts';

/** Events of one reaction that are told one by one. */
const SHOWN = 20;

const FAULTS: Readonly<Record<ChainFault['fault'], string>> = {
  gap: 'a commit is missing before it',
  hash: 'its bytes are not those that were written',
  previous: 'it does not stand on the commit before',
  place: 'it was written for another place',
};

/** Whether every event has had every consequence (完整性核查), and every stream is as it was written; puts back exactly what is missing. */
export async function auditCompleteness(
  shift: Shift,
  { from, redrive = false }: { readonly from?: string | undefined; readonly redrive?: boolean | undefined },
): Promise<Outcome> {
  const { place, tell } = shift;
  const { kernel, settleMs } = place;
  const { commits, events, owed, missing } = await audit(kernel, { settleMs, ...(from === undefined ? {} : { fromDay: from }) });
  const young = settleMs > 0 ? ` What is younger than ${settleMs / 60_000} minutes may still be on its way and was not asked for.` : '';
  tell(`${counted(commits, 'commit')} with ${counted(events, 'event')}: ${counted(owed, 'consequence is', 'consequences are')} owed.${young}`);
  const faults = await auditChains(kernel);
  if (missing.length > 0) tellMissing(shift, missing, await waiting(shift));
  for (const { stream, version, fault } of faults) {
    tell(`A stream of ${aggregateNameOf(stream).aggregate} does not hold at its commit ${version}: ${FAULTS[fault]}.`);
  }
  if (missing.length === 0) tell('0 consequences are missing.');
  tell(
    faults.length === 0
      ? '0 chains are broken.'
      : `${counted(faults.length, 'chain is', 'chains are')} broken: change nothing, and set the ledger beside a backup.`,
  );
  if (faults.length > 0) return 1;
  return missing.length === 0 || (await mended(shift, missing, { from, redrive })) ? 0 : 1;
}

function tellMissing({ place: { kernel }, tell }: Shift, missing: readonly Missing[], waits: ReadonlyMap<string, string>): void {
  tell(`${counted(missing.length, 'consequence is', 'consequences are')} missing:`);
  for (const [name, all] of Map.groupBy(missing, ({ reaction }) => reaction)) {
    tell(`  ${all.length.toLocaleString('en')} of ${calledBy(name, kernel.definitions.reactions.get(name)?.title ?? '')}.${waits.get(name) ?? ''}`);
    for (const { detail } of all.slice(0, SHOWN)) tell(`    ${toldOf(kernel.definitions, detail)}`);
    if (all.length > SHOWN) tell(`    and ${counted(all.length - SHOWN, 'more', 'more')}`);
  }
}

/** What lies in the queues of each reaction, in words. */
async function waiting({ place }: Shift): Promise<ReadonlyMap<string, string>> {
  const found = [...queuesOf(place)].map(async ([reaction, { queue, dead }]): Promise<[string, string]> => {
    const [alive, failed] = await Promise.all([place.queues.count(queue), place.queues.count(dead)]);
    return [reaction, alive + failed === 0 ? '' : ` In its queue wait ${counted(alive, 'message')}, in its dead letters ${failed.toLocaleString('en')}.`];
  });
  return new Map(await Promise.all(found));
}

/** The queue of each reaction, and its dead letters. */
const queuesOf = ({ deployment, kernel }: Place): ReadonlyMap<string, { readonly queue: string; readonly dead: string }> =>
  new Map(
    deadLetterQueues(deployment, kernel.definitions).flatMap(({ name: dead, worker, cure }) =>
      worker?.kind === 'reaction' && cure.by === 'redrive' ? [[worker.name, { queue: cure.queue, dead }]] : [],
    ),
  );

/** Whether all of it is on its way again. Never of a ledger whose chains do not hold: what it says may not have happened. */
async function mended(
  { place, dry, tell, command }: Shift,
  missing: readonly Missing[],
  { from, redrive }: { readonly from: string | undefined; readonly redrive: boolean },
): Promise<boolean> {
  const again = `audit completeness${from === undefined ? '' : ` --from ${from}`}`;
  if (!redrive) {
    if (!place.live) tell('A host that was stopped early has not got to them yet: start it first, let it work, and ask again.');
    tell(`To drive exactly these: ${command(`${again} --redrive`)}`);
    return false;
  }
  const queues = queuesOf(place);
  let sent = 0;
  for (const each of missing) {
    const queue = queues.get(each.reaction)?.queue;
    if (queue === undefined) continue;
    if (!dry) await place.queues.send(queue, [envelopeOf(each)]);
    sent += 1;
  }
  tell(`${counted(sent, 'event')} ${dry ? 'would go' : 'went'} on the queue of the reaction that lacks it.`);
  if (dry) return false;
  tell(`${place.live ? 'In some minutes' : 'When the host was started again'} see that nothing is missing any more: ${command(again)}`);
  return sent === missing.length;
}

/** As the bus would hand it over. */
const envelopeOf = ({ event, detail }: Missing): string => JSON.stringify({ 'detail-type': event, detail });
