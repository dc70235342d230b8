import canonicalize from 'canonicalize';

/**
 * A JSON value as RFC 8785 has it (规范化 JSON): JSON.stringify writes texts and numbers so by itself, and only the keys are to be put in order.
 * What it cannot write so is the library's. Throws for half a surrogate pair and for what is no number of JSON.
 */
export function canonicalJson(value: unknown): string {
  const sorted = inOrder(value);
  const text = sorted === UNFIT ? '\\ud' : (JSON.stringify(sorted) ?? '');
  return text.includes('\\ud') ? (canonicalize(value) ?? '') : text;
}

/** Stands for a value that no object keeps in order, or that JSON.stringify would silently change. */
const UNFIT = Symbol('unfit');

/** A copy with its keys in order of UTF-16 code units. */
function inOrder(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : UNFIT;
  if (typeof value !== 'object' || value === null) return value;
  if ('toJSON' in value) return UNFIT;
  if (Array.isArray(value)) {
    const members = value.map(inOrder);
    return members.includes(UNFIT) ? UNFIT : members;
  }
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const member = inOrder(value[key as keyof typeof value]);
    if (member === UNFIT || key === '__proto__' || isIndex(key)) return UNFIT;
    copy[key] = member;
  }
  return copy;
}

/** Such keys come before all others, whatever was put first. */
const isIndex = (key: string): boolean => key >= '0' && key < ':';
