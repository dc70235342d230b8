import * as z from 'zod';
import { LIMITS } from '../../../functions/kernel/limits.ts';
import { type BusAnswer, type BusEntry, type Clock, Throttled } from '../../../functions/kernel/ports.ts';
import { type Operation, Refusal } from './json-service.ts';

/** An entry with the bus that it is meant for. */
export interface PutEntry extends BusEntry {
  readonly bus: string;
}

/** Takes entries; one answer each, in order. Throws {@link Throttled} when it takes none now. */
export type Put = (entries: readonly PutEntry[]) => Promise<readonly BusAnswer[]>;

const schema = z.object({
  Entries: z.array(
    z.object({
      Source: z.string().optional(),
      DetailType: z.string().optional(),
      Detail: z.string().optional(),
      EventBusName: z.string().optional(),
      Resources: z.array(z.string()).optional(),
      /** Seconds since 1970. */
      Time: z.number().optional(),
    }),
  ),
});
type Entry = z.infer<typeof schema>['Entries'][number];

/** EventBridge's PutEvents (事件总线接口), with the checks that the service makes of a request and of each entry. */
export const putEvents =
  (put: Put, clock: Clock): Operation =>
  async (input) => {
    const parsed = schema.safeParse(input);
    if (!parsed.success) throw new Refusal('SerializationException', 'the request has not the shape of PutEvents');
    const { Entries: entries } = parsed.data;
    if (entries.length === 0) throw new Refusal('ValidationException', outOfBounds('greater than or equal to 1'));
    if (entries.length > LIMITS.busEntries) throw new Refusal('ValidationException', outOfBounds(`less than or equal to ${LIMITS.busEntries}`));
    if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > LIMITS.busBytes) {
      throw new Refusal('ValidationException', 'Total size of the entries in the request is over the limit.');
    }
    const faults = entries.map(faultOf);
    const taken = entries.filter((_, at) => faults[at] === undefined).map((entry) => putEntryOf(entry, clock));
    const answers = (taken.length > 0 ? await taking(put, taken) : []).values();
    const told = faults.map((fault) => answerOf(fault ?? answers.next().value));
    return { FailedEntryCount: told.filter((each) => 'ErrorCode' in each).length, Entries: told };
  };

const outOfBounds = (bound: string): string => `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${bound}`;

/** As the service counts: 14 for the time where it is given, UTF-8 bytes of the rest. */
const sizeOf = ({ Time, Source = '', DetailType = '', Detail = '', Resources = [] }: Entry): number =>
  (Time === undefined ? 0 : 14) + [Source, DetailType, Detail, ...Resources].reduce((sum, text) => sum + Buffer.byteLength(text), 0);

type Fault = Extract<BusAnswer, { errorCode: string }>;

function faultOf(entry: Entry): Fault | undefined {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (!entry[name]) return { errorCode: 'InvalidArgument', errorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.` };
  }
  return isJsonObject(entry.Detail ?? '') ? undefined : { errorCode: 'MalformedDetail', errorMessage: 'Detail is malformed.' };
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

const putEntryOf = ({ Source = '', DetailType = '', Detail = '', EventBusName = 'default', Time }: Entry, clock: Clock): PutEntry => ({
  source: Source,
  detailType: DetailType,
  detail: Detail,
  time: new Date(Time === undefined ? clock.now() : Math.round(Time * 1000)).toISOString(),
  bus: EventBusName,
});

const taking = (put: Put, entries: readonly PutEntry[]): Promise<readonly BusAnswer[]> =>
  put(entries).catch((error: unknown) => {
    throw error instanceof Throttled ? new Refusal('ThrottlingException', 'Rate exceeded') : error;
  });

function answerOf(answer: BusAnswer | undefined): { EventId: string } | { ErrorCode: string; ErrorMessage: string } {
  if (answer === undefined) return { ErrorCode: 'InternalFailure', ErrorMessage: 'the bus did not answer' };
  return 'eventId' in answer ? { EventId: answer.eventId } : { ErrorCode: answer.errorCode, ErrorMessage: answer.errorMessage };
}
