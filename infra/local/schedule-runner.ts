import type { Log } from '../../functions/kernel/log.ts';
import type { Clock } from '../../functions/kernel/ports.ts';
import type { LocalSchedule } from './deployment.ts';
import type { Functions } from './functions.ts';

export interface ScheduleParts {
  readonly schedules: readonly LocalSchedule[];
  readonly functions: Pick<Functions, 'invoke'>;
  /** The same for a schedule that lingers: it looks every second, and nobody waits for it who waits for consequences. */
  readonly looking: Pick<Functions, 'invoke'>;
  /** When each last ran, kept over restarts. */
  readonly positions: { get(name: string): string | undefined; set(name: string, value: string): Promise<void> };
  /** Takes the runs that never succeeded. */
  readonly giveUp: (queue: string, body: string) => Promise<void>;
  /** The clock that a host's user may move: what falls due by it, runs. */
  readonly clock: Clock;
  readonly log: Log;
}

/** Milliseconds between two looks at the clock. */
const LOOK = 1_000;

/** Runs what is due (定时任务), once an interval; a run that failed is tried again as often as the schedule says. */
export class ScheduleRunner {
  readonly #parts: ScheduleParts;
  readonly #running = new Map<string, Promise<boolean>>();
  readonly #lingering: ReadonlySet<string>;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: ScheduleParts) {
    this.#parts = parts;
    this.#lingering = new Set(parts.schedules.filter(({ lingers }) => lingers).map(({ name }) => name));
  }

  start(): void {
    this.#timer = setInterval(() => this.look(), LOOK);
    this.look();
  }

  /** Starts what is due by the clock. */
  look(): void {
    const now = this.#parts.clock.now();
    for (const schedule of this.#parts.schedules) {
      if (schedule.lingers) {
        void this.#run(schedule);
        continue;
      }
      const last = Date.parse(this.#parts.positions.get(nameOf(schedule)) ?? '');
      // A clock that was set back owes no run until it has caught up.
      if (Number.isNaN(last) || now >= last + schedule.everyMs) void this.#run(schedule);
    }
  }

  /** Runs every schedule now, and resolves when all have ended. Rejects when one did not succeed. */
  async runAll(): Promise<void> {
    const succeeded = await Promise.all(this.#parts.schedules.map((schedule) => this.#run(schedule)));
    if (succeeded.includes(false)) throw new Error('a schedule did not succeed');
  }

  get idle(): boolean {
    return ![...this.#running.keys()].some((name) => !this.#lingering.has(name));
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#running.values());
  }

  #run(schedule: LocalSchedule): Promise<boolean> {
    const running = this.#running.get(schedule.name);
    if (running) return running;
    const run = this.#tryOften(schedule).finally(() => this.#running.delete(schedule.name));
    this.#running.set(schedule.name, run);
    return run;
  }

  async #tryOften(schedule: LocalSchedule): Promise<boolean> {
    const { functions, looking, positions, giveUp, clock, log } = this.#parts;
    const at = new Date(clock.now()).toISOString();
    for (let tries = 0; tries <= schedule.retries; tries += 1) {
      try {
        await (schedule.lingers ? looking : functions).invoke(schedule.function, {});
        if (!schedule.lingers) await positions.set(nameOf(schedule), at);
        return true;
      } catch (error) {
        log.warn('schedule-failed', { function: schedule.function, error });
      }
    }
    if (schedule.deadLetters !== undefined) await giveUp(schedule.deadLetters, JSON.stringify({ schedule: schedule.name, at }));
    await positions.set(nameOf(schedule), at);
    return false;
  }
}

const nameOf = ({ name }: LocalSchedule): string => `schedule/${name}`;
