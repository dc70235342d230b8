import { BlockList, isIPv4 } from 'node:net';

/** A pattern (事件模式) that EventBridge would refuse. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';
  /** JSON pointer (RFC 6901) of the place; inside `$or` it is that of the event's field, without the alternative. */
  readonly path: string;
  readonly reason: string;
  constructor(path: string, reason: string) {
    super(`${path === '' ? 'the pattern' : path}: ${reason}`);
    this.path = path;
    this.reason = reason;
  }
}

/** A value that an event's field may hold at its leaves. */
export type Leaf = string | number | boolean | null;
export type Test = (value: Leaf) => boolean;

/** The exact value, or one operator with its operand. `exists` is not among them: it is asked of the field, not of a value. */
export function testOf(item: unknown, path: string): Test {
  if (typeof item === 'number') return (value) => typeof value === 'number' && sameNumber(value, item);
  if (item === null || typeof item === 'string' || typeof item === 'boolean') return (value) => value === item;
  const [name, operand] = onlyEntry(item, path);
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name as keyof typeof OPERATORS] : undefined;
  if (!operator) throw new InvalidPattern(path, `${name} is no operator`);
  return operator(operand, `${path}/${name}`);
}

/** Name and operand of `{ "<operator>": … }`. */
export function onlyEntry(item: unknown, path: string): [name: string, operand: unknown] {
  if (!isObject(item)) throw new InvalidPattern(path, 'must be a string, a number, true, false, null or an operator');
  const [entry, ...more] = Object.entries(item);
  if (!entry || more.length > 0) throw new InvalidPattern(path, 'must hold exactly one operator');
  return entry;
}

export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

type Compile = (operand: unknown, path: string) => Test;

const onText =
  (test: (value: string) => boolean): Test =>
  (value) =>
    typeof value === 'string' && test(value);

/** EventBridge varies each character's case by itself. */
const fold = (text: string): string => [...text].map((each) => each.toLowerCase()).join('');

function text(operand: unknown, path: string): string {
  if (typeof operand !== 'string') throw new InvalidPattern(path, 'must be a string');
  return operand;
}

const equalsIgnoreCase: Compile = (operand, path) => {
  const wanted = fold(text(operand, path));
  return onText((value) => fold(value) === wanted);
};

/** `prefix` and `suffix`: a string, or `{ "equals-ignore-case": string }`. */
const affix =
  (holds: (value: string, wanted: string) => boolean): Compile =>
  (operand, path) => {
    if (!isObject(operand)) {
      const wanted = text(operand, path);
      return onText((value) => holds(value, wanted));
    }
    const [name, inner] = onlyEntry(operand, path);
    if (name !== 'equals-ignore-case') throw new InvalidPattern(path, `${name} cannot stand here; equals-ignore-case can`);
    const wanted = fold(text(inner, `${path}/${name}`));
    return onText((value) => holds(fold(value), wanted));
  };

const prefix = affix((value, wanted) => value.startsWith(wanted));
const suffix = affix((value, wanted) => value.endsWith(wanted));

/** `*` is any run of characters; `\*` and `\\` are the characters themselves. */
const wildcard: Compile = (operand, path) => {
  const [first = '', ...rest] = literals(text(operand, path), path);
  const last = rest.pop();
  if (last === undefined) return (value) => value === first;
  return onText((value) => {
    let at = first.length;
    if (!value.startsWith(first)) return false;
    for (const literal of rest) {
      const found = value.indexOf(literal, at);
      if (found < 0) return false;
      at = found + literal.length;
    }
    return value.length - last.length >= at && value.endsWith(last);
  });
};

/** What stands between the wildcards. */
function literals(pattern: string, path: string): string[] {
  const found: string[] = [];
  let literal = '';
  for (let at = 0; at < pattern.length; at += 1) {
    if (pattern[at] === '*') {
      if (pattern[at + 1] === '*') throw new InvalidPattern(path, `two wildcards in a row at ${at}`);
      found.push(literal);
      literal = '';
      continue;
    }
    if (pattern[at] === '\\') {
      at += 1;
      if (pattern[at] !== '*' && pattern[at] !== '\\') throw new InvalidPattern(path, `a backslash escapes only * and \\, not what is at ${at}`);
    }
    literal += pattern[at];
  }
  return [...found, literal];
}

/** Numbers are compared between these bounds, to six digits after the point. */
const NUMERIC = { bound: 5e9, scale: 1e6 } as const;
const inBounds = (value: number): boolean => Math.abs(value) <= NUMERIC.bound;
const scaled = (value: number): number => Math.round(value * NUMERIC.scale);
const sameNumber = (one: number, other: number): boolean => one === other || (inBounds(one) && inBounds(other) && scaled(one) === scaled(other));

