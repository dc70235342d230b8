import { type AgencyKind, agencyKind } from './identity.ts';
import type { Clock } from './ports.ts';

/** Levels of a line (日志级别), in rising order. */
export const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof LEVELS)[number];

/** All that a line may tell (日志字段). No stream's name: it may tell who or which case. */
export interface LogFields {
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly command?: string;
  readonly reaction?: string;
  readonly context?: string;
  /** Physical name of a function. */
  readonly function?: string;
  /** `<context>/<aggregate>` */
  readonly aggregate?: string;
  /** Of an outcome, a problem or a refusal. */
  readonly code?: string;
  /** HTTP status of an answer. */
  readonly status?: number;
  readonly agencyKind?: AgencyKind;
  readonly durationMs?: number;
  /** Number of a record in a table's change stream, by which it can be read there for a day. */
  readonly sequenceNumber?: string;
  /** Told by its name, its causes' names and the functions and files of its stack; never by its message. */
  readonly error?: unknown;
}

/** What happened, in code's own words: lower-case, hyphenated, written out where it is called. */
export type Happening<Text extends string> = string extends Text ? never : Text;

export interface Log {
  debug<Text extends string>(what: Happening<Text>, fields?: LogFields): void;
  info<Text extends string>(what: Happening<Text>, fields?: LogFields): void;
  warn<Text extends string>(what: Happening<Text>, fields?: LogFields): void;
  error<Text extends string>(what: Happening<Text>, fields?: LogFields): void;
  /** A log whose lines all carry these fields. */
  with(fields: LogFields): Log;
}

/** One JSON object a line to the sink: `time` (ISO), `level`, `what` and the fields that pass {@link redact}. */
export function makeLog(options: { sink: (line: string) => void; clock: Clock; level?: Level }): Log {
  const { sink, clock, level = 'info' } = options;
  const lowest = LEVELS.indexOf(level);
  const writer =
    (each: Level, bound: LogFields) =>
    (what: string, fields: LogFields = {}) => {
      if (LEVELS.indexOf(each) < lowest) return;
      const told = redact({ ...bound, ...fields });
      sink(JSON.stringify({ time: new Date(clock.now()).toISOString(), level: each, what: WORDS.test(what) ? what : 'unnamed', ...told }));
    };
  const bind = (bound: LogFields): Log => ({
    debug: writer('debug', bound),
    info: writer('info', bound),
    warn: writer('warn', bound),
    error: writer('error', bound),
    with: (fields) => bind({ ...bound, ...fields }),
  });
  return bind({});
}

const WORD = '[a-z]{1,24}[0-9]{0,2}';
const WORDS = new RegExp(`^${WORD}(-${WORD}){0,7}$`);
const NAMES = new RegExp(`^${WORD}(-${WORD}){0,7}/${WORD}(-${WORD}){0,7}$`);
const PHYSICAL = new RegExp(`^jianheng-\\d\\d(-${WORD}){1,8}$`);
const CODE = new RegExp(`^${WORD}([_-]${WORD}){0,7}$`);
/** Longer than the number of any person. */
const SEQUENCE = /^[0-9]{21,40}$/;
const HEX = /^[0-9a-f]{32}$/;

const text = (shape: RegExp) => (value: unknown) => (typeof value === 'string' && shape.test(value) ? value : undefined);

/** The allow-list: what is told of a field, undefined for a value out of its shape. */
const TOLD: Readonly<Record<keyof LogFields, (value: unknown) => unknown>> = {
  correlationId: text(HEX),
  causationId: text(HEX),
  command: text(NAMES),
  reaction: text(NAMES),
  context: text(WORDS),
  function: text(PHYSICAL),
  aggregate: text(NAMES),
  code: text(CODE),
  status: (value) => (Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599 ? value : undefined),
  agencyKind: (value) => agencyKind.safeParse(value).data,
  durationMs: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined),
  sequenceNumber: text(SEQUENCE),
  error: (value) => (value === undefined ? undefined : errorFields(value)),
};

/** Redacting (脱敏): drops every field that is not on the list, and every value that has not the field's shape. */
export const redact = (fields: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const told = Object.hasOwn(TOLD, name) ? TOLD[name as keyof LogFields](value) : undefined;
      return told === undefined ? [] : [[name, told]];
    }),
  );

const MOST_CAUSES = 4;
const MOST_FRAMES = 12;

function errorFields(error: unknown): { name: string; causes?: string[]; frames?: string[] } {
  if (!(error instanceof Error)) return { name: 'NotAnError' };
  const causes: string[] = [];
  for (let cause = error.cause; cause instanceof Error && causes.length < MOST_CAUSES; cause = cause.cause) causes.push(nameOf(cause));
  const frames = framesOf(error);
  return { name: nameOf(error), ...(causes.length > 0 ? { causes } : {}), ...(frames.length > 0 ? { frames } : {}) };
}

const nameOf = (error: Error): string => (/^[A-Z][A-Za-z]{2,47}$/.test(error.name) ? error.name : 'Error');

/** A stack begins with the message as it was when the stack was first read, which may itself look like frames: without knowing where it ends, nothing is told. */
function framesOf({ stack, message }: Error): string[] {
  if (typeof stack !== 'string') return [];
  const head = /^[\w$.]+(?: \[\w+\])?(?:: )?/.exec(stack)?.[0];
  if (head === undefined || !stack.startsWith(`${head}${message}\n    at `)) return [];
  if (message === '' && head.endsWith(': ')) return [];
  return stack
    .slice(head.length + message.length + 1)
    .split('\n')
    .flatMap((line) => frameOf(line) ?? [])
    .slice(0, MOST_FRAMES);
}

/** `function (file:line)`; the file without its directories. */
function frameOf(line: string): string | undefined {
  const match = /^ {4}at (?:([\w$.<> [\]]{1,80}) \()?(?:file:\/\/|node:)?(?:[^()]*\/)?([\w.-]{1,60}):(\d+):\d+\)?$/.exec(line);
  return match ? `${match[1] ?? '<anonymous>'} (${match[2]}:${match[3]})` : undefined;
}
