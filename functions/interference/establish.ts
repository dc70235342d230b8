import * as z from 'zod';
import { AgencyFact } from '../../events/agencies.ts';
import { established, openRoutingAct, type RoutingAct } from '../../events/interference.ts';
import { type FactRequests, type FactsOf, lookUp } from '../kernel/command.ts';
import { isRefusal, notFound, type Refusal } from '../kernel/decision.ts';
import type { ReportState } from './report.ts';
import { route } from './routing.ts';

/** 承办人的认定: each interferer's situation, as the body of a command has it. */
export const establishedInput = z.array(z.strictObject(established.shape)).min(1).max(10);
type List = z.infer<typeof establishedInput>;

type Organs = FactsOf<{ readonly [name: string]: ReturnType<typeof lookUp<z.infer<typeof AgencyFact.schema>>> }>;

/** The receiving bureau, the commissioning organ, and where each interferer belongs; the last are withheld from the commit. */
export const organsOf = (list: List, state: ReportState | null) =>
  ({
    bureau: lookUp(AgencyFact, state?.bureau),
    commissioner: lookUp(AgencyFact, state?.commissioner.kind === 'organ' ? state.commissioner.agency : undefined),
    ...Object.fromEntries(list.map(({ organ }, at) => [`organ${at}`, lookUp(AgencyFact, organ, { withheld: true })])),
  }) satisfies FactRequests;

/** What art. 8 asks for what was established, and who goes on with it where the head of the receiving bureau interferes. */
export function actsFor(
  list: List,
  state: ReportState,
  organs: Organs,
): { readonly acts: readonly RoutingAct[]; readonly handedTo: { handedTo?: string } } | Refusal {
  const unknown = list.findIndex(({ organ }, at) => organ !== undefined && !organs[`organ${at}`]?.state);
  if (unknown >= 0) return notFound('干预人所在单位', `/established/${unknown}/organ`);
  const bureau = organs.bureau?.state;
  const commissioner = organs.commissioner?.state;
  if (!bureau) return notFound('主管司法行政机关');
  const acts = route(
    list.map(({ situation, separable, partyMember }, at) => ({ situation, separable, partyMember, organ: organs[`organ${at}`]?.state })),
    {
      bureau,
      institution: state.institution,
      commissioner: state.commissioner.kind !== 'organ' ? state.commissioner : commissioner ? { kind: 'organ', organ: commissioner } : { kind: 'person' },
    },
  );
  if (isRefusal(acts)) return acts;
  const ofHead = list.some(({ situation }) => situation === 'bureau-head');
  return { acts, handedTo: ofHead && bureau.superior !== null ? { handedTo: bureau.superior } : {} };
}

/** An act as the bus may know it. */
export const openActs = (acts: readonly RoutingAct[]) => acts.map((act) => openRoutingAct.parse(act));
