import { InstitutionsEnrolled, ProficiencyResultsDue, ProficiencyRoundClosed, ProficiencyRoundOpened } from '../../events/proficiency.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** Institutions that one round can have: its state names them. */
export const ENROLLED_AT_MOST = 1000;
/** Institutions that one list of those who owe a result names. */
export const DUE_AT_ONCE = 200;

/** 能力验证计划 of one provider, year and item; `null` before it is opened. */
export type RoundState = {
  readonly year: number;
  readonly item: string;
  readonly provider: string;
  readonly institutions: readonly string[];
  readonly openedOn: string;
  readonly closed: boolean;
  readonly closedOn: string | null;
} | null;

export const round = aggregate({
  name: 'proficiency/round',
  title: '能力验证计划',
  initial: null as RoundState,
  events: [ProficiencyRoundOpened, InstitutionsEnrolled, ProficiencyRoundClosed, ProficiencyResultsDue],
  evolve: {
    ProficiencyRoundOpened: (_, { year, item, provider, institutions, openedOn }): RoundState => ({
      year,
      item,
      provider,
      institutions,
      openedOn,
      closed: false,
      closedOn: null,
    }),
    InstitutionsEnrolled: (state, { institutions }) => state && { ...state, institutions: [...state.institutions, ...institutions] },
    ProficiencyRoundClosed: (state, { closedOn }) => state && { ...state, closed: true, closedOn },
    ProficiencyResultsDue: (state) => state,
  },
  listings: (state) => {
    if (!state) return [];
    const { year, item, provider, institutions, openedOn, closedOn } = state;
    const sort = `${year}/${item}/${provider}`;
    const row = { year, item, provider, enrolled: institutions.length, openedOn, closedOn };
    return [
      { listing: 'proficiency/rounds', partition: 'all', sort, item: row },
      { listing: 'proficiency/rounds', partition: provider, sort, item: row },
      { listing: 'proficiency/enrolled', partition: provider, sort, item: { institutions: [...institutions] } },
    ];
  },
});
