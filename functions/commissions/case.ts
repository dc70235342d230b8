import type * as z from 'zod';
import { CaseArchived, CaseConcluded, type CaseFact, CaseOpened } from '../../events/commissions.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** 鉴定案件; `null` before the file is opened. */
export type CaseState = (z.infer<typeof CaseFact.schema> & { readonly receivedOn: string }) | null;

export const caseFile = aggregate({
  name: 'commissions/case',
  title: '鉴定案件',
  initial: null as CaseState,
  events: [CaseOpened, CaseConcluded, CaseArchived],
  evolve: {
    CaseOpened: (_, data): CaseState => ({ ...data, number: data.number ?? 'case', status: 'open' }),
    CaseConcluded: (state) => state && { ...state, status: 'concluded' as const },
    CaseArchived: (state) => state && { ...state, status: 'archived' as const },
  },
  listings: (state) =>
    state
      ? [
          {
            listing: 'commissions/cases',
            partition: state.institution,
            sort: `${state.receivedOn}/${state.case}`,
            item: {
              case: state.case,
              number: state.number,
              matter: state.matter,
              items: state.items ?? null,
              receivedOn: state.receivedOn,
              status: state.status,
            },
          },
        ]
      : [],
  // By the month of the fact: what is entered later counts where it was.
  counters: {
    CaseOpened: ({ institution }, _, { occurredOn }) => [{ counter: `commissions/by-month/${occurredOn.slice(0, 7)}/${institution}/cases`, by: 1 }],
  },
});
