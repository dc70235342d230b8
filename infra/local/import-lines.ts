import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import * as z from 'zod';
import type { AnyCommand } from '../../functions/kernel/command.ts';
import { execute } from '../../functions/kernel/execute.ts';
import { actorFrom } from '../../functions/kernel/identity.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { LimitExceeded } from '../../functions/kernel/ports.ts';
import { fromZodIssues } from '../../functions/kernel/problem.ts';
import { receiptOf } from '../../functions/kernel/receipts.ts';

/** One line of an import (导入): who acted, on which day, and the command's body. */
const line = z.strictObject({ claims: z.looseObject({}), occurredOn: z.iso.date().optional(), input: z.unknown() });

export interface ImportReport {
  readonly accepted: number;
  /** Lines that had been imported before. */
  readonly known: number;
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
}

/**
 * Gives a command once for every line of JSON, with the rights of who is named in it. A line is its own idempotency key, so an import may be run again.
 * `asHistory`: facts that cause nothing: they are folded and projected, never published, and owe no consequence.
 */
export async function importLines(
  kernel: Kernel,
  command: AnyCommand,
  lines: AsyncIterable<string>,
  { asHistory, tell = () => undefined }: { readonly asHistory: boolean; readonly tell?: (done: number) => void },
): Promise<ImportReport> {
  let [number, accepted, known] = [0, 0, 0];
  const refused: { line: number; reason: string }[] = [];
  for await (const text of lines) {
    number += 1;
    if (text.trim() === '') continue;
    const outcome = await importLine(kernel, command, text, asHistory);
    if (outcome === 'accepted') accepted += 1;
    else if (outcome === 'known') known += 1;
    else refused.push({ line: number, reason: outcome.reason });
    tell(number);
  }
  return { accepted, known, refused };
}

async function importLine(kernel: Kernel, command: AnyCommand, text: string, history: boolean): Promise<'accepted' | 'known' | { reason: string }> {
  const read = line.safeParse(parsed(text));
  if (!read.success) return { reason: '不是一行规范的 JSON：应有 claims、input，可有 occurredOn' };
  const { claims, occurredOn, input } = read.data;
  const actor = actorFrom(claims, kernel.keyRing);
  if ('refused' in actor) return { reason: actor.detail };
  const body = command.input.safeParse(input);
  if (!body.success)
    return {
      reason: fromZodIssues(body.error.issues)
        .map(({ pointer, message }) => `${pointer} ${message}`)
        .join('；'),
    };
  const key = hash('sha256', canonicalize([command.name, read.data]) ?? '', 'hex');
  const call = {
    actor,
    receipt: receiptOf.command(kernel.keyRing, actor, key),
    history,
    ...(occurredOn === undefined ? {} : { cause: { depth: 0, occurredOn } }),
  };
  try {
    const result = await execute(kernel, command, body.data, call);
    if (result.outcome === 'refused')
      return { reason: [result.refusal.pointer, result.refusal.detail, result.refusal.basis?.article].filter(Boolean).join(' ') };
    return result.known ? 'known' : 'accepted';
  } catch (error) {
    if (error instanceof LimitExceeded) return { reason: '内容超过了可以保存的大小' };
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
