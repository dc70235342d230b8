import type { BusEntry, Outgoing } from '../../functions/kernel/ports.ts';
import type { Api } from './api.ts';

/** Claims (身份声明) of a token that the development issuer signs. */
export interface HostClaims {
  readonly agency: string;
  readonly kind: string;
  /** Six digits, GB/T 2260. */
  readonly division: string;
  readonly person: string;
  readonly roles: readonly string[];
}

/** An agency's own system (接收端点), which takes whatever it is sent until it is told otherwise. */
export interface Endpoint {
  readonly url: string;
  readonly received: readonly Pick<Outgoing, 'headers' | 'body'>[];
  /** Answers with this status from now on. */
  answers(status: number): void;
}

/** A province's system as a scenario sees it (被测系统): in this process, or behind HTTP. */
export interface Host {
  readonly api: Api;
  /** A token of the development issuer. */
  token(claims: HostClaims): Promise<string>;
  /** ISO instant. */
  setClock(instant: string): Promise<void>;
  /** Resolves when everything accepted so far has had all its consequences. */
  settle(): Promise<void>;
  /** Runs every schedule once, with all consequences. */
  sweep(): Promise<void>;
  /** A new one that the host can reach. */
  endpoint(): Promise<Endpoint>;
  /** Every entry that crossed the bus, where the host can tell. */
  readonly bus?: readonly BusEntry[];
  close(): Promise<void>;
}

/** Makes an empty host for a province (six digits). */
export type MakeHost = (province: string) => Promise<Host>;
