const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** The name of this machine in a Host header, without its port; undefined for any other: a foreign page may have its own name point here. */
export const loopbackName = (host: string): string | undefined => LOOPBACK.exec(host)?.[1]?.toLowerCase();

/** Whether a page of this machine asks, or no page at all. */
export const isLoopbackOrigin = (origin: string | undefined): boolean =>
  origin === undefined || (/^https?:\/\//i.test(origin) && loopbackName(origin.slice(origin.indexOf('//') + 2)) !== undefined);
