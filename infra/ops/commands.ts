import { AGENCY_COMMANDS } from './agency.ts';
import { auditCompleteness } from './audit-completeness.ts';
import type { Command, Options, Values, ValuesOf } from './command.ts';
import { dlqForget } from './dlq-forget.ts';
import { dlqList } from './dlq-list.ts';
import { dlqRedrive } from './dlq-redrive.ts';
import type { Outcome } from './misuse.ts';
import { typedAgain, WHERE } from './open-place.ts';
import { rebuildViews } from './rebuild-views.ts';
import { replay } from './replay.ts';
import type { Shift } from './shift.ts';

const QUEUE = { queue: { takes: 'NAME', says: 'that dead-letter queue alone' } } as const;

/** Options of whatever writes. */
const WRITING = {
  'dry-run': { says: 'tells what would be done, and writes nothing' },
  yes: { says: 'does it on a deployed province; without it, this is a dry run there' },
} as const;

/** Every command, by its words. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  'dlq list': atPlace('tells what failed and waits in the dead letters, and what mends it', QUEUE, dlqList, () => false),
  'dlq redrive': atPlace(
    'puts dead letters back on the queue that they came from; safe to repeat',
    { ...QUEUE, message: { takes: 'ID', says: 'that message alone' }, ...WRITING },
    dlqRedrive,
  ),
  'dlq forget': atPlace(
    'drops dead letters that only tell of a failure, when it is mended',
    { queue: { takes: 'NAME', required: true, says: 'the dead-letter queue' }, ...WRITING },
    dlqForget,
  ),
  replay: atPlace(
    'publishes what the ledger holds from a day on again, after an outage; safe to repeat',
    { from: { takes: 'DAY', required: true, day: true, says: 'day in China, as 2026-03-02' }, ...WRITING },
    replay,
  ),
  'rebuild views': atPlace('empties the views and fills them from the ledger; --dry-run tells where they differ from it', WRITING, rebuildViews),
  'audit completeness': atPlace(
    'looks for the receipt of every consequence of every event, and checks every chain',
    {
      from: { takes: 'DAY', day: true, says: 'consequences of events from that day on (default: of all)' },
      redrive: { says: 'drives exactly what is missing' },
      ...WRITING,
    },
    auditCompleteness,
    ({ redrive }) => redrive === true,
  ),
  ...AGENCY_COMMANDS,
};

/** A command that works on a province. `writes`: whether it does with these options. */
function atPlace<const O extends Options>(
  does: string,
  options: O,
  work: (shift: Shift, values: ValuesOf<O>) => Promise<Outcome>,
  writes: (values: Values) => boolean = () => true,
): Command {
  return {
    does,
    options: { ...options, ...WHERE },
    async run(values, { tell, open }) {
      const withheld = values['dry-run'] ? 'It was a dry run' : values.deployed && !values.yes ? 'On a deployed province add --yes to do it' : undefined;
      const dry = writes(values) && withheld !== undefined;
      const place = await open(values);
      try {
        const command = (words: string) => `npm run ops -- ${words}${typedAgain(values)}`;
        const outcome = await work({ place, dry, tell, command }, values as ValuesOf<O>);
        if (dry) tell(`Nothing was written. ${withheld}.`);
        return outcome;
      } finally {
        await place.close();
      }
    },
  };
}
