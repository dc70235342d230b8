import * as z from 'zod';
import type { AnyCommand } from '../../../functions/kernel/command.ts';
import { actorFrom } from '../../../functions/kernel/identity.ts';
import type { Kernel } from '../../../functions/kernel/kernel.ts';
import { fromZodIssues } from '../../../functions/kernel/problem.ts';
import { type Given, give } from './give.ts';
import type { Report } from './report.ts';

/** One line of an import (导入): who acted, on which day, and the command's body. */
const line = z.strictObject({ claims: z.looseObject({}), occurredOn: z.iso.date().optional(), input: z.unknown() });

/**
 * Gives a command once for every line of JSON, one after the other, with the rights of who is named in it. A line is its own idempotency key, so an
 * import may be run again. `asHistory`: facts that cause nothing: they are folded and projected, never published, and owe no consequence.
 */
export async function importLines(
  kernel: Kernel,
  command: AnyCommand,
  lines: AsyncIterable<string>,
  { asHistory, tell = () => undefined }: { readonly asHistory: boolean; readonly tell?: (done: number) => void },
  report: Report,
): Promise<void> {
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text.trim() === '') continue;
    const outcome = await importLine(kernel, command, text, asHistory);
    if (outcome === 'accepted' || outcome === 'known') report.done(outcome);
    else report.refuse(number, typeof outcome === 'string' ? outcome : [outcome.pointer, outcome.detail, outcome.basis?.article].filter(Boolean).join(' '));
    tell(number);
  }
}

/** What became of it, or in Chinese why it cannot be given. */
async function importLine(kernel: Kernel, command: AnyCommand, text: string, history: boolean): Promise<Given | string> {
  const read = line.safeParse(parsed(text));
  if (!read.success) return '不是一行规范的 JSON：应有 claims、input，可有 occurredOn';
  const { claims, occurredOn, input } = read.data;
  const actor = actorFrom(claims, kernel.keyRing);
  if ('refused' in actor) return actor.detail;
  const body = command.input.safeParse(input);
  if (!body.success)
    return fromZodIssues(body.error.issues)
      .map(({ pointer, message }) => `${pointer} ${message}`)
      .join('；');
  return give(kernel, command, body.data, { actor, content: read.data, history, occurredOn });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
