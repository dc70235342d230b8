import type { JWTPayload } from 'jose';

/** Claims as API Gateway's authorizer renders them (声明的呈现): every one a string, an array `[a b]`, an object `map[a:1 b:2]`. */
export const renderClaims = (claims: JWTPayload): Readonly<Record<string, string>> =>
  Object.freeze(Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, rendered(value)])));

function rendered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(rendered).join(' ')}]`;
  if (value === null || typeof value !== 'object') return value === null ? '<nil>' : String(value);
  const members = Object.entries(value).map(([name, member]) => `${name}:${rendered(member)}`);
  return `map[${members.sort().join(' ')}]`;
}
