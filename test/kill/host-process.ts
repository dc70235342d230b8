import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { descendantsOf } from './descendants.ts';

export interface HostOptions {
  readonly data: string;
  readonly province: string;
  readonly dynamodb: boolean;
}

const START = fileURLToPath(new URL('../../infra/local/start.ts', import.meta.url));
/** Milliseconds: the first start of all synthesizes the templates. */
const STARTS_WITHIN = 300_000;
const ENDS_WITHIN = 60_000;
/** Characters of what it said last. */
const TOLD = 4_000;

/** `npm start` as a process of its own (被测进程), and all that it started. */
export class HostProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #said = '';

  constructor({ data, province, dynamodb }: HostOptions) {
    const options = ['--port', '0', '--empty', '--province', province, '--data', data, ...(dynamodb ? ['--dynamodb'] : [])];
    this.#child = spawn(process.execPath, [START, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said = (this.#said + text).slice(-TOLD);
      });
    }
    this.#ended = once(this.#child, 'exit');
  }

  /** The last of what it printed. */
  get said(): string {
    return this.#said;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Its address, when it can be asked; undefined where it was killed first. Throws what it said where it ended itself. */
  async ready(): Promise<string | undefined> {
    const until = performance.now() + STARTS_WITHIN;
    for (;;) {
      const [url] = /http:\/\/127\.0\.0\.1:\d+(?=[^\d][^\n]*\n)/.exec(this.#said) ?? [];
      if (url !== undefined) return url;
      if (this.#child.signalCode !== null) return undefined;
      if (!this.running) throw new Error(`the host does not start:\n${this.#said}`);
      if (performance.now() > until) throw new Error(`the host was not ready within ${STARTS_WITHIN / 1000} s:\n${this.#said}`);
      await Promise.race([this.#ended, new Promise((resolve) => setTimeout(resolve, 5))]);
    }
  }

  /** SIGKILL for it and for what it started, `databaseFirst` in which order; returns when all are gone. False where it had ended. */
  async kill(databaseFirst = false): Promise<boolean> {
    if (!this.running) return false;
    const started = descendantsOf(this.#child.pid ?? 0);
    const own = this.#child.pid === undefined ? [] : [this.#child.pid];
    for (const pid of databaseFirst ? [...started, ...own] : [...own, ...started]) killed(pid);
    await this.#ended;
    while (started.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 5));
    return this.#child.signalCode === 'SIGKILL';
  }

  /** Asks it to end. */
  term(): void {
    this.#child.kill('SIGTERM');
  }

  /** Ends it as Ctrl-C does. Throws what it said where it did not end well. */
  async stop(): Promise<void> {
    this.term();
    await Promise.race([this.#ended, new Promise((resolve) => setTimeout(resolve, ENDS_WITHIN).unref())]);
    if (this.running) throw new Error(`the host did not stop within ${ENDS_WITHIN / 1000} s:\n${this.#said}`);
    if (this.#child.exitCode !== 0) throw new Error(`the host ended with ${this.#child.exitCode ?? this.#child.signalCode}:\n${this.#said}`);
  }
}

function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
