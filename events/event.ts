import * as z from 'zod';
import type { DocumentId } from './documents.ts';

/** JSON object of an event's open part. */
type DataSchema = z.ZodObject;

/**
 * 依据 of all events of a name: each document and the articles of it that one may rest on, as exactly as its own basis may cite them or
 * less so (第八条 for each of its items); or, in a few words of Chinese, why no rule of law stands behind it.
 */
export type RestsOn = Readonly<Partial<Record<DocumentId, readonly [string, ...string[]]>>> | string;

/**
 * How an event (领域事件) is defined: a name in the past tense, a version that only grows, an open part that may cross the bus,
 * and a restricted part that never does.
 *
 * - `data` is what everyone who hears the event may read: no names, no numbers of persons, no account of what happened.
 * - `restricted` (保密) is who reports, 具体情况, the interferer, evidence: ciphertext from the first commit,
 *   never on the bus, in a view, a queue, a log or a notice. A restricted part only grows; it is never upcast.
 * - `upcasts[n]` turns the open part of version n into that of version n + 1; there is one for every version below the present.
 */
export interface EventDefinition<Name extends string = string, Data extends DataSchema = DataSchema, Restricted extends DataSchema = DataSchema> {
  readonly context: string;
  readonly name: Name;
  readonly version: number;
  /** 中文名 */
  readonly title: string;
  /** One sentence: what has happened when this event stands in the ledger. */
  readonly means: string;
  /** Of which of them one rests on, and how the text was read, its own basis tells. */
  readonly restsOn: RestsOn;
  readonly data: Data;
  readonly restricted: Restricted | undefined;
  readonly upcasts: Readonly<Record<number, (data: Record<string, unknown>) => Record<string, unknown>>>;
  /** A new event, not yet checked or written. */
  of(...parts: [data: z.input<Data>, ...restricted: [Restricted] extends [never] ? [] : [restricted?: z.input<Restricted>]]): NewEvent<Name>;
}

// biome-ignore lint/suspicious/noExplicitAny: the variance of `of` allows no narrower common type
export type AnyEventDefinition = EventDefinition<string, any, any>;

/** An event as a rule returns it. */
export interface NewEvent<Name extends string = string> {
  readonly name: Name;
  readonly definition: AnyEventDefinition;
  readonly data: unknown;
  readonly restricted?: unknown;
}

/** Open part of an event, as the present version has it. */
export type DataOf<D extends AnyEventDefinition> = z.output<D['data']>;

export function defineEvent<const Name extends string, Data extends DataSchema, Restricted extends DataSchema = never>(definition: {
  context: string;
  name: Name;
  version?: number;
  title: string;
  means: string;
  restsOn: RestsOn;
  data: Data;
  restricted?: Restricted;
  upcasts?: Record<number, (data: Record<string, unknown>) => Record<string, unknown>>;
}): EventDefinition<Name, Data, Restricted> {
  const version = definition.version ?? 1;
  const upcasts = definition.upcasts ?? {};
  for (let from = 1; from < version; from += 1) {
    if (!upcasts[from]) throw new Error(`${definition.name}: no upcast from version ${from}`);
  }
  const defined: AnyEventDefinition = {
    ...definition,
    version,
    upcasts,
    restricted: definition.restricted,
    of: (data: unknown, restricted?: unknown) => ({ name: definition.name, definition: defined, data, ...(restricted === undefined ? {} : { restricted }) }),
  };
  return defined as EventDefinition<Name, Data, Restricted>;
}

/** A version that this code does not know: written by newer code; to be tried again after the update, never guessed. */
export class UnknownVersion extends Error {
  override readonly name = 'UnknownVersion';
}

/** The open part of a stored event as the present version has it. Throws {@link UnknownVersion}. */
export function upcast(definition: AnyEventDefinition, version: number, data: unknown): Record<string, unknown> {
  if (!Number.isInteger(version) || version < 1 || version > definition.version) throw new UnknownVersion(`${definition.name} v${version}`);
  let current = data as Record<string, unknown>;
  for (let from = version; from < definition.version; from += 1) {
    const step = definition.upcasts[from];
    if (!step) throw new UnknownVersion(`${definition.name} v${from}`);
    current = step(current);
  }
  return current;
}

/** A CloudEvent 1.0 in JSON, as it crosses the bus and reaches an agency. */
export const cloudEvent = z.object({
  specversion: z.literal('1.0').meta({ title: 'CloudEvents 版本' }),
  id: z.string().meta({ title: '事件编号' }),
  source: z.string().meta({ title: '事件来源' }),
  type: z.string().meta({ title: '事件类型' }),
  subject: z.string().meta({ title: '事项' }),
  time: z.string().meta({ title: '记录时间' }),
  datacontenttype: z.literal('application/json').meta({ title: '内容类型' }),
  data: z.record(z.string(), z.unknown()).meta({ title: '公开部分' }),
  /** Command that began it all. */
  correlationid: z.string().meta({ title: '留痕编号' }),
  /** Command that wrote this event. */
  causationid: z.string().meta({ title: '作出本事件的命令编号' }),
  /** Version of the stream, twelve digits, so that text order is order. */
  sequence: z.string().meta({ title: '事项版本' }),
  /** Steps from the first command, 0 for its own events. */
  causationdepth: z.int().meta({ title: '距最初命令的步数' }),
  /** Day of the fact, Asia/Shanghai; the rules of that day apply. */
  occurredon: z.string().meta({ title: '事实发生日期' }),
});
export type CloudEvent = z.infer<typeof cloudEvent>;

/** `cn.jianheng.<context>.<Event>.v<n>` */
export const cloudEventType = (definition: { context: string; name: string; version: number }) =>
  `cn.jianheng.${definition.context}.${definition.name}.v${definition.version}`;
