import { Throttled } from '../../functions/kernel/ports.ts';
import type { Fate } from './fate.ts';
import { MINUTE, SECOND } from './platform.ts';
import type { Scheduler } from './scheduler.ts';

/** One run of one function. Once it is dead, nothing that it awaits ever comes back. */
export class Invocation {
  dead = false;
  calls = 0;
  readonly name: string;
  readonly skew: number;
  constructor(name: string, skew: number) {
    this.name = name;
    this.skew = skew;
  }
}

export type Invoked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false };

/** A port whose every call goes through the machine. */
export type Wrap = <P extends object>(prefix: string, target: P, methods: readonly (keyof P & string)[]) => P;

/** Where functions run: each invocation has ports of its own, and every await of a port may be its last. */
export class Machine {
  private readonly scheduler: Scheduler;
  private readonly fate: Fate;

  constructor(scheduler: Scheduler, fate: Fate) {
    this.scheduler = scheduler;
    this.fate = fate;
  }

  /** Runs a function; `run` gets the invocation and the wrapper for its ports. It may die, be slow, or be stopped; then nothing is heard of it. */
  invoke<T>(name: string, timeout: number, run: (invocation: Invocation, wrap: Wrap) => Promise<T>): Promise<Invoked<T>> {
    const { chance } = this.fate;
    const skew = this.fate.befalls('clock-jump', name) ? chance.between(`skew:${name}`, -2 * MINUTE, 2 * MINUTE) : 0;
    const invocation = new Invocation(name, skew);
    return new Promise((resolve) => {
      this.scheduler.after(timeout, () => {
        invocation.dead = true;
        resolve({ ok: false });
      });
      const died = () => resolve({ ok: false });
      run(invocation, this.wrapper(invocation, died)).then(
        (value) => {
          if (!invocation.dead) resolve({ ok: true, value });
        },
        () => {
          if (!invocation.dead) resolve({ ok: false });
        },
      );
    });
  }

  private wrapper(invocation: Invocation, died: () => void): Wrap {
    return <P extends object>(prefix: string, target: P, methods: readonly (keyof P & string)[]): P =>
      Object.fromEntries(
        methods.map((method) => [
          method,
          (...args: unknown[]) =>
            this.call(invocation, died, `${prefix}.${method}`, () => (target[method] as (...all: unknown[]) => Promise<unknown>)(...args)),
        ]),
      ) as P;
  }

  /** One await: takes its time, may fail, may be the last thing that the function does, before or after its effect. */
  private call<T>(invocation: Invocation, died: () => void, what: string, effect: () => Promise<T>): Promise<T> {
    const name = `${invocation.name}/${invocation.calls}:${what}`;
    invocation.calls += 1;
    if (invocation.dead) return new Promise<T>(() => undefined);
    const die = () => {
      invocation.dead = true;
      this.scheduler.after(SECOND, died);
    };
    return new Promise<T>((resolve, reject) => {
      this.scheduler.after(this.latency(name), async () => {
        if (invocation.dead) return;
        if (this.fate.befalls('crash', `before:${name}`)) return die();
        if (this.fate.befalls('throttle', name)) return reject(new Throttled(what));
        const came = await effect().then(
          (value) => ({ value }),
          (error: unknown) => ({ error }),
        );
        if (this.fate.befalls('crash', `after:${name}`)) return die();
        this.scheduler.after(this.latency(`${name}>`), () => {
          if (invocation.dead) return;
          if ('error' in came) reject(came.error);
          else resolve(came.value);
        });
      });
    });
  }

  private latency(name: string): number {
    return this.fate.befalls('slow', name) ? this.fate.chance.between(`slow:${name}`, 10, 80) * SECOND : this.fate.chance.between(name, 1, 15);
  }
}
