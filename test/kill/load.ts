import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../simulation/chance.ts';
import type { Act, History } from '../simulation/history.ts';

/** What a host said to a request. */
export interface Said {
  readonly status: number;
  readonly text: string;
}

/** A request with its key, as often as it was sent. */
export interface Asked {
  readonly act: Act;
  /** How often it was sent; more than once where no answer came. */
  sent: number;
  /** What was answered first and ends the matter. */
  answer?: Said;
}

/** What all requests of a run came to. */
export interface Tally {
  readonly sent: number;
  readonly accepted: number;
  /** Requests that were sent again under their key, since no answer had come. */
  readonly again: number;
  readonly unanswered: number;
}

/** Accepted, or refused by a rule. */
const LAWFUL = new Set([200, 201, 403, 404, 409, 422]);
const LOST = 'the host broke a connection, and nobody had killed it';
const LATER = new Set([429, 503]);
/** Milliseconds until a request is sent again that was told to come later. */
const LATER_MS = 20;
/** Share of the requests that are sent twice at once. */
const TWICE = 0.05;

export const isAccepted = ({ answer }: Asked): boolean => answer !== undefined && answer.status < 300;

/** A client's acts, one after the other; those of one step at the same time. */
class Lane {
  readonly steps: readonly (readonly Asked[])[];
  at = 0;

  constructor(steps: readonly (readonly Asked[])[]) {
    this.steps = steps;
  }

  get unanswered(): boolean {
    return this.steps[this.at]?.some(({ sent, answer }) => sent > 0 && answer === undefined) ?? false;
  }
}

/**
 * The agencies' own systems (客户端): several connections at work at once. A request whose connection broke is sent again under its key, before
 * anything else, until it is answered; what an answer says is kept, and whether a second one says the same.
 */
export class Load {
  readonly asked: Asked[] = [];
  /** What no host may answer. */
  readonly faults: string[] = [];
  readonly #chance: Chance;
  readonly #connections: number;
  readonly #tokens = new Map<string, string>();
  readonly #setup: Lane;
  readonly #lanes: Lane[];
  /** Answers so far. */
  answered = 0;
  #sent = 0;
  #again = 0;

  constructor({ setup, lanes }: History, chance: Chance, connections: number) {
    const laneOf = (acts: readonly Act[]) => {
      const steps = acts.map((act) => [act, ...(act.rival ? [act.rival] : [])].map((each): Asked => ({ act: each, sent: 0 })));
      this.asked.push(...steps.flat());
      return new Lane(steps);
    };
    this.#chance = chance;
    this.#connections = connections;
    this.#setup = laneOf(setup);
    this.#lanes = lanes.map(laneOf);
  }

