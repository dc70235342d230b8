/** A path of the table with what stands behind each of its methods. */
export interface RouteMatch<Target> {
  readonly methods: ReadonlyMap<string, Target>;
  /** Decoded values of the `{name}` segments. */
  readonly parameters: Readonly<Record<string, string>> | undefined;
}

interface Pattern<Target> {
  readonly segments: readonly string[];
  readonly methods: Map<string, Target>;
}

/**
 * Routes by path (路由表). A literal path goes before one with `{name}` segments; a `{name}` takes one segment that is not empty.
 * Matched segment by segment after each was percent-decoded, so that an encoded slash parts nothing.
 */
export class RouteTable<Target> {
  private readonly literal = new Map<string, Pattern<Target>>();
  private readonly patterns: Pattern<Target>[] = [];

  add(method: string, path: string, target: Target): void {
    const segments = path.split('/');
    const known = this.literal.get(path) ?? this.patterns.find((each) => each.segments.join('/') === path);
    const pattern = known ?? { segments, methods: new Map() };
    pattern.methods.set(method, target);
    if (known) return;
    if (!segments.some((segment) => nameOf(segment) !== undefined)) this.literal.set(path, pattern);
    else {
      this.patterns.push(pattern);
      this.patterns.sort((one, other) => literals(other) - literals(one));
    }
  }

  /** Undefined where no route has that path; throws {@link URIError} where its percent-encoding is broken. */
  match(path: string): RouteMatch<Target> | undefined {
    const exact = this.literal.get(path);
    if (exact) return { methods: exact.methods, parameters: undefined };
    const segments = path.split('/');
    if (path.includes('%')) {
      for (const [index, segment] of segments.entries()) segments[index] = decodeURIComponent(segment);
      const decoded = segments.join('/');
      const literal = this.literal.get(decoded);
      if (literal?.segments.length === segments.length) return { methods: literal.methods, parameters: undefined };
    }
    const found = this.patterns.find((each) => fits(each.segments, segments));
    return found && { methods: found.methods, parameters: parametersOf(found.segments, segments) };
  }
}

const nameOf = (segment: string): string | undefined => (segment.startsWith('{') && segment.endsWith('}') ? segment.slice(1, -1) : undefined);
const literals = ({ segments }: { readonly segments: readonly string[] }) => segments.filter((segment) => nameOf(segment) === undefined).length;

const fits = (pattern: readonly string[], segments: readonly string[]): boolean =>
  pattern.length === segments.length && pattern.every((each, index) => (nameOf(each) === undefined ? each === segments[index] : segments[index] !== ''));

const parametersOf = (pattern: readonly string[], segments: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    pattern.flatMap((each, index) => {
      const name = nameOf(each);
      return name === undefined ? [] : [[name, segments[index] ?? '']];
    }),
  );
