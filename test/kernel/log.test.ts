import { beforeEach, describe, expect, test } from 'vitest';
import { LEVELS, type Log, type LogFields, makeLog, redact } from '../../functions/kernel/log.ts';
import { SealBroken, Throttled } from '../../functions/kernel/ports.ts';

const MARK = 'planted-mark-甲';
const ID = '0123456789abcdef0123456789abcdef';
const ALL = {
  correlationId: ID,
  causationId: ID,
  command: 'interference/report-interference',
  reaction: 'integrity/open-entry',
  context: 'interference',
  aggregate: 'interference/record',
  code: 'stale_version',
  status: 422,
  agencyKind: 'justice-bureau',
  durationMs: 1.5,
  sequenceNumber: '100000000000000000001',
} as const satisfies LogFields;

let lines: string[];
let log: Log;
beforeEach(() => {
  lines = [];
  log = makeLog({ sink: (line) => lines.push(line), clock: { now: () => 0 } });
});
const told = () => JSON.parse(lines.at(-1) ?? 'null');
/** The line that an error makes. */
const errorLine = (error: unknown) => {
  log.error('failed', { error });
  return told().error;
};

describe('a line', () => {
  test('is one JSON object with time, level, what happened and the fields', () => {
    log.info('command-settled', ALL);
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('\n');
    expect(told()).toEqual({ time: '1970-01-01T00:00:00.000Z', level: 'info', what: 'command-settled', ...ALL });
  });

  test.each(LEVELS)('from the level %s up goes to the sink, below it none', (level) => {
    const at = makeLog({ sink: (line) => lines.push(line), clock: { now: () => 0 }, level });
    for (const each of LEVELS) at[each]('tried');
    expect(lines.map((line) => JSON.parse(line).level)).toEqual(LEVELS.slice(LEVELS.indexOf(level)));
  });

  test('carries what the log was bound to; what is told later prevails', () => {
    log.with({ correlationId: ID, context: 'interference' }).with({ command: ALL.command }).warn('refused', { context: 'integrity' });
    expect(told()).toMatchObject({ correlationId: ID, context: 'integrity', command: ALL.command });
    log.info('plain');
    expect(told()).not.toHaveProperty('correlationId');
  });

  test('what happened is written out in the code, not put together', () => {
    // @ts-expect-error a text that is put together may carry data
    log.info(`refused ${MARK}`.slice(0));
    expect(told().what).toBe('unnamed');
  });
});

describe('redacting', () => {
  test.each([
    [99, {}],
    [100, { status: 100 }],
    [599, { status: 599 }],
    [600, {}],
    [200.5, {}],
    ['200', {}],
  ])('of a status of %j tells %j', (status, fields) => {
    expect(redact({ status })).toEqual(fields);
  });

  test('drops every name that is not on the list', () => {
    const names = ['stream', 'person', 'agency', 'message', 'body', 'input', 'scope', 'constructor', 'toString', 'time', 'level', 'what'];
    expect(redact(Object.fromEntries(names.map((name) => [name, ALL.context])))).toEqual({});
  });

  test.each(Object.keys(ALL))('drops what has not the shape of %s', (name) => {
    const odd = [
      MARK,
      '',
      ' ',
      'interference/record/made-up',
      '110101190001010010',
      'a'.repeat(200),
      null,
      true,
      [ID],
      { [ID]: ID },
      { toJSON: () => ID },
      () => ID,
      Number.NaN,
      1n,
    ];
    for (const value of odd) expect(redact({ [name]: value })).toEqual({});
  });

  test.each(Object.entries(ALL))('keeps %s: %s', (name, value) => {
    expect(redact({ [name]: value })).toEqual({ [name]: value });
  });
});

