import { decodeCommit } from '../../functions/kernel/ledger.ts';
import { republish } from '../../functions/kernel/publish.ts';
import type { Outcome } from './misuse.ts';
import type { Shift } from './shift.ts';
import { counted } from './words.ts';

/** Publishes the ledger's own feed again from a day on (重新发布), after an outage. */
export async function replay({ place, dry, tell, command }: Shift, { from }: { readonly from: string }): Promise<Outcome> {
  const { commits, events } = await publishedFrom(place.kernel, from);
  tell(`${counted(commits, 'commit')} with ${counted(events, 'event')} since ${from} ${dry ? 'would go' : 'go'} out again.`);
  tell('Whoever had them before does nothing: each consequence has its receipt.');
  if (dry) return 0;
  await republish(place.kernel, from);
  tell(place.live ? 'They are published.' : 'They lie in the queues: the host handles them when it is started again.');
  tell(`Some minutes after that, see that nothing is missing: ${command(`audit completeness --from ${from}`)}`);
  return 0;
}

/** What the feed holds from a day on, imported history left out. */
async function publishedFrom({ ledger }: Shift['place']['kernel'], from: string): Promise<{ readonly commits: number; readonly events: number }> {
  let commits = 0;
  let events = 0;
  for (let position = await ledger.feedFrom(from); ; ) {
    const page = await ledger.feed(position, 500);
    for (const commit of page.records.map(decodeCommit)) {
      if (commit.history) continue;
      commits += 1;
      events += commit.events.length;
    }
    if (page.end) return { commits, events };
    position = page.position;
  }
}