function bound(operand: unknown, path: string): number {
  if (typeof operand !== 'number') throw new InvalidPattern(path, 'must be a number');
  if (!inBounds(operand)) throw new InvalidPattern(path, 'must be between -5.0e9 and 5.0e9');
  return operand;
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};
const OPENS = new Set<unknown>(['>', '>=']);
const CLOSES = new Set<unknown>(['<', '<=']);

/** One comparison, or a lower bound followed by an upper one. */
const numeric: Compile = (operand, path) => {
  if (!Array.isArray(operand)) throw new InvalidPattern(path, 'must be an array');
  const [name, first, second, last] = operand;
  const lower = comparison(name, `${path}/0`, first, `${path}/1`);
  if (operand.length === 2) return lower;
  if (operand.length !== 4 || !OPENS.has(name)) throw new InvalidPattern(path, 'must be one comparison, or a lower bound followed by an upper one');
  if (!CLOSES.has(second)) throw new InvalidPattern(`${path}/2`, 'must be < or <=');
  const upper = comparison(second, `${path}/2`, last, `${path}/3`);
  if (!(scaled(first) < scaled(last))) throw new InvalidPattern(path, 'the lower bound must be less than the upper one');
  return (value) => lower(value) && upper(value);
};

function comparison(name: unknown, namePath: string, limit: unknown, limitPath: string): Test {
  const holds = typeof name === 'string' && Object.hasOwn(COMPARISONS, name) ? COMPARISONS[name] : undefined;
  if (!holds) throw new InvalidPattern(namePath, 'must be =, <, <=, > or >=');
  const wanted = scaled(bound(limit, limitPath));
  return (value) => typeof value === 'number' && inBounds(value) && holds(scaled(value), wanted);
}

type Family = 'ipv4' | 'ipv6';
/** No zone, no dotted quad inside an IPv6 address. */
const familyOf = (address: string): Family | undefined => (isIPv4(address) ? 'ipv4' : /^[\da-f:]+$/i.test(address) && isAddress(address) ? 'ipv6' : undefined);
const isAddress = (address: string): boolean => URL.canParse(`http://[${address}]`);

const cidr: Compile = (operand, path) => {
  const [address = '', bits = '', ...more] = text(operand, path).split('/');
  const family = familyOf(address);
  if (!family || more.length > 0 || !/^\d{1,3}$/.test(bits))
    throw new InvalidPattern(path, 'must be an IPv4 or IPv6 address, a slash and the bits of the mask');
  if (Number(bits) >= (family === 'ipv4' ? 32 : 128)) throw new InvalidPattern(path, 'the mask of IPv4 has at most 31 bits, of IPv6 at most 127');
  const block = new BlockList();
  block.addSubnet(address, Number(bits), family);
  return onText((value) => familyOf(value) === family && block.check(value, family));
};

const NEGATED: Readonly<Record<string, Compile>> = {
  prefix: (operand, path) => prefix(notEmpty(text(operand, path), path), path),
  suffix: (operand, path) => suffix(notEmpty(text(operand, path), path), path),
  'equals-ignore-case': equalsIgnoreCase,
  wildcard,
};

function notEmpty(operand: string, path: string): string {
  if (operand === '') throw new InvalidPattern(path, 'must not be empty here');
  return operand;
}

/** Any value that is there but these: a string or number, a list of either, or one of `NEGATED` with a string or a list. */
const anythingBut: Compile = (operand, path) => {
  const tests = isObject(operand) ? negatedTests(operand, path) : excludedValues(operand, path);
  return (value) => !tests.some((test) => test(value));
};

function negatedTests(operand: Record<string, unknown>, path: string): Test[] {
  const [name, inner] = onlyEntry(operand, path);
  const operator = Object.hasOwn(NEGATED, name) ? NEGATED[name] : undefined;
  if (!operator) throw new InvalidPattern(path, `anything-but does not take ${name}`);
  return listed(inner, `${path}/${name}`).map(([each, at]) => operator(each, at));
}

function excludedValues(operand: unknown, path: string): Test[] {
  const entries = listed(operand, path);
  for (const [each, at] of entries) {
    if (typeof each === 'number') bound(each, at);
    else if (typeof each !== 'string') throw new InvalidPattern(at, 'must be a string or a number');
    if (typeof each !== typeof entries[0]?.[0]) throw new InvalidPattern(path, 'must be all strings or all numbers');
  }
  return entries.map(([each, at]) => testOf(each, at));
}

function listed(operand: unknown, path: string): [each: unknown, path: string][] {
  if (!Array.isArray(operand)) return [[operand, path]];
  if (operand.length === 0) throw new InvalidPattern(path, 'an empty array is not allowed');
  return operand.map((each, index) => [each, `${path}/${index}`]);
}

const OPERATORS = {
  prefix,
  suffix,
  'equals-ignore-case': equalsIgnoreCase,
  wildcard,
  numeric,
  cidr,
  'anything-but': anythingBut,
} as const;

/** Names that no field may have inside `$or`. */
export const RESERVED: ReadonlySet<string> = new Set([...Object.keys(OPERATORS), 'exists']);
