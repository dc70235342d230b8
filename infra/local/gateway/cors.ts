import type { LocalCors } from '../deployment.ts';

/** Names and values of headers, one after the other. */
export type FlatHeaders = readonly string[];

/** Cross-origin rules of the deployment (跨域规则) as headers, made once. An origin that is not allowed gets none. */
export class Cors {
  private readonly origins: ReadonlySet<string>;
  private readonly preflightHeaders: FlatHeaders;
  private readonly exposed: FlatHeaders;

  constructor({ allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAgeSeconds }: LocalCors) {
    this.origins = new Set(allowOrigins);
    this.exposed = listed('access-control-expose-headers', exposeHeaders);
    this.preflightHeaders = [
      ...listed('access-control-allow-methods', allowMethods),
      ...listed('access-control-allow-headers', allowHeaders),
      ...this.exposed,
      'access-control-max-age',
      String(maxAgeSeconds),
    ];
  }

  /** For any answer to a page. */
  answer(origin: string | undefined): FlatHeaders {
    return this.of(origin, this.exposed);
  }

  /** For a browser that asks before it sends. */
  preflight(origin: string | undefined): FlatHeaders {
    return this.of(origin, this.preflightHeaders);
  }

  private of(origin: string | undefined, others: FlatHeaders): FlatHeaders {
    if (origin === undefined) return NONE;
    if (this.origins.has('*')) return ['access-control-allow-origin', '*', ...others];
    return this.origins.has(origin) ? ['access-control-allow-origin', origin, 'vary', 'origin', ...others] : VARIES;
  }
}

const NONE: FlatHeaders = [];
const VARIES: FlatHeaders = ['vary', 'origin'];

const listed = (name: string, values: readonly string[]): FlatHeaders => (values.length === 0 ? [] : [name, values.join(',')]);
