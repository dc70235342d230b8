import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AnyCommand } from '../../../functions/kernel/command.ts';
import type { Refusal } from '../../../functions/kernel/decision.ts';
import { type Call, execute } from '../../../functions/kernel/execute.ts';
import type { Actor } from '../../../functions/kernel/identity.ts';
import type { Kernel } from '../../../functions/kernel/kernel.ts';
import { LimitExceeded } from '../../../functions/kernel/ports.ts';
import { receiptOf } from '../../../functions/kernel/receipts.ts';

/** What became of a line; `known`: it had been imported before. */
export type Given = 'accepted' | 'known' | Refusal;

/** One line of an import (导入): who acts, and what it says, which is its idempotency key. */
export interface Line {
  readonly actor: Actor;
  readonly content: unknown;
  readonly history: boolean;
  readonly occurredOn?: string | undefined;
}

/** Gives a command for a line, once however often the line comes. */
export async function give(kernel: Kernel, command: AnyCommand, input: unknown, { actor, content, history, occurredOn }: Line): Promise<Given> {
  const call: Call = {
    actor,
    receipt: receiptOf.command(kernel.keyRing, actor, hash('sha256', canonicalize([command.name, content]) ?? '', 'hex')),
    history,
    ...(occurredOn === undefined ? {} : { cause: { depth: 0, occurredOn } }),
  };
  try {
    const result = await execute(kernel, command, input, call);
    if (result.outcome === 'refused') return result.refusal;
    return result.known ? 'known' : 'accepted';
  } catch (error) {
    if (error instanceof LimitExceeded) return { refused: 'rule', code: 'too_large', detail: '内容超过了可以保存的大小' };
    throw error;
  }
}
