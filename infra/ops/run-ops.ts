import { Throttled } from '../../functions/kernel/ports.ts';
import { isMisused, reasonOf } from '../local/open-host.ts';
import { CannotOpen } from '../local/sqlite/open-database.ts';
import { Refused } from './api.ts';
import { type Command, type Surroundings, usageOf, valuesOf } from './command.ts';
import { COMMANDS } from './commands.ts';
import { WrongAccount } from './deployed-place.ts';
import { NoFolder } from './folder-place.ts';
import { Misuse } from './misuse.ts';

const WIDEST = Math.max(...Object.keys(COMMANDS).map(({ length }) => length));

/** Every command with one line. */
const HELP = `npm run ops -- <command> [options]; each tells its options with --help

${Object.entries(COMMANDS)
  .map(([words, { does }]) => `  ${words.padEnd(WIDEST)}  ${does}`)
  .join('\n')}

All but those of agencies work on the folder of a host that is stopped, or with --deployed on a province; those of agencies speak to one that runs.
They end with 0 when all is well, 1 when something is wrong or was left over, 2 when they were called wrongly.`;

/** Runs the command that the arguments name (运维命令), and returns the exit code; `warn` takes what is wrong. */
export async function runOps(args: readonly string[], { warn, ...surroundings }: Surroundings & { readonly warn: (text: string) => void }): Promise<0 | 1 | 2> {
  const end = args.findIndex((arg) => arg.startsWith('-'));
  const words = args.slice(0, end === -1 ? args.length : end).join(' ');
  const options = args.slice(words === '' ? 0 : words.split(' ').length);
  const command = Object.hasOwn(COMMANDS, words) ? COMMANDS[words] : undefined;
  if (options.includes('--help') && (command || words === '')) {
    surroundings.tell(command ? usageOf(words, command) : HELP);
    return 0;
  }
  if (!command) {
    warn(`${words === '' ? 'name a command' : `there is no command "${words}"`}\n${HELP}`);
    return 2;
  }
  try {
    return await command.run(valuesOf(command, options), surroundings);
  } catch (error) {
    const { code, text } = explained(error, words, command);
    warn(text);
    return code;
  }
}

/** What went wrong in words, with what to do. Throws what is a fault of the program. */
function explained(error: unknown, words: string, command: Command): { readonly code: 1 | 2; readonly text: string } {
  const { name, message } = error as Error;
  if (error instanceof Misuse || isMisused(error)) return { code: 2, text: `${message}\n${usageOf(words, command)}` };
  if (error instanceof CannotOpen) return { code: 2, text: `${message}\nThis works on the folder of a host that is stopped: stop the host first.` };
  if (error instanceof NoFolder || error instanceof WrongAccount) return { code: 2, text: message };
  if (error instanceof Refused) return { code: 1, text: message };
  if (error instanceof Throttled) return { code: 1, text: `${message}. What was done stays done: run it again.` };
  if (name === 'CredentialsProviderError' || '$metadata' in (error as object)) return { code: 1, text: `AWS refuses: ${name}: ${message}` };
  const reason = reasonOf(error);
  if (reason === undefined) throw error;
  return { code: 2, text: reason };
}
