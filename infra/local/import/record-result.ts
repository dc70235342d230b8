import type { Actor } from '../../../functions/kernel/identity.ts';
import type { Kernel } from '../../../functions/kernel/kernel.ts';
import { layered } from '../../../functions/kernel/layer.ts';
import openRound from '../../../functions/proficiency/commands/open-round.ts';
import record from '../../../functions/proficiency/commands/record-result.ts';
import { type Given, give } from './give.ts';
import type { ResultInput } from './proficiency-lines.ts';

/** How results are recorded. */
export interface Recording {
  /** 能力验证提供者's clerk. */
  readonly actor: Actor;
  /** Facts that cause nothing. */
  readonly history: boolean;
  /** Everything is decided and nothing written. */
  readonly dry: boolean;
}

/** Records one result (报告能力验证结果); a round that is not open is opened on the way, but only where the result is then taken. */
export async function recordResult(kernel: Kernel, input: ResultInput, { dry, ...by }: Recording): Promise<Given> {
  const given = await give(dry ? above(kernel) : kernel, record, input, { ...by, content: contentOf(input, by) });
  if (!isWithoutRound(given)) return given;
  const tried = await inNewRound(above(kernel), input, by);
  return dry || tried !== 'accepted' ? tried : inNewRound(kernel, input, by);
}

type By = Omit<Recording, 'dry'>;

const above = (kernel: Kernel): Kernel => ({ ...kernel, ledger: layered(kernel.ledger).store });

const contentOf = (input: unknown, { actor }: By) => ({ provider: actor.agency, input });

const isWithoutRound = (given: Given): boolean => typeof given === 'object' && given.refused === 'not-found' && given.pointer === '/year';

async function inNewRound(kernel: Kernel, input: ResultInput, by: By): Promise<Given> {
  const { year, item, reportedOn } = input;
  const round = { year, item, institutions: [], ...(reportedOn === undefined ? {} : { openedOn: reportedOn }) };
  const opened = await give(kernel, openRound, round, { ...by, content: contentOf(round, by) });
  // Another line has opened it meanwhile.
  if (typeof opened === 'object' && opened.code !== 'round_exists') return opened;
  return give(kernel, record, input, { ...by, content: contentOf(input, by) });
}
