import { lookup } from 'node:dns/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import ipaddr from 'ipaddr.js';
import type { AddressFault, Network, NetworkFault, Outgoing } from './ports.ts';

/** Bounds of one message (投递时限), in milliseconds and bytes. */
const LIMITS = {
  /** From the look-up of the name to the answer's headers. */
  answerMs: 10_000,
  /** What comes after the headers is let go by for so long, and so far, before the connection is cut. */
  bodyMs: 1_000,
  bodyBytes: 64 * 1024,
} as const;

export interface NetworkOptions {
  /** Lets addresses of this machine through, also by http: on a local host alone. */
  readonly loopback?: boolean;
  /** Every address of a name; rejects where there is none. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** Certificate authorities beside the usual ones. */
  readonly ca?: string;
  readonly limits?: Partial<Record<keyof typeof LIMITS, number>>;
}

const everyAddress = async (host: string): Promise<readonly string[]> => (await lookup(host, { all: true })).map(({ address }) => address);

/** The network (外部网络) over the addresses that a name has at the moment: what was checked is what is connected to. */
export function makeNetwork({ loopback = false, resolve = everyAddress, ca, limits = {} }: NetworkOptions = {}): Network {
  const { answerMs, bodyMs, bodyBytes } = { ...LIMITS, ...limits };

  async function addressOf(url: URL): Promise<string | { readonly fault: AddressFault }> {
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const found = ipaddr.isValid(host) ? [host] : await resolve(host).catch(() => []);
    const ranges = new Set(found.map((address) => ipaddr.process(address).range()));
    const [first] = found;
    if (first === undefined) return { fault: 'unknown-host' };
    const local = loopback && ranges.size === 1 && ranges.has('loopback');
    if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) return { fault: 'not-https' };
    // All of them: which one is taken would otherwise be chance.
    return local || (ranges.size === 1 && ranges.has('unicast')) ? first : { fault: 'private-address' };
  }

  return {
    async check(url) {
      const found = await addressOf(new URL(url));
      return typeof found === 'string' ? undefined : found.fault;
    },
    async post({ url, headers, body }: Outgoing) {
      const target = new URL(url);
      const signal = AbortSignal.timeout(answerMs);
      const found = await Promise.race([addressOf(target), ended(signal)]);
      if (typeof found !== 'string') return found;
      try {
        const answer = await new Promise<IncomingMessage>((answered, failed) => {
          const request = target.protocol === 'https:' ? httpsRequest : httpRequest;
          request(target, {
            method: 'POST',
            headers: { ...headers, 'content-length': Buffer.byteLength(body) },
            agent: false,
            signal,
            ...(ca === undefined ? {} : { ca }),
            lookup: (_, { all }, told) => {
              const family = ipaddr.parse(found).kind() === 'ipv6' ? 6 : 4;
              if (all) told(null, [{ address: found, family }]);
              else told(null, found, family);
            },
          })
            .on('response', answered)
            .on('error', failed)
            .end(body);
        });
        void letGo(answer, bodyMs, bodyBytes);
        const retryAfter = /^\d{1,7}$/.exec(answer.headers['retry-after'] ?? '')?.[0];
        return { status: answer.statusCode ?? 0, ...(retryAfter === undefined ? {} : { retryAfter: Number(retryAfter) }) };
      } catch (error) {
        return { fault: signal.aborted ? 'no-answer' : faultOf(error) };
      }
    },
  };
}

const ended = (signal: AbortSignal): Promise<{ readonly fault: 'no-answer' }> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve({ fault: 'no-answer' }), { once: true });
  });

/** Lets a body pass that nobody reads, so far and so long; what comes after is cut off. */
function letGo(answer: IncomingMessage, ms: number, bytes: number): void {
  const cut = setTimeout(() => answer.destroy(), ms);
  let passed = 0;
  answer
    .on('data', (chunk: Buffer) => {
      passed += chunk.length;
      if (passed > bytes) answer.destroy();
    })
    .on('error', () => undefined)
    .on('close', () => clearTimeout(cut));
}

/** By the code that Node gives an error: of the certificate, or of what lies before it. */
function faultOf(error: unknown): NetworkFault {
  const code = String((error as NodeJS.ErrnoException).code);
  if (/CERT|^ERR_TLS|^ERR_SSL|SIGNATURE|SELF_SIGNED|^EPROTO/.test(code)) return 'certificate';
  return /^E(?:CONN|HOST|NET|PIPE|ADDR)/.test(code) ? 'not-connected' : 'no-answer';
}
