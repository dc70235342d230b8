import { cloudEventType } from '../../events/event.ts';
import type { DeliveryState } from './delivery.ts';

type Told = Pick<NonNullable<DeliveryState>, 'about' | 'recipient' | 'event'>;

/** Contexts and streams of what is delivered. */
const PLACES: Readonly<Record<Told['event'], { readonly context: string; readonly aggregate: string; readonly key: (told: Told) => readonly string[] }>> = {
  NoticeSent: { context: 'notifications', aggregate: 'notifications/notice', key: ({ about, recipient }) => [about, recipient] },
  EndpointPinged: { context: 'deliveries', aggregate: 'deliveries/endpoint', key: ({ recipient }) => [recipient] },
};

export const placeOf = (told: Told): { readonly aggregate: string; readonly key: readonly string[] } => {
  const { aggregate, key } = PLACES[told.event];
  return { aggregate, key: key(told) };
};

/**
 * The CloudEvent 1.0 that an agency receives (投递内容): the same bytes at each attempt. Of what brought the notice about it holds nothing that the notice itself does
 * not: no correlation and no causation, by which notices to different agencies, or a report's number, could be put together.
 */
export const cloudEventOf = (
  told: Told,
  {
    province,
    event,
    recordedAt,
  }: { readonly province: string; readonly event: { readonly id: string; readonly version: number; readonly data: unknown }; readonly recordedAt: string },
): string => {
  const { context } = PLACES[told.event];
  return JSON.stringify({
    specversion: '1.0',
    id: event.id,
    source: `/province/${province}/${context}`,
    type: cloudEventType({ context, name: told.event, version: event.version }),
    subject: told.about,
    time: recordedAt,
    datacontenttype: 'application/json',
    data: event.data,
  });
};
