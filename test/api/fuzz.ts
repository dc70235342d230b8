import fc from 'fast-check';

const ANY: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.double(),
  fc.constantFrom('', '\0', '//', '%2F', '..', '{}', '__proto__', -0, 1e308),
);

const depthFirst = (value: unknown): readonly (readonly (string | number)[])[] => {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, each]) => depthFirst(each).map((rest) => [Array.isArray(value) ? Number(key) : key, ...rest]))];
};

const replaced = (body: unknown, [first, ...rest]: readonly (string | number)[], value: unknown): unknown => {
  if (first === undefined) return value;
  if (Array.isArray(body)) return body.map((each, at) => (at === first ? replaced(each, rest, value) : each));
  return { ...(body as object), [first]: replaced((body as Record<string, unknown>)[first], rest, value) };
};

/** A valid body with a few of its parts replaced by anything (变异的请求体). */
export const mutated = (body: unknown): fc.Arbitrary<unknown> => {
  const paths = depthFirst(body);
  return fc.array(fc.tuple(fc.nat(paths.length - 1), ANY), { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce((changed: unknown, [at, value]) => {
      try {
        return replaced(changed, paths[at] ?? [], value);
      } catch {
        return changed;
      }
    }, body),
  );
};

/** Any text that may be sent as a body (任意请求体): JSON or not. */
export const anything: fc.Arbitrary<string> = fc.oneof(
  fc.json({ maxDepth: 6 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  ANY.map((value) => JSON.stringify(value) ?? ''),
);
