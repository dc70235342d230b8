/** What the gateway takes (网关限额), in bytes and milliseconds. */
export interface GatewayLimits {
  /** Request target, names and values of headers together: API Gateway's quota. */
  readonly headers: number;
  /** A request's body: the payload that a Lambda takes, less than API Gateway's own 10 MB. */
  readonly body: number;
  /** From the first byte of a request, or the connection's beginning, to the end of its headers. */
  readonly headersMs: number;
  /** From the first byte of a request to the last. */
  readonly requestMs: number;
  /** How long a connection may stand without a request. */
  readonly idleMs: number;
  /** How long a connection may stand without a byte in either direction, also while a function works. */
  readonly silentMs: number;
  /** How often the limits of time are looked at. */
  readonly checkMs: number;
  /** How long a function may take: API Gateway's quota. */
  readonly functionMs: number;
  /** A body that was refused is read on for so long, and so far, that its sender receives the answer. */
  readonly lingerMs: number;
  readonly lingerBytes: number;
  /** Requests of one connection in work before no more of it is read. */
  readonly pipelined: number;
  readonly connections: number;
  /** How long closing waits for what is in work. */
  readonly closeMs: number;
}

export const GATEWAY_LIMITS: GatewayLimits = {
  headers: 10_240,
  body: 6 * 1024 * 1024,
  headersMs: 10_000,
  requestMs: 30_000,
  idleMs: 60_000,
  silentMs: 90_000,
  checkMs: 1_000,
  functionMs: 30_000,
  lingerMs: 2_000,
  lingerBytes: 16 * 1024 * 1024,
  pipelined: 32,
  connections: 12_000,
  closeMs: 10_000,
};
