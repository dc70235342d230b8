import { audit, auditChains, type Missing } from '../../functions/kernel/audit.ts';
import type { ChainFault } from '../../functions/kernel/ledger.ts';
import { aggregateNameOf } from '../../functions/kernel/stream.ts';
import { type DeadLetterQueue, deadLetterQueues } from './dead-letter-queues.ts';
import type { Outcome } from './misuse.ts';
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
  const open = missing.length === 0 || (await tellMissing(shift, missing, redrive));
  const faults = await auditChains(kernel);
  for (const { stream, version, fault } of faults) {
    tell(`A stream of ${aggregateNameOf(stream).aggregate} does not hold at its commit ${version}: ${FAULTS[fault]}.`);
  }
  if (missing.length === 0) tell('0 consequences are missing.');
  tell(
    faults.length === 0
      ? '0 chains are broken.'
      : `${counted(faults.length, 'chain is', 'chains are')} broken: change nothing, and set the ledger beside a backup.`,
  );
  return faults.length > 0 || !open ? 1 : 0;
}

/** Whether all of it is on its way again. */
async function tellMissing(shift: Shift, missing: readonly Missing[], redrive: boolean): Promise<boolean> {
  const { place, dry, tell, command } = shift;
  const queues = deadLetterQueues(place.deployment, place.kernel.definitions);
  tell(`${counted(missing.length, 'consequence is', 'consequences are')} missing:`);
  let sent = 0;
  for (const [name, all] of Map.groupBy(missing, ({ reaction }) => reaction)) {
    const queue = queues.find(({ worker }) => worker?.kind === 'reaction' && worker.name === name);
    tell(`  ${all.length.toLocaleString('en')} of ${calledBy(name, place.kernel.definitions.reactions.get(name)?.title ?? '')}.${await waiting(shift, queue)}`);
    for (const { detail } of all.slice(0, SHOWN)) tell(`    ${toldOf(place.kernel.definitions, detail)}`);
    if (all.length > SHOWN) tell(`    and ${counted(all.length - SHOWN, 'more')}`.replace(/mores$/, 'more'));
    if (!redrive || queue?.cure.by !== 'redrive') continue;
    if (!dry) await place.queues.send(queue.cure.queue, all.map(envelopeOf));
    sent += all.length;
  }
  if (!redrive) {
    if (!place.live) tell('A host that was stopped early has not got to them yet: start it first, let it work, and ask again.');
    tell(`To drive exactly these: ${command('audit completeness --redrive')}`);
    return false;
  }
  tell(`${counted(sent, 'event')} ${dry ? 'would go' : 'went'} on the queue of the reaction that lacks it.`);
  if (!dry)
    tell(`${place.live ? 'In some minutes' : 'When the host was started again'} see that nothing is missing any more: ${command('audit completeness')}`);
  return !dry && sent === missing.length;
}

async function waiting({ place }: Shift, queue: DeadLetterQueue | undefined): Promise<string> {
  if (queue?.cure.by !== 'redrive') return '';
  const [alive, dead] = await Promise.all([place.queues.count(queue.cure.queue), place.queues.count(queue.name)]);
  return alive + dead === 0 ? '' : ` In its queue wait ${counted(alive, 'message')}, in its dead letters ${dead.toLocaleString('en')}.`;
}

/** As the bus would hand it over. */
const envelopeOf = ({ event, detail }: Missing): string => JSON.stringify({ 'detail-type': event, detail });
