import type { Definitions } from '../../functions/kernel/definitions.ts';
import { contextOf, type Deployed, deployedOf, idOf } from '../deployed.ts';
import type { Deployment } from '../local/deployment.ts';

/** What mends what lies in a dead-letter queue: its messages go back, or a command does anew what they only point at, or it was due again anyway. */
export type Cure = { readonly by: 'redrive'; readonly queue: string; readonly tries: number } | { readonly by: 'replay' | 'rebuild' | 'nothing' };

/** A dead-letter queue (死信队列). */
export interface DeadLetterQueue {
  readonly name: string;
  /** Physical name of the function that was to do the work. */
  readonly function: string;
  /** Undefined where these sources do not declare it. */
  readonly worker: Deployed | undefined;
  readonly cure: Cure;
}

const CURES = { publish: 'replay', project: 'rebuild' } as const;

/** Every dead-letter queue of a deployment, in order of name. */
export function deadLetterQueues({ queues, queueMappings, streamMappings, schedules }: Deployment, definitions: Definitions): readonly DeadLetterQueue[] {
  const known = new Map(deployedOf(definitions).map((each) => [`${contextOf(each)}-${idOf(each)}`, each]));
  const of = (name: string, worker: string, cure: Cure): DeadLetterQueue => ({
    name,
    function: worker,
    worker: known.get(worker.replace(/^jianheng-\d\d-/, '')),
    cure,
  });
  const found = queueMappings.flatMap(({ queue, function: worker }) => {
    const { redrive } = queues.get(queue) ?? {};
    return redrive ? [of(redrive.deadLetters, worker, { by: 'redrive', queue, tries: redrive.maxReceives })] : [];
  });
  for (const { function: worker, onFailure } of streamMappings) {
    if (onFailure === undefined) continue;
    const made = of(onFailure, worker, { by: 'nothing' });
    found.push({ ...made, cure: { by: CURES[made.worker?.kind as keyof typeof CURES] ?? 'nothing' } });
  }
  for (const { function: worker, deadLetters } of schedules) if (deadLetters !== undefined) found.push(of(deadLetters, worker, { by: 'nothing' }));
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}