describe('an error', () => {
  test("is told by its name, its causes' names and where it happened", () => {
    const thrower = function namedThrower() {
      return new Throttled('made up', { cause: new TypeError('made up', { cause: new SealBroken('made up') }) });
    };
    const { name, causes, frames } = errorLine(thrower());
    expect(name).toBe('Throttled');
    expect(causes).toEqual(['TypeError', 'SealBroken']);
    expect(frames[0]).toMatch(/^namedThrower \(log\.test\.ts:\d+\)$/);
    expect(frames.join()).not.toMatch(/\/|message|made up/);
  });

  test('a chain of causes without end is cut', () => {
    const error = new Error('made up');
    error.cause = error;
    expect(errorLine(error).causes).toHaveLength(4);
  });

  test('frames are at most 12', () => {
    const before = Error.stackTraceLimit;
    Error.stackTraceLimit = 50;
    const deep = (left: number): Error => (left === 0 ? new Error('made up') : deep(left - 1));
    const error = deep(40);
    Error.stackTraceLimit = before;
    expect(errorLine(error).frames).toHaveLength(12);
  });

  test('what was thrown and is no error is not told', () => {
    for (const thrown of [MARK, 7, null, { name: MARK, message: MARK, stack: MARK }]) expect(errorLine(thrown)).toEqual({ name: 'NotAnError' });
  });

  test('without a stack, or with one that is no text, is told by its name alone', () => {
    for (const stack of [undefined, 7, { planted: MARK }])
      expect(errorLine(Object.assign(new RangeError('made up'), { stack }))).toEqual({ name: 'RangeError' });
  });

  test('a message may be empty or of several lines', () => {
    const silent = Object.assign(new Error(''), { stack: 'Error\n    at run (/srv/app.ts:7:1)' });
    expect(errorLine(silent).frames).toEqual(['run (app.ts:7)']);
    expect(errorLine(new Error('one\ntwo')).frames[0]).toMatch(/^<anonymous> \(log\.test\.ts:\d+\)$/);
  });

  test('nothing planted in any place comes out', () => {
    const frame = '\n    at planted (planted.ts:1:1)';
    const renamed = new Error('made up');
    renamed.name = MARK;
    const numbered = new Error('made up');
    numbered.name = 'Planted110101190001010010';
    const rewritten = new Error(`made up${frame}`);
    rewritten.message = `${rewritten.stack?.length}`;
    const emptied = Object.assign(new Error(''), { stack: `Error: ${frame}\n    at run (/srv/app.ts:7:1)` });
    const restacked = new Error('made up');
    restacked.stack = `planted${frame}`;
    const computed = { [MARK]: () => new Error('made up') }[MARK]?.();
    const located = new Error('x');
    located.stack =
      'Error: x\n    at run (/srv/planted/app.ts:1:1)\n    at eval (eval at planted (/srv/app.ts:1:1), planted:1:1)\n    at data:text/javascript,planted:1:1';
    const errors = [
      new Error(MARK),
      new Error(`${MARK}${frame}`),
      new Error(frame),
      new Error('made up', { cause: MARK }),
      new Error('made up', { cause: new Error(MARK, { cause: { planted: MARK } }) }),
      new AggregateError([new Error(MARK), MARK], MARK),
      Object.assign(new Error('made up'), { planted: MARK, code: MARK, toJSON: () => MARK }),
      renamed,
      numbered,
      rewritten,
      emptied,
      restacked,
      computed,
      located,
    ];
    for (const error of errors) {
      log.error('failed', { error });
      log.with({ error }).error('failed');
      log.error('failed', { code: error } as unknown as LogFields);
    }
    const nested = { a: { planted: MARK }, b: [MARK], [MARK]: MARK, error: new Error(MARK), command: { planted: MARK }, [Symbol('planted')]: MARK };
    log.info('odd', nested as unknown as LogFields);
    expect(lines).toHaveLength(3 * errors.length + 1);
    for (const line of lines) expect(line).not.toMatch(/planted|甲|110101/i);
    expect(errorLine(located).frames).toEqual(['run (app.ts:1)']);
  });
});
