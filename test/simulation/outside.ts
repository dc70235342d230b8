import type { AddressFault, Network, Outgoing } from '../../functions/kernel/ports.ts';
import type { Fate } from './fate.ts';
import { DAY, SECOND } from './platform.ts';
import type { Scheduler } from './scheduler.ts';

/** What an endpoint does with a message: its answer, and after how many milliseconds it comes. */
export interface Answered {
  readonly answer: Awaited<ReturnType<Network['post']>>;
  readonly after?: number;
}

/** A message that left the system, and what was answered, whether or not anybody lived to hear it. */
export interface Posted extends Outgoing, Answered {
  /** Virtual instant. */
  readonly at: number;
}

const FAILING: readonly Answered[] = [
  { answer: { status: 500 } },
  { answer: { status: 503, retryAfter: 7_200 } },
  { answer: { status: 429, retryAfter: 30 } },
  { answer: { status: 429, retryAfter: 9_999_999 } },
  { answer: { status: 302 } },
  { answer: { status: 410 } },
  { answer: { status: 204 }, after: 9 * SECOND },
  { answer: { fault: 'no-answer' }, after: 10 * SECOND },
  { answer: { fault: 'not-connected' } },
  { answer: { fault: 'certificate' } },
  { answer: { fault: 'private-address' } },
];
const DEAD: readonly Answered[] = [{ answer: { status: 500 } }, { answer: { fault: 'no-answer' }, after: 10 * SECOND }, { answer: { fault: 'not-connected' } }];

/** Whoever lies outside (外部网络), under fate: endpoints that fail now and then, or for days, and take everything once it is healed. */
export class Outside {
  readonly posted: Posted[] = [];
  private readonly scheduler: Scheduler;
  private readonly fate: Fate;
  private readonly began: number;

  constructor(scheduler: Scheduler, fate: Fate) {
    this.scheduler = scheduler;
    this.fate = fate;
    this.began = scheduler.now;
  }

  async check(_: string): Promise<AddressFault | undefined> {
    return undefined;
  }

  async post(message: Outgoing): Promise<Answered> {
    const { host } = new URL(message.url);
    const before = this.posted.filter(({ url, headers }) => url === message.url && headers['webhook-id'] === message.headers['webhook-id']).length;
    const answered = this.answerOf(host, `${host} ${message.headers['webhook-id']} ${before}`);
    this.posted.push({ ...message, ...answered, at: this.scheduler.now });
    return answered;
  }

  private answerOf(host: string, name: string): Answered {
    const { chance } = this.fate;
    if (this.isDead(host) && this.fate.meet('endpoint-dead')) return chance.pick(`dead-answer:${host}`, DEAD);
    return this.fate.befalls('endpoint-fails', name) ? chance.pick(`failing:${name}`, FAILING) : { answer: { status: 204 } };
  }

  /** From some day on, for longer than the ladder of attempts. */
  private isDead(host: string): boolean {
    const { chance } = this.fate;
    if (!this.fate.happens('endpoint-dead') || !chance.hit(`dead:${host}`, 0.35)) return false;
    const day = (this.scheduler.now - this.began) / DAY - chance.between(`dead-from:${host}`, 0, 5);
    return day >= 0 && day < chance.between(`dead-for:${host}`, 4, 12);
  }
}
