import type { AnyDispatch } from '../../functions/kernel/dispatch.ts';
import type { ProjectionStep, ViewStore } from '../../functions/kernel/ports.ts';
import { LINGERING, runDispatch } from '../../functions/kernel/run-dispatch.ts';
import type { Fate } from './fate.ts';
import { MINUTE, PLATFORM } from './platform.ts';
import type { Scheduler } from './scheduler.ts';
import type { Run } from './table-stream.ts';

/** Where rows say, first in their `sort`, from when on something is due. */
const DUE = 'deliveries/due';
/** Runs in a row that may find nothing that they can send. */
const PATIENCE = 8;

/**
 * Runs of a dispatch (外发). In the cloud one is begun each minute, one at a time; here only at those minutes at which something may be due, since weeks go by in a
 * history. What the views show as due though it is not, until somebody mends them, is looked at at longer and longer intervals, and then no more.
 */
export class Dispatches {
  private readonly begins = new Set<number>();
  private running = false;
  private readonly scheduler: Scheduler;
  private readonly fate: Fate;
  private readonly dispatch: AnyDispatch;
  private readonly views: ViewStore;
  private readonly run: Run;

  constructor(scheduler: Scheduler, fate: Fate, dispatch: AnyDispatch, views: ViewStore, run: Run) {
    this.scheduler = scheduler;
    this.fate = fate;
    this.dispatch = dispatch;
    this.views = views;
    this.run = run;
  }

  /** What the views show from now on. */
  tell({ rows }: ProjectionStep): void {
    for (const { listing, sort } of rows) if (listing === DUE) this.wake(Date.parse(sort.slice(0, sort.indexOf('/'))));
  }

  private wake(from: number, idle = 0): void {
    const at = Math.ceil(Math.max(from, this.scheduler.now + 1) / MINUTE) * MINUTE;
    if (this.begins.has(at)) return;
    this.begins.add(at);
    this.scheduler.at(at, () => {
      this.begins.delete(at);
      return this.begin(idle);
    });
  }

  /** `idle`: how many runs in a row found nothing that they could send. */
  private begin(idle: number): void {
    const { now } = this.scheduler;
    if (this.running) {
      this.wake(now, idle);
      return;
    }
    this.running = true;
    const name = `${this.dispatch.name}@${now}`;
    let over = false;
    const options = {
      ...(this.fate.chance.hit(`linger:${name}`, 0.1) ? LINGERING : {}),
      wait: (ms: number) => new Promise<void>((resolve) => this.scheduler.after(ms, () => (over ? undefined : resolve()))),
      monotonic: () => this.scheduler.now,
    };
    this.run(name, PLATFORM.functionTimeout, (kernel) => runDispatch(kernel, this.dispatch, options)).then(async (done) => {
      over = true;
      this.running = false;
      if (!(await this.somethingDue())) return;
      const idling = done.ok && done.value === 0 ? idle + 1 : 0;
      if (idling < PATIENCE) this.wake(this.scheduler.now + (2 ** idling - 1) * MINUTE, idling);
    });
  }

  private async somethingDue(): Promise<boolean> {
    const now = new Date(this.scheduler.now).toISOString();
    const lanes = await this.views.counters(this.dispatch.lanes);
    const due = await Promise.all(lanes.map(({ counter }) => this.dispatch.due(this.views, counter.slice(this.dispatch.lanes.length), now, 1)));
    return due.some(({ length }) => length > 0);
  }
}
