import { InterferenceReported } from '../../events/interference.ts';
import { decodeCommit, encodeCommit } from '../../functions/kernel/ledger.ts';
import type { AnyReaction, HeardEvent } from '../../functions/kernel/reaction.ts';
import { type Bug, redecided, replaced, seeing } from './bugs.ts';

/** Planted bugs in the handling of records and reports, and what only two clients at once can bring to light. */
export const INTERFERENCE_BUGS: Readonly<Record<string, Bug>> = {
  'lost race written all the same': {
    means: 'A commit that another was faster than is written behind it as it was decided.',
    kernel: (kernel) => ({
      ...kernel,
      ledger: {
        ...kernel.ledger,
        append: async (write) => {
          const outcome = await kernel.ledger.append(write);
          const before = outcome.ok || outcome.conflict !== 'version' || !write.commit ? undefined : await kernel.ledger.head(write.commit.stream);
          if (!write.commit || !before) return outcome;
          const commit = { ...decodeCommit(write.commit), version: before.version + 1, previous: before.hash };
          return kernel.ledger.append({ ...write, commit: { ...write.commit, ...encodeCommit(commit), version: commit.version } });
        },
      },
    }),
  },
  'closing told to the institution of a direct report': {
    means: 'Whoever the report passed by is told that it is closed.',
    definitions: redecided('interference/record-outcome', (event) => {
      const { toTell, institution } = event.data as { toTell?: readonly string[]; institution: string };
      return toTell ? { ...event, data: { ...(event.data as object), toTell: [...new Set([...toTell, institution])] } } : event;
    }),
  },
  'deadline of the institution for a direct report': {
    means: 'The institution can count that somebody has reported past it.',
    definitions: (definitions) => ({
      ...definitions,
      reactions: new Map(
        [...definitions.reactions].map(([name, reaction]) => [name, name === 'deadlines/open-deadlines' ? forEveryReport(reaction) : reaction]),
      ),
    }),
  },
  'withdrawer named': {
    means: 'Who withdraws a report stands in the commit.',
    definitions: replaced('interference/withdraw-report', (command) => ({ ...command, sealsActor: false })),
  },
  'withdrawal not seen by who forwards': {
    means: 'A report that was withdrawn at the same moment is forwarded.',
    definitions: seeing('interference/forward-report', (state) => ({ ...state, status: state.status === 'withdrawn' ? 'at-institution' : state.status })),
  },
  'routed by each officer': {
    means: 'A report that another officer has routed is routed again.',
    definitions: seeing('interference/route-report', (state) => ({ ...state, status: state.status === 'routed' ? 'at-bureau' : state.status })),
  },
  'outcome recorded over another': {
    means: 'The outcome of an act that has one is recorded once more.',
    definitions: seeing('interference/record-outcome', (state, { act, recipient }) => ({
      ...state,
      acts: (state.acts as { act: string; recipient: string }[]).map((each) =>
        each.act === act && each.recipient === recipient ? { ...each, outcome: null } : each,
      ),
    })),
  },
  'what was done done again': {
    means: 'A report that is classified anew forgets which acts were asked for.',
    definitions: seeing('interference/reclassify-report', (state) => ({ ...state, acts: [] })),
  },
  'signed rows asked for': {
    means: 'Rows are asked for of everyone assigned, whoever has signed.',
    definitions: seeing('interference/ask-for-rows', (state) => ({ ...state, rows: [] })),
  },
  'record completed twice': {
    means: 'Each row after the last one completes the record again.',
    definitions: seeing('interference/sign-row', (state) => ({ ...state, complete: state.complete === null ? null : false })),
  },
  'gate left open': {
    means: 'A case is archived whoever has not signed.',
    definitions: seeing('commissions/archive-case', (state) => ({ ...state, appraisers: [] })),
  },
};

function forEveryReport(reaction: AnyReaction): AnyReaction {
  return {
    ...reaction,
    targets: (event: HeardEvent) => {
      const { to, institution, reportedOn } = event.data as Readonly<Record<string, string>>;
      const past = event.name === InterferenceReported.name && to === 'bureau';
      const more = { source: event.stream, kind: 'forward-report', holder: institution, dates: { start: reportedOn, within: 'report' } };
      return [...reaction.targets(event), ...(past ? [more] : [])];
    },
  };
}
