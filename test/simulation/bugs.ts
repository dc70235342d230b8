import type { AnyEventDefinition } from '../../events/event.ts';
import { type AnyCommand, command as defineCommand } from '../../functions/kernel/command.ts';
import { isRefusal } from '../../functions/kernel/decision.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { decodeCommit } from '../../functions/kernel/ledger.ts';
import type { projectBatch as realProjectBatch } from '../../functions/kernel/project.ts';
import type { PolicyAnswer } from '../../functions/policy/book.ts';

/**
 * A planted bug: a double of one part, given to a world by a test and by nothing else. The real code has no switch.
 * The serial execution that the world is compared with has no bug.
 */
export interface Bug {
  readonly name: string;
  /** What is wrong, in one sentence. */
  readonly means: string;
  readonly definitions?: (definitions: Definitions) => Definitions;
  readonly policyFor?: (policyFor: Kernel['policyFor']) => Kernel['policyFor'];
  readonly kernel?: (kernel: Kernel) => Kernel;
  readonly projectBatch?: typeof realProjectBatch;
}

export type { AnyCommand, AnyEventDefinition, PolicyAnswer };
export { decodeCommit, defineCommand, isRefusal };
