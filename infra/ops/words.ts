import { cloudEvent } from '../../events/event.ts';
import { dayOf } from '../../functions/kernel/calendar.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { aggregateNameOf } from '../../functions/kernel/stream.ts';
import type { Deployed } from '../deployed.ts';

/** `12,345 messages`, `1 message` */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** `<context>/<verb-noun>` as it is said, with its title. */
export const calledBy = (name: string, title: string): string => `"${name.slice(name.indexOf('/') + 1).replaceAll('-', ' ')}" ${title} (${name})`;

/** What a function is called in words. */
export const called = (deployed: Deployed): string => calledBy(deployed.name, titleOf(deployed));

function titleOf(deployed: Deployed): string {
  if ('reaction' in deployed) return deployed.reaction.title;
  if ('schedule' in deployed) return deployed.schedule.title;
  if ('dispatch' in deployed) return deployed.dispatch.title;
  if (deployed.kind === 'intake') return '事件接收';
  if (deployed.kind === 'document') return '接口契约';
  return deployed.kind === 'publish' ? '事件发布' : '视图投影';
}

const SHANGHAI_OFFSET = 8 * 3_600_000;

/** `YYYY-MM-DD HH:mm` in Asia/Shanghai. */
export const minuteOf = (instant: number): string => new Date(instant + SHANGHAI_OFFSET).toISOString().slice(0, 16).replace('T', ' ');

const EVENT_ID = /^[0-9a-f]{32}$/;

/** An event in words: never its data, nor the key of its stream, which may tell who or which case. Undefined for what is no event that these sources know. */
export function toldOf({ events }: Pick<Definitions, 'events'>, detail: unknown): string | undefined {
  const { id = '', type = '', subject = '', time = '' } = cloudEvent.safeParse(detail).data ?? {};
  const event = events.get(type.split('.')[3] ?? '');
  const recorded = Date.parse(time);
  if (!event || !EVENT_ID.test(id) || Number.isNaN(recorded)) return undefined;
  return `${event.name} ${event.title}, event ${id}, of ${aggregateNameOf(subject).aggregate}, recorded ${dayOf(recorded)}`;
}
