/** Keys a chunk holds before it is halved; keeps the cost of an insertion in the middle small. */
const FULL = 512;

/** Order of the stores' names: bytes of their UTF-8, which is the order of code points and not JavaScript's `<`. */
export function compareNames(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at += 1) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above U+FFFF, but their units lie below U+E000. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** A set of keys in order, in chunks; what is added is sorted in only when somebody asks. The caller adds no key twice. */
export class SortedKeys {
  readonly #chunks: string[][] = [];
  #added: string[] = [];

  add(key: string): void {
    this.#added.push(key);
  }

  delete(key: string): void {
    this.#settle();
    const at = this.#chunkOf(key);
    const chunk = this.#chunks[at];
    const place = chunk ? placeOf(chunk, key) : 0;
    if (chunk?.[place] !== key) return;
    chunk.splice(place, 1);
    if (chunk.length === 0) this.#chunks.splice(at, 1);
  }

  /** Keys from `first` (inclusive) upwards. The set must not change while they are read. */
  *upFrom(first: string): Generator<string> {
    this.#settle();
    const begin = this.#chunkOf(first);
    for (let at = begin; at < this.#chunks.length; at += 1) {
      const chunk = this.#chunks[at] as string[];
      for (let place = at === begin ? placeOf(chunk, first) : 0; place < chunk.length; place += 1) yield chunk[place] as string;
    }
  }

  /** Keys from `first` (inclusive; from the greatest where absent) downwards. The set must not change while they are read. */
  *downFrom(first: string | undefined): Generator<string> {
    this.#settle();
    const greatest = this.#chunks.length - 1;
    const begin = first === undefined ? greatest : Math.min(this.#chunkOf(first), greatest);
    for (let at = begin; at >= 0; at -= 1) {
      for (const key of (this.#chunks[at] as string[]).toReversed()) if (first === undefined || at < begin || compareNames(key, first) <= 0) yield key;
    }
  }

  /** Keys that begin with `prefix`, in order. */
  *beginningWith(prefix: string): Generator<string> {
    for (const key of this.upFrom(prefix)) {
      if (!key.startsWith(prefix)) return;
      yield key;
    }
  }

  /** The first chunk whose greatest key is not below `key`; the number of chunks where all are. */
  #chunkOf(key: string): number {
    return lowest(this.#chunks.length, (index) => compareNames((this.#chunks[index] as string[]).at(-1) as string, key) >= 0);
  }

  #settle(): void {
    const added = this.#added;
    if (added.length === 0) return;
    this.#added = [];
    for (const key of added.sort(compareNames)) this.#insert(key);
  }

  #insert(key: string): void {
    const at = Math.min(this.#chunkOf(key), this.#chunks.length - 1);
    const chunk = this.#chunks[at];
    if (!chunk) {
      this.#chunks.push([key]);
      return;
    }
    chunk.splice(placeOf(chunk, key), 0, key);
    if (chunk.length > FULL) this.#chunks.splice(at + 1, 0, chunk.splice(FULL / 2));
  }
}

/** The first place in a chunk whose key is not below `key`. */
function placeOf(chunk: readonly string[], key: string): number {
  return lowest(chunk.length, (index) => compareNames(chunk[index] as string, key) >= 0);
}

/** The lowest index below `count` at which `holds` (which holds from somewhere on); `count` where nowhere. */
function lowest(count: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
