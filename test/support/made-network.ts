import type { AddressFault, Network, Outgoing } from '../../functions/kernel/ports.ts';
import type { Endpoint } from './host.ts';

type Answer = Awaited<ReturnType<Network['post']>>;

/** Names that cannot be sent to; every other is a public one, and this machine is let through as on a local host. */
const FAULTS: Readonly<Record<string, AddressFault>> = { 'intranet.example': 'private-address', 'nowhere.example': 'unknown-host' };

/** Whoever lies outside (外部网络), made: keeps what it was sent, and answers what it was told to. */
export class MadeNetwork implements Network {
  readonly posted: Outgoing[] = [];
  /** By host, for each message in turn, the last one for ever; a host that is not here takes everything. */
  readonly answers = new Map<string, Answer[]>();

  async check(url: string): Promise<AddressFault | undefined> {
    const { protocol, hostname } = new URL(url);
    if (hostname === '127.0.0.1') return undefined;
    return protocol === 'https:' ? FAULTS[hostname] : 'not-https';
  }

  async post(message: Outgoing): Promise<Answer> {
    const fault = await this.check(message.url);
    if (fault) return { fault };
    this.posted.push(message);
    const answers = this.answers.get(new URL(message.url).host) ?? [{ status: 204 }];
    return (answers.length > 1 ? answers.shift() : answers[0]) as Answer;
  }

  /** A host that is not here yet. */
  endpoint(): Endpoint {
    const host = `endpoint${this.answers.size}.example`;
    const answers = (status: number) => {
      this.answers.set(host, [{ status }]);
    };
    answers(204);
    const { posted } = this;
    return {
      url: `https://${host}/notices`,
      get received() {
        return posted.filter(({ url }) => new URL(url).host === host);
      },
      answers,
    };
  }
}
