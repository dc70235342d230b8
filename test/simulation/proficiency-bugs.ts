import type { NewEvent } from '../../events/event.ts';
import { ConsecutiveFailureDetected, ConsecutiveFailureRevoked, ProficiencyTestFailed } from '../../events/proficiency.ts';
import type { AnyCommand, Fact } from '../../functions/kernel/command.ts';
import { isRefusal } from '../../functions/kernel/decision.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { type Bug, redecided, replaced, type Seen, seeing } from './bugs.ts';

/** Planted bugs in what follows from proficiency testing, up to the striking off and back. */
export const PROFICIENCY_BUGS: Readonly<Record<string, Bug>> = {
  'correction forgets to revoke': {
    means: 'A result is corrected, and the two failed years stand detected all the same.',
    definitions: deciding('proficiency/correct-result', (events) => events.filter(({ definition }) => definition.name !== ConsecutiveFailureRevoked.name)),
  },
  'correction leaves the entry': {
    means: 'A corrected failure still counts in the integrity file.',
    definitions: redecided('proficiency/correct-result', (event) =>
      'enteredFile' in (event.data as Seen) ? { ...event, data: { ...(event.data as Seen), enteredFile: false } } : event,
    ),
  },
  'detected across a gap': {
    means: 'A year without a result between two failed ones does not break the chain.',
    definitions: deciding('proficiency/record-result', (events, state, input) => {
      const years = (state?.years ?? {}) as Readonly<Record<string, { readonly test: { readonly counts: boolean } | null }>>;
      const year = Number(input.year);
      const failed = events.find(({ definition }) => definition.name === ProficiencyTestFailed.name);
      if (!failed || years[year - 1] || !years[year - 2]?.test?.counts || events.length > 1) return events;
      const { institution, item, bureau, registrar, reportedOn: detectedOn, basis } = failed.data as Parameters<typeof ProficiencyTestFailed.of>[0];
      return [...events, ConsecutiveFailureDetected.of({ institution, item, year, bureau, registrar, detectedOn, basis })];
    }),
  },
  'drawn up after it was cancelled': {
    means: 'What came before it was drawn up is forgotten.',
    definitions: seeing('proficiency/draw-up-rectification', (state) => ({ ...state, status: null })),
  },
  'lapse although submitted': {
    means: 'The last day passes for who has submitted, and the rectification fails for it.',
    definitions: (definitions) =>
      seeing('proficiency/lapse-rectification', (state) => ({ ...state, status: state.status === 'submitted' ? 'ordered' : state.status }))(unmet(definitions)),
  },
  'struck off although withdrawn': {
    means: 'Who strikes off does not look whether the procedure was withdrawn meanwhile.',
    definitions: replaced('registry/cancel-scope', (command) => ({
      ...command,
      decide: (state: unknown, input: unknown, context: Parameters<AnyCommand['decide']>[2]) => {
        const { procedure } = context.facts as unknown as { readonly procedure: Fact<Seen> };
        return command.decide(state, input, { ...context, facts: { procedure: { ...procedure, state: { ...procedure.state, withdrawnOn: null } } } });
      },
    })),
  },
  'restored for the wrong procedure': {
    means: 'The striking off that falls is the first on the item, whichever procedure was withdrawn.',
    definitions: seeing('registry/restore-scope', (state, { item, cancellation }) => {
      const strikes = state.strikes as readonly { readonly item: string; readonly until: string | null }[];
      const first = strikes.findIndex((strike) => strike.item === item && strike.until === null);
      return { ...state, strikes: strikes.map((strike, at) => ({ ...strike, cancellation: at === first ? cancellation : '' })) };
    }),
  },
  'told beyond the seat': {
    means: 'A court of another city is told of a striking off.',
    definitions: redecided('registry/cancel-scope', (event) => ({
      ...event,
      data: { ...(event.data as Seen), toTell: [...((event.data as Seen).toTell as string[]), 'made-court-elsewhere'] },
    })),
  },
  'account in the reading': {
    means: 'What an institution submits is quoted where everyone can read it.',
    definitions: redecided('proficiency/submit-rectification', (event) => {
      const { basis } = event.data as { readonly basis: object };
      return { ...event, data: { ...(event.data as Seen), basis: { ...basis, reading: (event.restricted as { account: string }).account } } };
    }),
  },
};

/** The definitions with what one command decided changed. */
function deciding(name: string, change: (events: readonly NewEvent[], state: Seen | null, input: Seen) => readonly NewEvent[]) {
  return (definitions: Definitions): Definitions =>
    replaced(name, (command) => ({
      ...command,
      decide: (state: Seen | null, input: Seen, context) => {
        const decided = command.decide(state, input, context);
        return isRefusal(decided) ? decided : change(decided, state, input);
      },
    }))(definitions);
}

/** Whatever is submitted: the deadline is not closed by it, and is looked at as if there were nothing. */
const unmet = (definitions: Definitions): Definitions =>
  replaced('deadlines/close-deadline', ({ decide, ...command }) => ({
    ...command,
    decide: (state, input: Seen, context) => (input.kind === 'rectify' ? [] : decide(state, input, context)),
  }))(
    replaced('deadlines/look-at-deadline', ({ decide, ...command }) => ({
      ...command,
      decide: (state, input: Seen, context) => {
        const { source } = context.facts as unknown as { readonly source: Fact<Seen> };
        const facts = input.kind === 'rectify' ? { source: { ...source, state: { ...source.state, submitted: false } } } : context.facts;
        return decide(state, input, { ...context, facts });
      },
    }))(definitions),
  );
