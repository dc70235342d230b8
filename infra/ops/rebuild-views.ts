import { compareViews, type ListingDifference } from './compare-views.ts';
import type { Outcome } from './misuse.ts';
import type { Shift } from './shift.ts';
import { counted } from './words.ts';

/** Rebuilds the views from the ledger (重建视图); a dry run tells where they differ from it. */
export async function rebuildViews(shift: Shift): Promise<Outcome> {
  const { place, dry, tell, command } = shift;
  if (dry) return compared(shift);
  if (place.live) {
    tell('The views are emptied and filled again. Until that is done queries find less than there is, and say so: their asOf is null.');
    tell('Commands and their consequences go on; what they write meanwhile comes into the views once, here or by the project function.');
    tell('Schedules find less, too, and make up for it at their next run. If this is interrupted, run it again.');
  }
  tell(
    `${counted(await place.rebuild(), 'commit was', 'commits were')} brought into the views. To see that nothing differs: ${command('rebuild views --dry-run')}`,
  );
  return 0;
}

async function compared({ place, tell, command }: Shift): Promise<Outcome> {
  const { commits, listings, counters, countersApart, behind, ahead } = await compareViews(place);
  const rows = listings.reduce((sum, each) => sum + each.rows, 0);
  tell(
    `${counted(commits, 'commit gives', 'commits give')} ${counted(rows, 'row')} in ${counted(listings.length, 'listing')}, and ${counted(counters, 'counter')}.`,
  );
  const apart = listings.filter(({ altered, lacking, beyond }) => altered + lacking + beyond > 0);
  for (const each of apart) tell(`  ${each.listing}: ${inWords(each)}`);
  if (countersApart > 0) tell(`  ${counted(countersApart, 'counter differs', 'counters differ')}.`);
  if (behind > 0)
    tell(
      `  ${counted(behind, 'stream is', 'streams are')} not shown at the newest commit.${place.live ? '' : ' The host may only have been stopped before it got to them.'}`,
    );
  if (ahead > 0)
    tell(
      `  ${counted(ahead, 'stream is', 'streams are')} shown at a newer commit than there was${place.live ? ' when this began: what differs may be just that' : ''}.`,
    );
  if (apart.length + countersApart + behind + ahead === 0) {
    tell('0 differences. There is nothing to do.');
    return 0;
  }
  tell(`To rebuild them: ${command('rebuild views')}`);
  return 1;
}

function inWords({ rows, altered, lacking, beyond }: ListingDifference): string {
  const kinds = [
    [altered, 'altered'],
    [lacking, 'missing'],
    [beyond, 'too many'],
  ] as const;
  const told = kinds.filter(([count]) => count > 0).map(([count, kind]) => `${count.toLocaleString('en')} ${kind}`);
  return `${told.join(', ')}, where the ledger gives ${counted(rows, 'row')}.`;
}
