import type * as z from 'zod';
import type { AgencyFact } from '../../events/agencies.ts';
import type { RoutingAct } from '../../events/interference.ts';
import { ReportClosed } from '../../events/interference.ts';
import { HANDLING } from './articles.ts';
import type { ReportState, RoutedAct } from './report.ts';

/** 应有办理结果: who is only told (告知、通报纪检监察) owes no answer. */
const ASKS_FOR_OUTCOME: Readonly<Record<RoutingAct['act'], boolean>> = {
  investigate: true,
  handle: true,
  'inform-superior': true,
  'return-to-institution': true,
  identify: true,
  'party-discipline': true,
  'inform-discipline': false,
  'tell-commissioner': false,
};

export const asksForOutcome = ({ act }: Pick<RoutedAct, 'act'>): boolean => ASKS_FOR_OUTCOME[act];

/** 待登记结果的处理 */
export const awaited = (acts: readonly RoutedAct[]): readonly RoutedAct[] => acts.filter((each) => asksForOutcome(each) && each.outcome === null);

type Organ = Pick<z.infer<typeof AgencyFact.schema>, 'id' | 'superior'>;

/**
 * Whom the closing concerns: the institution that the report passed through, and the commissioning organ where it was told of what now has an
 * outcome. Of what concerns itself it hears no end either: its own superior's outcome alone closes nothing that it knows of.
 */
export function toTell(
  { institution, institutionKnows }: Pick<ReportState, 'institution' | 'institutionKnows'>,
  acts: readonly RoutedAct[],
  commissioner: Organ | undefined,
): string[] {
  const told = commissioner !== undefined && acts.some(({ act, recipient }) => act === 'tell-commissioner' && recipient === commissioner.id);
  const knownToIt = acts.some(
    (each) => asksForOutcome(each) && each.act !== 'identify' && !(each.act === 'inform-superior' && each.recipient === commissioner?.superior),
  );
  return [...(institutionKnows ? [institution] : []), ...(told && knownToIt ? [commissioner.id] : [])];
}

/** 办结, as soon as no act awaits an outcome; else nothing. */
export const closing = (state: ReportState, acts: readonly RoutedAct[], commissioner: Organ | undefined, closedOn: string) =>
  awaited(acts).length > 0
    ? []
    : [
        ReportClosed.of({
          report: state.report,
          case: state.case,
          institution: state.institution,
          bureau: state.bureau,
          toTell: toTell(state, acts, commissioner),
          closedOn,
          basis: HANDLING.closed,
        }),
      ];
