import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type Bus, type BusAnswer, type BusEntry, Throttled } from '../ports.ts';

const LATER = new Set(['ThrottlingException', 'ThrottledException', 'InternalException', 'TimeoutError']);

/** The province's bus (事件总线) on EventBridge. */
export const eventBridgeBus = (client: Pick<EventBridgeClient, 'send'>, bus: string): Bus => ({
  async put(entries) {
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: entries.map((entry) => requestOf(bus, entry)) })).catch((error: Error) => {
      throw LATER.has(error.name) ? new Throttled('the bus asks to wait', { cause: error }) : error;
    });
    return entries.map((_, at): BusAnswer => {
      const { EventId, ErrorCode = 'Unanswered', ErrorMessage = '' } = Entries[at] ?? {};
      return EventId === undefined ? { errorCode: ErrorCode, errorMessage: ErrorMessage } : { eventId: EventId };
    });
  },
});

const requestOf = (bus: string, { source, detailType, detail, time }: BusEntry) => ({
  EventBusName: bus,
  Source: source,
  DetailType: detailType,
  Detail: detail,
  Time: new Date(time),
});
