import type { Level } from '../../functions/kernel/log.ts';
import { InvalidProvince } from '../province.ts';
import { InvalidAssembly } from './assembly/invalid-assembly.ts';
import { loadDeployment, NoAssembly } from './assembly/synthesize.ts';
import { type HostOptions, type LocalHost, startHost } from './host.ts';
import { loadDefinitions } from './load-definitions.ts';
import { CannotOpen } from './sqlite/open-database.ts';

export interface OpenOptions extends Pick<HostOptions, 'data' | 'port'> {
  /** Name or code. */
  readonly province: string;
  readonly level?: Level;
}

/** A province's host from its sources as they are now: synthesized where they have changed. Its log goes to standard error. */
export async function openHost({ province, ...options }: OpenOptions): Promise<LocalHost> {
  const [deployment, definitions] = await Promise.all([loadDeployment(province), loadDefinitions()]);
  return startHost({ deployment, definitions, sink: (line) => process.stderr.write(`${line}\n`), level: 'warn', ...options });
}

/** In one line what is wrong and what to do; undefined for a fault of the program. */
export function reasonOf(error: unknown): string | undefined {
  if ([CannotOpen, NoAssembly, InvalidAssembly, InvalidProvince].some((known) => error instanceof known)) return (error as Error).message;
  const { code, port, message } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (code === 'EADDRINUSE') return `port ${port} is taken: stop what listens there, or give another with --port`;
  if (code === 'EACCES' && port !== undefined) return `port ${port} may not be taken by this user: give one above 1023 with --port`;
  if (String(code).startsWith('ERR_PARSE_ARGS')) return message;
  return undefined;
}
