import { randomUUID } from 'node:crypto';
import type { BusAnswer, BusEntry } from '../../functions/kernel/ports.ts';
import type { LocalRule } from './deployment.ts';
import { compilePattern } from './event-pattern.ts';
import type { SqliteQueues } from './sqlite/sqlite-queues.ts';

export interface BusParts {
  readonly rules: readonly LocalRule[];
  readonly queues: Pick<SqliteQueues, 'send'>;
  /** What the envelope says of where it came from. */
  readonly account: string;
  readonly region: string;
  /** Told of every entry that was taken. */
  readonly heard?: (entry: BusEntry) => void;
}

/** The province's bus (事件总线) on this machine: an entry goes to every queue whose rule matches, and is answered when it is durable there. */
export class EventBus {
  readonly #parts: BusParts;
  readonly #rules: readonly { readonly bus: string; readonly hears: (event: unknown) => boolean; readonly queues: readonly string[] }[];

  constructor(parts: BusParts) {
    this.#parts = parts;
    this.#rules = parts.rules.map(({ bus, pattern, targets }) => ({ bus, hears: compilePattern(pattern), queues: targets.map(({ queue }) => queue) }));
  }

  /** PutEvents on that bus. */
  async put(bus: string, entries: readonly BusEntry[]): Promise<readonly BusAnswer[]> {
    const sent: { queue: string; body: string }[] = [];
    const answers = entries.map((entry) => {
      const eventId = randomUUID();
      const event = this.#envelope(eventId, entry);
      let body: string | undefined;
      for (const rule of this.#rules) {
        if (rule.bus !== bus || !rule.hears(event)) continue;
        body ??= textOf(event, entry.detail);
        for (const queue of rule.queues) sent.push({ queue, body });
      }
      return { eventId };
    });
    if (sent.length > 0) await this.#parts.queues.send(sent);
    if (this.#parts.heard) for (const entry of entries) this.#parts.heard(entry);
    return answers;
  }

  /** As a rule sees it; the detail is parsed only for a pattern that looks into it. */
  #envelope(id: string, { source, detailType, detail, time }: BusEntry): Envelope {
    let parsed: unknown;
    return {
      version: '0',
      id,
      'detail-type': detailType,
      source,
      account: this.#parts.account,
      time: `${time.slice(0, 19)}Z`,
      region: this.#parts.region,
      resources: [],
      get detail() {
        parsed ??= JSON.parse(detail);
        return parsed;
      },
    };
  }
}

interface Envelope {
  readonly version: string;
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** The envelope as a target gets it, the detail's text as it came. */
function textOf(event: Envelope, detail: string): string {
  const { version, id, source, account, time, region, resources } = event;
  const head = JSON.stringify({ version, id, 'detail-type': event['detail-type'], source, account, time, region, resources });
  return `${head.slice(0, -1)},"detail":${detail}}`;
}
