import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { LocalFunction } from '../deployment.ts';
import type { Functions } from '../functions.ts';
import type { Asked, Told } from './bundle-worker.ts';
import type { ClockOffset } from './moved-date.ts';

export interface BundledFunctionsOptions {
  /** By physical name. */
  readonly functions: ReadonlyMap<string, LocalFunction>;
  /** What Lambda's runtime gives every function beside its own environment: `runtimeEnvironment` of `account.ts`. Nothing else reaches them. */
  readonly runtime: Readonly<Record<string, string>>;
  readonly offset: ClockOffset;
  /** Takes each line that a function writes. */
  readonly sink: (line: string) => void;
}

/** A function did not answer within its timeout, or its worker ended under it. What it was doing may have happened. */
export class FunctionEnded extends Error {
  override readonly name = 'FunctionEnded';
}

/**
 * The very bundles that are deployed (部署包), with their own SDK clients, in worker threads: one for all functions of one environment, which
 * imports a bundle when it is first asked for. An invocation rejects with the name and message of what its function threw, or with
 * {@link FunctionEnded}. A worker in which a function overran its time takes no more and ends when it has answered the rest.
 *
 * Unlike in Lambda, functions of one environment share a process, so none is told its own name, and all invocations run beside one another.
 */
export function bundledFunctions({ functions, runtime, offset, sink }: BundledFunctionsOptions): Functions {
  const current = new Map<string, BundleWorker>();
  const all = new Set<BundleWorker>();

  function workerFor({ environment }: LocalFunction): BundleWorker {
    const key = JSON.stringify(Object.entries(environment).sort());
    const held = current.get(key);
    if (held?.takes) return held;
    const made = new BundleWorker({ ...environment, ...runtime }, offset, sink, () => all.delete(made));
    current.set(key, made);
    all.add(made);
    return made;
  }

  return {
    async invoke(name, event) {
      const found = functions.get(name);
      if (!found) throw new TypeError(`there is no function ${name}`);
      return workerFor(found).invoke(found, event);
    },
    async close() {
      await Promise.all([...all].map((worker) => worker.end()));
    },
  };
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** One thread, from its start to its end. */
class BundleWorker {
  /** Whether it takes further invocations. */
  takes = true;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor(env: Readonly<Record<string, string>>, offset: ClockOffset, sink: (line: string) => void, ended: () => void) {
    this.#worker = new Worker(new URL('./bundle-worker.ts', import.meta.url), {
      env,
      workerData: { offset: offset.buffer },
      stdout: true,
      stderr: true,
    });
    for (const input of [this.#worker.stdout, this.#worker.stderr]) createInterface({ input }).on('line', sink);
    this.#worker.on('message', (told: Told) => this.#settle(told));
    this.#worker.on('error', ({ name }: Error) => sink(JSON.stringify({ level: 'error', what: 'worker-died', error: { name } })));
    this.#worker.on('exit', () => {
      this.takes = false;
      for (const { reject, timer } of this.#waiting.values()) {
        clearTimeout(timer);
        reject(new FunctionEnded('its worker ended'));
      }
      this.#waiting.clear();
      ended();
    });
  }

  invoke({ name, folder, handler, timeoutMs }: LocalFunction, event: unknown): Promise<unknown> {
    this.#asked += 1;
    const id = this.#asked;
    const dot = handler.lastIndexOf('.');
    const asked: Asked = { id, file: resolve(folder, `${handler.slice(0, dot)}.mjs`), exported: handler.slice(dot + 1), event: JSON.stringify(event) };
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.takes = false;
        this.#waiting.delete(id);
        reject(new FunctionEnded(`${name} did not answer within ${timeoutMs} ms`));
        this.#endWhenIdle();
      }, timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#worker.postMessage(asked);
    });
  }

  async end(): Promise<void> {
    this.takes = false;
    await this.#worker.terminate();
  }

  #settle(told: Told): void {
    const waiting = this.#waiting.get(told.id);
    if (!waiting) return;
    this.#waiting.delete(told.id);
    clearTimeout(waiting.timer);
    if (told.ok) waiting.resolve(JSON.parse(told.answer));
    else waiting.reject(Object.assign(new Error(told.message), { name: told.name }));
    this.#endWhenIdle();
  }

  #endWhenIdle(): void {
    if (!this.takes && this.#waiting.size === 0) void this.#worker.terminate();
  }
}
