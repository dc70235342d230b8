import type { NewEvent } from '../../events/event.ts';
import type { AnyCommand } from '../../functions/kernel/command.ts';
import { isRefusal } from '../../functions/kernel/decision.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { openStream } from '../../functions/kernel/execute.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { type projectBatch as ProjectBatch, stepOf } from '../../functions/kernel/project.ts';
import type { queueHandler as QueueHandler } from '../../functions/kernel/queue-handler.ts';
import { queueHandler } from '../../functions/kernel/queue-handler.ts';

/**
 * A planted bug: a double of one part, given to a world by a test and by nothing else; the real code has no switch.
 * The serial execution that the world is compared with has no bug.
 */
export interface Bug {
  /** What is wrong, in a sentence. */
  readonly means: string;
  readonly definitions?: (definitions: Definitions) => Definitions;
  readonly policyFor?: (policyFor: Kernel['policyFor']) => Kernel['policyFor'];
  readonly kernel?: (kernel: Kernel) => Kernel;
  readonly projectBatch?: typeof ProjectBatch;
  readonly queueHandler?: typeof QueueHandler;
}

export const BUGS: Readonly<Record<string, Bug>> = {
  'receipt dropped': {
    means: 'A commit is written without its receipt.',
    kernel: (kernel) => ({
      ...kernel,
      ledger: { ...kernel.ledger, append: (write) => kernel.ledger.append(write.commit ? { ...write, receipts: [] } : write) },
    }),
  },
  'order assumed in a projection': {
    means: 'A commit that arrives before its predecessors moves the mark past them.',
    projectBatch: async (kernel, records) => {
      for (const record of records) {
        const from = (await kernel.views.mark(record.stream))?.version ?? 0;
        if (from < record.version) await kernel.views.apply({ ...(await stepOf(kernel, record)), from });
      }
      return undefined;
    },
  },
  'failed PutEvents entry ignored': {
    means: 'The answer of PutEvents is not looked at.',
    kernel: (kernel) => ({ ...kernel, bus: { put: async (entries) => (await kernel.bus.put(entries)).map(() => ({ eventId: 'taken' })) } }),
  },
  'ladder off by one': {
    means: 'The second step is reached one act too late.',
    policyFor: (policyFor) => (province, day) => {
      const answer = policyFor(province, day);
      if (!answer.ok) return answer;
      const { interference } = answer.values;
      return { ...answer, values: { ...answer.values, interference: { ...interference, stepTwoThreshold: interference.stepTwoThreshold + 1 } } };
    },
  },
  'deadline rolled the wrong way': {
    means: 'A deadline that ends on a rest day ends on the working day before it.',
    definitions: redecided('sanctions/find-breach', (event) => {
      const { correction, ...data } = event.data as { correction: { alertDue: string } };
      return { ...event, data: { ...data, correction: { ...correction, legalDue: correction.alertDue } } };
    }),
  },
  'number given twice': {
    means: 'A document takes the number of the one before it.',
    definitions: redecided('sanctions/number-document', (event) => {
      const data = event.data as { series: string; year: number; ordinal: number };
      const ordinal = Math.max(1, data.ordinal - 1);
      return { ...event, data: { ...data, ordinal, number: `${data.series}〔${data.year}〕${ordinal}号` } };
    }),
  },
  'notice keyed without its recipient': {
    means: 'Two agencies told of one event share one notice.',
    definitions: replaced('notifications/send-notice', (command) => ({ ...command, key: (input: { about: string }) => [input.about, 'everyone'] })),
  },
  'guard left out': {
    means: 'A fact that could make the act unlawful may move between reading and writing.',
    kernel: (kernel) => ({ ...kernel, ledger: { ...kernel.ledger, append: (write) => kernel.ledger.append({ ...write, guards: [] }) } }),
  },
  'sealed field copied into a listing': {
    means: 'The projector opens what is restricted and shows it in a row.',
    projectBatch: async (kernel, records) => {
      const { keyRing } = kernel as unknown as Kernel;
      for (const record of records) {
        const step = await stepOf(kernel, record);
        const opened = await openStream({ ...kernel, keyRing }, record.stream);
        const from = (await kernel.views.mark(record.stream))?.version ?? 0;
        const rows = step.rows.map((row) => ({ ...row, item: { ...row.item, restricted: opened.map(({ restricted }) => restricted) } }));
        if (from === record.version - 1) await kernel.views.apply({ ...step, rows });
      }
      return undefined;
    },
  },
  'failed message deleted': {
    means: 'A handler reports every message of its batch as done.',
    queueHandler: (kernel, reaction) => async (event) => {
      await queueHandler(kernel, reaction)(event);
      return { batchItemFailures: [] };
    },
  },
};

/** The definitions with one command exchanged, also where a reaction, a schedule or a dispatch decides it. */
export function replaced(name: string, change: (command: AnyCommand) => AnyCommand) {
  return (definitions: Definitions): Definitions => {
    const swap = (command: AnyCommand): AnyCommand => (command.name === name ? change(command) : command);
    return {
      ...definitions,
      commands: new Map([...definitions.commands].map(([key, command]) => [key, swap(command)])),
      reactions: new Map([...definitions.reactions].map(([key, reaction]) => [key, { ...reaction, command: swap(reaction.command) }])),
      schedules: new Map([...definitions.schedules].map(([key, schedule]) => [key, { ...schedule, command: swap(schedule.command) }])),
      dispatches: new Map([...definitions.dispatches].map(([key, dispatch]) => [key, { ...dispatch, command: swap(dispatch.command) }])),
    };
  };
}

/** The definitions with every event of one command changed. */
export function redecided(name: string, change: (event: NewEvent) => NewEvent) {
  return replaced(name, (command) => ({
    ...command,
    decide: (...args: Parameters<AnyCommand['decide']>) => {
      const decided = command.decide(...args);
      return isRefusal(decided) ? decided : decided.map(change);
    },
  }));
}

export type Seen = Readonly<Record<string, unknown>>;

/** The definitions with one command that sees another state than there is. */
export function seeing(name: string, change: (state: Seen, input: Seen) => Seen): (definitions: Definitions) => Definitions {
  return replaced(name, (command) => ({
    ...command,
    decide: (state: Seen | null, input: Seen, context) => command.decide(state && change(state, input), input, context),
  }));
}
