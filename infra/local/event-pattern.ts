import { InvalidPattern, isObject, type Leaf, onlyEntry, RESERVED, type Test, testOf } from './event-pattern-operators.ts';

export { InvalidPattern } from './event-pattern-operators.ts';

/**
 * Patterns of EventBridge rules (事件模式), after the public documentation of its operators: fields together, values of
 * one field alternatives, `$or` alternatives of fields. A pattern that EventBridge would refuse throws {@link InvalidPattern}.
 */
export const matches = (pattern: unknown, event: unknown): boolean => compilePattern(pattern)(event);

/** Throws {@link InvalidPattern} with the first place that is wrong, and why. */
export function validatePattern(pattern: unknown): void {
  compilePattern(pattern);
}

/** The pattern, read once, for many events. */
export function compilePattern(pattern: unknown): (event: unknown) => boolean {
  const length = JSON.stringify(pattern)?.length ?? 0;
  if (length > LARGEST.characters) throw new InvalidPattern('', `${length} characters; at most ${LARGEST.characters} are allowed`);
  if (!isObject(pattern)) throw new InvalidPattern('', 'must be an object');
  if (combinations(pattern) > LARGEST.combinations) throw new InvalidPattern('', `its $or make more than ${LARGEST.combinations} combinations`);
  const trees = readFields([new Map()], pattern, [], false).map(treeOf);
  return (event) => trees.some((tree) => tree !== undefined && holds(tree, event));
}

/** What PutRule takes. Combinations: the lengths of all `$or` multiplied. */
const LARGEST = { characters: 4096, combinations: 1000 } as const;

/** What one field must be: one of the tests holds for one of its leaves, or it is there, or it is not. */
interface Condition {
  readonly path: readonly string[];
  readonly tests: readonly Test[];
  readonly exists: ReadonlySet<boolean>;
}

/** All conditions of one combination of `$or`, by path; of two at one path the later stands. */
type Branch = ReadonlyMap<string, Condition>;

function readFields(branches: readonly Branch[], fields: Record<string, unknown>, path: readonly string[], insideOr: boolean): readonly Branch[] {
  const entries = Object.entries(fields);
  if (entries.length === 0) throw new InvalidPattern(pointer(path), 'an empty object is not allowed');
  let read = branches;
  for (const [name, value] of entries) {
    const at = [...path, name];
    if (name === '$or') read = readOr(read, value, path);
    else if (insideOr && RESERVED.has(name)) throw new InvalidPattern(pointer(at), 'an operator is no field inside $or');
    else if (isObject(value)) read = readFields(read, value, at, insideOr);
    else if (Array.isArray(value)) read = read.map((branch) => new Map(branch).set(pointer(at), conditionOf(value, at)));
    else throw new InvalidPattern(pointer(at), 'must be an object or an array');
  }
  return read;
}

function readOr(branches: readonly Branch[], alternatives: unknown, path: readonly string[]): readonly Branch[] {
  const at = pointer([...path, '$or']);
  if (!Array.isArray(alternatives) || alternatives.length < 2) throw new InvalidPattern(at, 'must be an array of at least two objects');
  return alternatives.flatMap((each, index) => {
    if (!isObject(each)) throw new InvalidPattern(`${at}/${index}`, 'must be an object');
    return readFields(branches, each, path, true);
  });
}

function conditionOf(values: readonly unknown[], path: readonly string[]): Condition {
  if (values.length === 0) throw new InvalidPattern(pointer(path), 'an empty array is not allowed');
  const tests: Test[] = [];
  const exists = new Set<boolean>();
  for (const [index, item] of values.entries()) {
    const at = `${pointer(path)}/${index}`;
    if (!isObject(item) || !Object.hasOwn(item, 'exists')) {
      tests.push(testOf(item, at));
      continue;
    }
    const [, wanted] = onlyEntry(item, at);
    if (typeof wanted !== 'boolean') throw new InvalidPattern(`${at}/exists`, 'must be true or false');
    exists.add(wanted);
  }
  return { path, tests, exists };
}

function combinations(node: unknown): number {
  if (Array.isArray(node)) return node.reduce<number>((product, each) => product * combinations(each), 1);
  if (!isObject(node)) return 1;
  return Object.entries(node).reduce(
    (product, [name, value]) => product * combinations(value) * (name === '$or' && Array.isArray(value) ? value.length : 1),
    1,
  );
}

const pointer = (path: readonly string[]): string => path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The conditions of one branch by field, so that those under one field are asked of the same object. */
interface Tree {
  readonly leaves: Map<string, Condition>;
  readonly branches: Map<string, Tree>;
}

/** Undefined where one field would have to be a leaf and an object: nothing matches that. */
function treeOf(branch: Branch): Tree | undefined {
  const root: Tree = { leaves: new Map(), branches: new Map() };
  for (const condition of branch.values()) {
    let tree = root;
    for (const step of condition.path.slice(0, -1)) {
      const next = tree.branches.get(step) ?? { leaves: new Map(), branches: new Map() };
      tree.branches.set(step, next);
      tree = next;
    }
    tree.leaves.set(condition.path.at(-1) as string, condition);
  }
  return clashes(root) ? undefined : root;
}

const clashes = ({ leaves, branches }: Tree): boolean => [...branches].some(([name, tree]) => leaves.has(name) || clashes(tree));

/** Only that fields are not there: then no object of an array may have them, while otherwise one that has all the rest is enough. */
const absencesOnly = ({ leaves, branches }: Tree): boolean =>
  [...leaves.values()].every(({ tests, exists }) => tests.length === 0 && !exists.has(true)) && [...branches.values()].every(absencesOnly);

function holds(tree: Tree, event: unknown): boolean {
  for (const [name, condition] of tree.leaves) {
    const found = leavesOf(fieldOf(event, name));
    if (!condition.exists.has(found.length > 0) && !found.some((value) => condition.tests.some((test) => test(value)))) return false;
  }
  for (const [name, branch] of tree.branches) {
    const objects = objectsOf(fieldOf(event, name));
    const candidates = objects.length > 0 ? objects : [{}];
    if (!(absencesOnly(branch) ? candidates.every((each) => holds(branch, each)) : candidates.some((each) => holds(branch, each)))) return false;
  }
  return true;
}

const fieldOf = (event: unknown, name: string): unknown => (isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined);

/** A field's value, or the values of an array in it, at any depth. An object is no leaf. */
const leavesOf = (value: unknown): readonly Leaf[] => elementsOf(value).filter((each): each is Leaf => each === null || typeof each !== 'object');
const objectsOf = (value: unknown): readonly Record<string, unknown>[] => elementsOf(value).filter(isObject);
const elementsOf = (value: unknown): readonly unknown[] => (value === undefined ? [] : Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value]);
