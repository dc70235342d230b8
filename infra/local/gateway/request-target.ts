/** What a request line asks for (RFC 9112 §3.2). */
export interface RequestTarget {
  /** As sent, percent-encoded; begins with `/`. */
  readonly path: string;
  /** As sent, without `?`. */
  readonly query: string;
  /** Of the absolute form, where it stands for the Host header. */
  readonly authority?: string;
}

const ABSOLUTE = /^https?:\/\/([^/?#]*)/i;

/** Origin form or absolute form; undefined for any other. Nothing is normalised: a path means what it says. */
export function parseTarget(url: string): RequestTarget | undefined {
  if (url.charCodeAt(0) === SLASH) return split(url);
  const [scheme, authority] = ABSOLUTE.exec(url) ?? [];
  if (scheme === undefined || authority === undefined) return undefined;
  const rest = url.slice(scheme.length);
  return { ...split(rest.startsWith('/') ? rest : `/${rest}`), authority };
}

const SLASH = 0x2f;

function split(url: string): RequestTarget {
  const at = url.indexOf('?');
  return at === -1 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at + 1) };
}
