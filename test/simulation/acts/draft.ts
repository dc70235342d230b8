import { hash } from 'node:crypto';
import { actorFrom } from '../../../functions/kernel/identity.ts';
import type { KeyRing } from '../../../functions/kernel/ports.ts';
import { receiptOf } from '../../../functions/kernel/receipts.ts';
import type { Chance } from '../chance.ts';
import { DAY, HOUR, SECOND } from '../platform.ts';
import type { Claims } from './people.ts';

/** One request of one client, fixed before the run begins: ids that the system will give are computed, not waited for. */
export interface Act {
  readonly index: number;
  /** Virtual milliseconds since the client's act before was answered. */
  readonly pause: number;
  readonly command: string;
  readonly input: unknown;
  readonly claims: Claims;
  readonly key: string;
  /** Sent by another client at the same instant. */
  readonly rival?: Act;
}

/** What somebody asks for, before it has its place and its key. */
export type Asked = readonly [command: string, claims: Claims, input: object];

/** An act that an agency is told of, and who signs for it there. */
export interface Told {
  readonly act: Act;
  readonly by: Claims;
}

/** A history as it is written: how many acts it has so far, what was planted, and the ids that the system will give. */
export class Draft {
  readonly marks: string[] = [];
  readonly chance: Chance;
  /** Acts that it still takes; what was begun is told to its end. */
  room = Number.POSITIVE_INFINITY;
  private readonly keyRing: Pick<KeyRing, 'pseudonym'>;
  private made = 0;

  constructor(chance: Chance, keyRing: Pick<KeyRing, 'pseudonym'>) {
    this.chance = chance;
    this.keyRing = keyRing;
  }

  get full(): boolean {
    return this.room <= 0;
  }

  act([command, claims, input]: Asked, pause = SECOND, key = `key-${this.made}-made`): Act {
    const made: Act = { index: this.made, pause, command, input, claims, key };
    this.made += 1;
    this.room -= 1;
    return made;
  }

  /** A text for a restricted field: it may stand nowhere in clear. */
  mark(what: string): string {
    return this.planted(`密${what}${this.marks.length}-${Math.floor(this.chance.of(`mark${this.marks.length}`) * 1e9).toString(36)}`);
  }

  /** As {@link mark}, for a field that takes a SHA-256. */
  markHash(): string {
    return this.planted(hash('sha256', `${this.marks.length} ${this.chance.of(`hash${this.marks.length}`)}`, 'hex'));
  }

  /** As {@link mark}, for a secret that signs (签名密钥). */
  markSecret(): string {
    return this.planted(`whsec_${Buffer.from(this.markHash(), 'hex').toString('base64')}`);
  }

  callId({ claims, key }: Act): string {
    const actor = actorFrom(claims, this.keyRing);
    if ('refused' in actor) throw new Error('a made actor has bad claims');
    return this.keyRing.pseudonym('call', receiptOf.command(this.keyRing, actor, key));
  }

  /** Id of an event that an act brings about: of the first, or at another place. */
  eventId(act: Act, place = 0): string {
    return hash('sha256', `${this.callId(act)}|${place}`, 'hex').slice(0, 32);
  }

  personId(of: Claims): string {
    return this.keyRing.pseudonym('person', of.person);
  }

  /** Opaque number of a report or of a request for protection. */
  opaqueId(kind: 'report' | 'protection', row: Act, what: string, by: Claims): string {
    return this.keyRing.pseudonym(kind, `${this.callId(row)} ${what} ${this.personId(by)}`);
  }

  private planted(text: string): string {
    this.marks.push(text);
    return text;
  }
}

/** What one client does, act by act. What the seed decides it decides by name, so that no act changes another. */
export class Scene {
  readonly draft: Draft;
  readonly lane: Act[];
  private readonly name: string;

  constructor(draft: Draft, name: string, lane: Act[] = []) {
    this.draft = draft;
    this.name = name;
    this.lane = lane;
  }

  /** The same client's, with other chances. */
  under(name: string): Scene {
    return new Scene(this.draft, `${this.name}:${name}`, this.lane);
  }

  ask(asked: Asked, pause?: number, key?: string): Act {
    const act = this.draft.act(asked, pause, key);
    this.lane.push(act);
    return act;
  }

  /** Two clients ask at the same instant. */
  rivals(one: Asked, other: Asked, pause: number): readonly [Act, Act] {
    const rival = this.draft.act(other);
    const first = { ...this.draft.act(one, pause), rival };
    this.lane.push(first);
    return [first, rival];
  }

  /** At the same instant as its rival, where it has one. */
  against(rival: Asked | undefined, asked: Asked, pause: number): Act {
    return rival ? this.rivals(asked, rival, pause)[0] : this.ask(asked, pause);
  }

  may(what: string, probability: number): boolean {
    return !this.draft.full && this.draft.chance.hit(`${this.name}:${what}`, probability);
  }

  roll(what: string): number {
    return this.draft.chance.of(`${this.name}:${what}`);
  }

  pick<T>(what: string, list: readonly T[]): T {
    return this.draft.chance.pick(`${this.name}:${what}`, list);
  }

  between(what: string, from: number, to: number): number {
    return this.draft.chance.between(`${this.name}:${what}`, from, to);
  }

  /** Seconds, hours or days. */
  pause(what: string): number {
    const roll = this.roll(`${what}:pause`);
    if (roll < 0.55) return this.between(`${what}:s`, 0, 3) * SECOND;
    if (roll < 0.85) return this.between(`${what}:h`, 1, 8) * HOUR;
    return this.between(`${what}:d`, 1, 6) * DAY;
  }
}