  get tally(): Tally {
    const unanswered = this.asked.filter(({ sent, answer }) => sent > 0 && answer === undefined).length;
    return { sent: this.#sent, accepted: this.asked.filter(isAccepted).length, again: this.#again, unanswered };
  }

  /** Directory and registry, on a host that nobody kills meanwhile. */
  async prepare(url: string): Promise<void> {
    if (!(await this.#walk(url, this.#setup))) throw new Error(LOST);
  }

  /** Sends until nothing is left, or until the host is gone: each connection ends with its first break. */
  async run(url: string): Promise<void> {
    const waiting = [...this.#lanes].sort((a, b) => Number(b.unanswered) - Number(a.unanswered));
    const connection = async (): Promise<void> => {
      for (let lane = waiting.shift(); lane; lane = waiting.shift()) if (!(await this.#walk(url, lane))) return;
    };
    await Promise.all(Array.from({ length: this.#connections }, connection));
    for (let at = this.#lanes.length - 1; at >= 0; at -= 1) {
      const lane = this.#lanes[at];
      if (lane && lane.at === lane.steps.length) this.#lanes.splice(at, 1);
    }
  }

  /** Sends what was sent and not answered, and nothing else. */
  async answerAll(url: string): Promise<void> {
    for (const lane of this.#lanes.filter(({ unanswered }) => unanswered)) {
      if (!(await this.#step(url, lane))) throw new Error(LOST);
    }
  }

  /** Sends accepted requests once more: every answer must be the first one, byte by byte. */
  async repeat(url: string): Promise<number> {
    const accepted = this.asked.filter(isAccepted);
    const waiting = [...accepted];
    const connection = async (): Promise<void> => {
      for (let asked = waiting.shift(); asked; asked = waiting.shift()) {
        const said = await this.#post(url, asked);
        if (said === undefined) throw new Error(LOST);
        if (said.status === 201) this.faults.push(`${asked.act.command} under ${asked.act.key} was accepted and lost: sent once more, it took effect anew`);
        else this.#compare(asked, said);
      }
    };
    await Promise.all(Array.from({ length: this.#connections }, connection));
    return accepted.length;
  }

  /** Whether the lane came to its end. */
  async #walk(url: string, lane: Lane): Promise<boolean> {
    while (lane.at < lane.steps.length) if (!(await this.#step(url, lane))) return false;
    return true;
  }

  async #step(url: string, lane: Lane): Promise<boolean> {
    const step = lane.steps[lane.at] ?? [];
    const answered = await Promise.all(step.filter(({ answer }) => answer === undefined).map((asked) => this.#ask(url, asked)));
    if (!answered.every(Boolean)) return false;
    lane.at += 1;
    return true;
  }

  async #ask(url: string, asked: Asked): Promise<boolean> {
    if (asked.sent > 0) this.#again += 1;
    const copies = asked.sent === 0 && this.#chance.hit(`twice${asked.act.index}`, TWICE) ? 2 : 1;
    const answers = await Promise.all(Array.from({ length: copies }, () => this.#post(url, asked)));
    for (const said of answers) if (said) this.#keep(asked, said);
    return asked.answer !== undefined;
  }

  /** An accepted answer stands against a refusal that a second copy met, as a client would take it. */
  #keep(asked: Asked, said: Said): void {
    if (!LAWFUL.has(said.status)) this.faults.push(`${asked.act.command} was answered ${said.status}: ${said.text}`);
    if (isAccepted(asked) && said.status < 300) this.#compare(asked, said);
    else if (!isAccepted(asked)) asked.answer = said;
  }

  /** What a command discloses is said once: the rest of its answer is the same each time. Nothing of it is said to who has lost the right since. */
  #compare({ act, answer }: Asked, { status, text }: Said): void {
    if (status === 403 && answer && DISCLOSED.test(answer.text)) return;
    const first = answer?.text.replace(DISCLOSED, '}') ?? '';
    if (status === 200 && text.replace(DISCLOSED, '}') === first) return;
    if (status === 201 && answer?.status === 200 && text.replace(DISCLOSED, '}') === first) return;
    this.faults.push(`${act.command} under ${act.key} was answered ${answer?.status} first and ${status} later\n  first: ${first}\n  later: ${text}`);
  }

  /** Undefined where the connection broke. */
  async #post(url: string, asked: Asked): Promise<Said | undefined> {
    const { command, input, claims, key } = asked.act;
    try {
      for (;;) {
        const authorization = `Bearer ${await this.#token(url, claims)}`;
        asked.sent += 1;
        this.#sent += 1;
        const answer = await fetch(`${url}/v1/${command}`, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify(input),
        });
        const said = { status: answer.status, text: await answer.text() };
        this.answered += 1;
        if (!LATER.has(said.status)) return said;
        await pause(LATER_MS);
      }
    } catch {
      return undefined;
    }
  }

  /** Good for all hosts of a folder, which keeps the issuer's key. */
  async #token(url: string, claims: object): Promise<string> {
    const body = JSON.stringify(claims);
    const held = this.#tokens.get(body);
    if (held) return held;
    const answer = await fetch(`${url}/dev/token?as=text`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const token = await answer.text();
    if (answer.status === 200) this.#tokens.set(body, token);
    return token;
  }
}

const DISCLOSED = /,"disclosed":.*\}$/s;
