import type { Actor } from './identity.ts';
import type { KeyRing } from './ports.ts';

/** Keys of receipts: what makes each effect exactly-once. */
export const receiptOf = {
  /**
   * An agency's command. The key is finer than `(agency, Idempotency-Key)`: the person counts too, and it is keyed, so that nobody
   * can find out by trying a colleague's key whether that colleague has reported.
   */
  command: (keyRing: Pick<KeyRing, 'pseudonym'>, actor: Actor, idempotencyKey: string) =>
    `command/${keyRing.pseudonym('receipt', JSON.stringify([actor.agency, actor.person, idempotencyKey]))}`,
  /** `(event, reaction, target stream)` */
  reaction: (eventId: string, reaction: string, stream: string) => `${receiptOf.ofReaction(eventId, reaction)}${stream}`,
  /** The list of a reaction's targets for an event, where it is not exactly one. */
  targets: (eventId: string, reaction: string) => `reaction/${eventId}/${reaction}`,
  /** Prefix of all receipts of a reaction for an event. */
  ofReaction: (eventId: string, reaction: string) => `reaction/${eventId}/${reaction}:`,
  schedule: (schedule: string, once: string) => `schedule/${schedule}/${once}`,
} as const;
