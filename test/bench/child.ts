import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

interface Asked {
  readonly number: number;
  readonly what: string;
  readonly given: unknown;
}

interface Told {
  readonly number: number;
  readonly answer?: unknown;
  readonly error?: string;
}

/** A process of a benchmark's own, as the one that started it sees it. */
export interface Child {
  /** Rejects with what the other process threw. */
  ask<Answer = void>(what: string, given?: unknown): Promise<Answer>;
  close(): Promise<void>;
}

/** Starts a module of this folder in a process of its own; it is ready when it has answered. */
export function startChild(module: string, options: readonly string[] = []): Child {
  const child = fork(fileURLToPath(new URL(module, import.meta.url)), [...options], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const open = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  let asked = 0;
  let ended: Error | undefined;
  child.on('message', ({ number, answer, error }: Told) => {
    const waiting = open.get(number);
    open.delete(number);
    if (error === undefined) waiting?.resolve(answer as never);
    else waiting?.reject(new Error(error));
  });
  const exited = once(child, 'exit').then(() => {
    ended = new Error(`${module} has ended`);
    for (const { reject } of open.values()) reject(ended);
  });
  return {
    ask: (what, given) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        asked += 1;
        open.set(asked, { resolve, reject });
        child.send({ number: asked, what, given } satisfies Asked);
      }),
    close: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

/** Answers what the process that started this one asks, until that one lets go or dies; then `close`, and the end. */
export function answerParent(answers: Readonly<Record<string, (given: never) => unknown>>, close: () => Promise<void>): void {
  process.on('message', async ({ number, what, given }: Asked) => {
    try {
      process.send?.({ number, answer: await answers[what]?.(given as never) } satisfies Told);
    } catch (error) {
      process.send?.({ number, error: (error as Error).stack ?? String(error) } satisfies Told);
    }
  });
  process.on('disconnect', () => void close().finally(() => process.exit()));
}
