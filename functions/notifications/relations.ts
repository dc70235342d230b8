import type { Relation } from '../kernel/command.ts';
import { notFound } from '../kernel/decision.ts';
import type { NoticeState } from './notice.ts';

/** Only one's own notices can be named at all: the key is made of the actor's agency, so another's is unknown, not forbidden. */
export const addressee: Relation<NoticeState, unknown, unknown> = {
  title: '通知的收件单位',
  holds: ({ state, actor }) => state?.recipient === actor.agency,
  unseen: notFound('通知', '/about'),
};

/** A notice that was never sent is to everybody as if another had sent it: who knows an event may not try out who was told of it. */
export const originator: Relation<NoticeState, unknown, unknown> = {
  title: '通知的发出单位',
  holds: ({ state, actor }) => state?.sender === actor.agency,
};
