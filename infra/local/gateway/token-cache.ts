import { TOKEN, type TokenFault, type Verified } from '../../../functions/kernel/identity.ts';
import type { Clock } from '../../../functions/kernel/ports.ts';
import { renderClaims } from './claims.ts';

export type Claims = Readonly<Record<string, string>>;
export type Authorized = { readonly claims: Claims } | { readonly fault: TokenFault };

interface Known {
  readonly claims: Claims;
  /** First and last second of the host's clock, which may be moved, at which the token is good. */
  readonly from: number;
  readonly until: number;
  /** Of the monotonic clock, in milliseconds. */
  readonly verifiedAt: number;
}

const MOST = 1_000;
const KEPT_MS = 60_000;

/** Verified tokens by their text (令牌缓存), for a minute: a signature costs more to check than all else that the gateway does. */
export class TokenCache {
  private readonly known = new Map<string, Known>();
  private readonly verify: (authorization: string | undefined) => Promise<Verified>;
  private readonly clock: Clock;
  private readonly monotonic: () => number;

  constructor(verify: (authorization: string | undefined) => Promise<Verified>, clock: Clock, monotonic: () => number) {
    this.verify = verify;
    this.clock = clock;
    this.monotonic = monotonic;
  }

  /** At once for a token that is known and still good. Rejects as `verify` does. */
  authorize(authorization: string | undefined): Authorized | Promise<Authorized> {
    const known = authorization === undefined ? undefined : this.known.get(authorization);
    if (known && this.isGood(known)) return known;
    return this.look(authorization);
  }

  private isGood({ from, until, verifiedAt }: Known): boolean {
    const now = Math.floor(this.clock.now() / 1000);
    return now >= from && now <= until && this.monotonic() - verifiedAt < KEPT_MS;
  }

  private async look(authorization: string | undefined): Promise<Authorized> {
    const verified = await this.verify(authorization);
    if (authorization !== undefined) this.known.delete(authorization);
    if (!verified.ok) return { fault: verified.code };
    const { exp = 0, nbf = 0, iat = 0 } = verified.claims;
    const known: Known = {
      claims: renderClaims(verified.claims),
      from: Math.max(nbf, iat) - TOKEN.tolerance,
      until: Math.ceil(exp) + TOKEN.tolerance - 1,
      verifiedAt: this.monotonic(),
    };
    if (authorization !== undefined) this.keep(authorization, known);
    return known;
  }

  private keep(authorization: string, known: Known): void {
    const [oldest] = this.known.keys();
    if (this.known.size >= MOST && oldest !== undefined) this.known.delete(oldest);
    this.known.set(authorization, known);
  }
}
