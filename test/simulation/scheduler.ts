interface Entry {
  readonly at: number;
  readonly order: number;
  readonly run: () => void | Promise<void>;
}

/** The run did not come to rest: something goes on for ever. */
export class Endless extends Error {
  override readonly name = 'Endless';
}

/** Virtual time: a heap of things to do, done one by one, each until nothing more happens at its instant. */
export class Scheduler {
  /** Milliseconds since 1970 UTC. */
  now: number;
  /** Things done so far. */
  done = 0;
  private order = 0;
  private readonly heap: Entry[] = [];

  constructor(start: number) {
    this.now = start;
  }

  after(delay: number, run: Entry['run']): void {
    this.at(this.now + delay, run);
  }

  at(at: number, run: Entry['run']): void {
    this.order += 1;
    this.push({ at: Math.max(at, this.now), order: this.order, run });
  }

  get idle(): boolean {
    return this.heap.length === 0;
  }

  /** Works off everything due until `until` returns true or nothing is left. Throws {@link Endless} beyond the budget. */
  async run(budget: number, until: () => boolean = () => false): Promise<void> {
    // What was begun just before has not yet said what it waits for.
    await settled();
    for (let left = budget; !until(); left -= 1) {
      const next = this.pop();
      if (!next) return;
      if (left <= 0) throw new Endless(`more than ${budget} steps`);
      this.now = Math.max(this.now, next.at);
      this.done += 1;
      await next.run();
      await settled();
    }
  }

  private push(entry: Entry): void {
    const { heap } = this;
    heap.push(entry);
    for (let at = heap.length - 1; at > 0; ) {
      const up = (at - 1) >> 1;
      if (!before(heap[at] as Entry, heap[up] as Entry)) break;
      [heap[at], heap[up]] = [heap[up] as Entry, heap[at] as Entry];
      at = up;
    }
  }

  private pop(): Entry | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      let least = at;
      if (left < heap.length && before(heap[left] as Entry, heap[least] as Entry)) least = left;
      if (left + 1 < heap.length && before(heap[left + 1] as Entry, heap[least] as Entry)) least = left + 1;
      if (least === at) return first;
      [heap[at], heap[least]] = [heap[least] as Entry, heap[at] as Entry];
      at = least;
    }
  }
}

const before = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order);

/** All microtasks have run. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
