import type { Level } from '../../functions/kernel/log.ts';
import { InvalidProvince } from '../province.ts';
import { InvalidAssembly } from './assembly/invalid-assembly.ts';
import { loadDeployment, NoAssembly } from './assembly/synthesize.ts';
import { cannotRun, type DynamoDbLocal, startDynamoDbLocal } from './aws/dynamodb-local.ts';
import { filesIn } from './data-folder.ts';
import { type HostOptions, type LocalHost, startHost } from './host.ts';
import { loadDefinitions } from './load-definitions.ts';
import { CannotOpen } from './sqlite/open-database.ts';

export interface OpenOptions extends Pick<HostOptions, 'data' | 'port'> {
  /** Name or code. */
  readonly province: string;
  readonly level?: Level;
  /** On DynamoDB Local, which is started and stopped with the host, rather than on SQLite. */
  readonly dynamodb?: boolean;
  /** Told when that database ended by itself. */
  readonly lost?: () => void;
}

/** This machine lacks what the mode needs. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
}

/** A province's host from its sources as they are now: synthesized where they have changed. Its log goes to standard error. */
export async function openHost({ province, dynamodb = false, lost = () => {}, ...given }: OpenOptions): Promise<LocalHost> {
  const lacking = dynamodb ? cannotRun() : undefined;
  if (lacking !== undefined) throw new NotHere(`${lacking}; without --dynamodb none is needed`);
  const [deployment, definitions] = await Promise.all([loadDeployment(province), loadDefinitions()]);
  const options = { deployment, definitions, sink: (line: string) => process.stderr.write(`${line}\n`), level: 'warn', ...given } as const;
  return dynamodb ? onDynamoDb(options, lost) : startHost(options);
}

/** Two hosts of one folder find out by the folder's own lock, before the second server touches the first one's files. */
async function onDynamoDb(options: HostOptions, lost: () => void): Promise<LocalHost> {
  let server: DynamoDbLocal | undefined;
  const dynamodb = async (): Promise<string> => {
    server = await startDynamoDbLocal({ folder: filesIn(options.data).tables });
    return server.endpoint;
  };
  try {
    const host = await startHost({ ...options, dynamodb });
    let closing = false;
    void server?.ended.then(() => {
      if (!closing) lost();
    });
    const close = async (): Promise<void> => {
      closing = true;
      await host.close();
      await server?.stop();
    };
    return { ...host, close };
  } catch (error) {
    await server?.stop();
    throw error;
  }
}

/** In one line what is wrong and what to do; undefined for a fault of the program. */
export function reasonOf(error: unknown): string | undefined {
  if ([CannotOpen, NotHere, NoAssembly, InvalidAssembly, InvalidProvince].some((known) => error instanceof known)) return (error as Error).message;
  const { code, port, message } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (code === 'EADDRINUSE') return `port ${port} is taken: stop what listens there, or give another with --port`;
  if (code === 'EACCES' && port !== undefined) return `port ${port} may not be taken by this user: give one above 1023 with --port`;
  if (isMisused(error)) return message;
  return undefined;
}

/** An option that there is not, or one without its value. */
export const isMisused = (error: unknown): boolean => String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
