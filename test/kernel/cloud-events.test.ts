import { hash } from 'node:crypto';
import { CloudEvent, HTTP } from 'cloudevents';
import { describe, expect, test } from 'vitest';
import {
  agencyOfSource,
  attributesIn,
  commandType,
  contentModeOf,
  idempotencyKeyOf,
  type PostedTypes,
  type Sender,
  takeAttributes,
  takeEvent,
} from '../../functions/kernel/cloud-events.ts';
import type { Json } from '../../functions/kernel/ports.ts';
import { ECHO } from '../api/mutations.ts';

const OPEN = 'cn.jianheng.commissions.open-case.v1';
const TYPES: PostedTypes = {
  [OPEN]: { command: 'commissions/open-case' },
  'cn.jianheng.agencies.delegate.v1': { command: 'agencies/delegate', personal: 'inPerson' },
  'cn.jianheng.interference.report-interference.v1': { command: 'interference/report-interference', personal: 'sealsActor' },
  'cn.jianheng.interference.disclose-report.v1': { command: 'interference/disclose-report', personal: 'discloses' },
};
const SENDER: Sender = { agency: 'made-court', by: 'token' };
const event = (change: object = {}) => ({
  specversion: '1.0',
  id: 'made-1',
  source: '/agency/made-court/cases',
  type: OPEN,
  data: { case: '虚构案号' },
  ...change,
});
const take = (change: object = {}, sender = SENDER) => takeEvent(event(change) as Json, sender, TYPES);
const errorsOf = (taken: ReturnType<typeof takeEvent>) => (taken.ok ? [] : (taken.problem.errors ?? []));
const pointersOf = (taken: ReturnType<typeof takeEvent>) => errorsOf(taken).map(({ pointer }) => pointer);
const codeOf = (taken: ReturnType<typeof takeEvent>) => (taken.ok ? 'taken' : taken.problem.code);

test('the type of a command is its name in the house’s own words', () => {
  expect(commandType('commissions/open-case')).toBe(OPEN);
});

describe('how an event stands in a request', () => {
  test.each([
    ['structured', { 'content-type': 'application/cloudevents+json' }],
    ['structured', { 'content-type': 'application/cloudevents+json; charset=utf-8' }],
    ['structured', { 'content-type': 'Application/CloudEvents+JSON;charset="UTF-8"', 'ce-id': 'a' }],
    ['batched', { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' }],
    ['binary', { 'content-type': 'application/json', 'ce-id': 'a' }],
    ['binary', { 'content-type': 'application/json; charset=utf-8', 'ce-specversion': '1.0' }],
    [undefined, { 'content-type': 'application/json' }],
    [undefined, { 'ce-id': 'a' }],
    [undefined, {}],
    [undefined, { 'content-type': 'text/plain', 'ce-id': 'a' }],
    [undefined, { 'content-type': 'application/cloudevents+xml' }],
    [undefined, { 'content-type': 'application/cloudevents+json; charset=gb18030' }],
    [undefined, { 'content-type': 'application/cloudevents+jsonp' }],
  ])('%s: %o', (mode, headers) => {
    expect(contentModeOf(headers)).toBe(mode);
  });

  test('what the public SDK writes is found in its mode, with the attributes that it wrote', () => {
    const written = new CloudEvent(event({ traceparent: '00-made', subject: 'a b' }));
    const { headers } = HTTP.binary(written) as { headers: Record<string, string> };
    expect(contentModeOf(headers)).toBe('binary');
    const { data: _, ...attributes } = event();
    expect(attributesIn(headers)).toMatchObject({ ...attributes, traceparent: '00-made', subject: 'a b' });
    expect(contentModeOf(HTTP.structured(written).headers as Record<string, string>)).toBe('structured');
  });

  test.each([
    ['%E5%8F%B8%E6%B3%95', '司法'],
    ['a%20b', 'a b'],
    ['"a\\"b\\\\c"', 'a"b\\c'],
    ['"%41"', 'A'],
    ['%2541', '%41'],
    ['100%', '100%'],
    ['%ff', '%ff'],
    ['', ''],
  ])('a header’s value %s says %s', (value, said) => {
    expect(attributesIn({ 'ce-subject': value, 'content-type': 'application/json', authorization: 'Bearer made' })).toEqual({ subject: said });
  });
});

describe('an event', () => {
  test('that says all that it must is handed to its command', () => {
    expect(take()).toEqual({
      ok: true,
      posted: { id: 'made-1', source: '/agency/made-court/cases', command: 'commissions/open-case', data: { case: '虚构案号' } },
    });
  });

  test.each([
    [
      'every optional attribute',
      { datacontenttype: 'application/json', dataschema: 'https://made.example/s', subject: 'made', time: '2026-03-10T09:00:00+08:00' },
    ],
    ['a time as RFC 3339 also takes it', { time: '2026-03-10t01:00:00.123z' }],
    ['attributes that are not set', { datacontenttype: null, dataschema: null, subject: null, time: null, data_base64: null, made: null }],
    ['extensions of every simple type', { traceparent: '00-made', made1: 7, made2: true, abcdefghij0123456789: 'x' }],
    ['its agency alone as its source', { source: '/agency/made-court' }],
    ['a system of a system', { source: '/agency/made-court/a/b.c/~d/e-f' }],
    ['an id of 128 characters', { id: '~'.repeat(128) }],
  ])('may have %s', (_, change) => {
    expect(codeOf(take(change))).toBe('taken');
  });

  test.each<[string, string, object]>([
    ['no specversion', '/specversion', { specversion: undefined }],
    ['another specversion', '/specversion', { specversion: '0.3' }],
    ['a specversion that is a number', '/specversion', { specversion: 1 }],
    ['a longer specversion', '/specversion', { specversion: '1.0.2' }],
    ['no id', '/id', { id: undefined }],
    ['an id that is not set', '/id', { id: null }],
    ['an empty id', '/id', { id: '' }],
    ['an id that is a number', '/id', { id: 7 }],
    ['an id of 129 characters', '/id', { id: 'x'.repeat(129) }],
    ['a blank in its id', '/id', { id: 'made 1' }],
    ['a line’s end in its id', '/id', { id: 'made-1\n' }],
    ['a Cyrillic look-alike in its id', '/id', { id: 'mаde-1' }],
    ['a Greek look-alike in its id', '/id', { id: 'made-Ι' }],
    ['a full-width digit in its id', '/id', { id: 'made-１' }],
    ['a zero-width space in its id', '/id', { id: 'made\u200b-1' }],
    ['a zero-width joiner in its id', '/id', { id: 'made\u200d-1' }],
    ['a byte order mark before its id', '/id', { id: '\ufeffmade-1' }],
    ['a soft hyphen in its id', '/id', { id: 'made\u00ad-1' }],
    ['a mark that turns its id round', '/id', { id: '\u202emade-1' }],
    ['an accent that is composed of two', '/id', { id: 'made\u0301-1' }],
    ['a mathematical letter in its id', '/id', { id: '𝐦ade-1' }],
    ['Chinese in its id', '/id', { id: '虚构-1' }],
    ['no source', '/source', { source: undefined }],
    ['a source that is no agency’s', '/source', { source: 'https://made.example/made-court' }],
    ['a look-alike in its source', '/source', { source: '/agency/mаde-court' }],
    ['a zero-width space in its source', '/source', { source: '/agency/made-court\u200b' }],
    ['a full-width solidus in its source', '/source', { source: '/agency／made-court' }],
    ['a source with an escape', '/source', { source: '/agency/made%2Dcourt' }],
    ['a source that ends in a solidus', '/source', { source: '/agency/made-court/' }],
    ['a source with a query', '/source', { source: '/agency/made-court?a' }],
    ['a source five levels deep', '/source', { source: '/agency/made-court/a/b/c/d/e' }],
    ['no type', '/type', { type: undefined }],
    ['an empty type', '/type', { type: '' }],
    ['an unknown type', '/type', { type: 'cn.jianheng.commissions.shut-case.v1' }],
    ['a type of another version', '/type', { type: 'cn.jianheng.commissions.open-case.v2' }],
    ['a type in other letters', '/type', { type: OPEN.toUpperCase() }],
    ['a look-alike in its type', '/type', { type: OPEN.replace('o', 'о') }],
    ['a type that every object has', '/type', { type: 'constructor' }],
    ['a prototype for a type', '/type', { type: '__proto__' }],
    ['data that is no JSON', '/datacontenttype', { datacontenttype: 'text/plain' }],
    ['data in another charset', '/datacontenttype', { datacontenttype: 'application/json; charset=gb18030' }],
    ['a schema that is no URI', '/dataschema', { dataschema: 'made' }],
    ['an empty subject', '/subject', { subject: '' }],
    ['a day for a time', '/time', { time: '2026-03-10' }],
    ['a time without zone', '/time', { time: '2026-03-10T09:00:00' }],
    ['a day that there is not', '/time', { time: '2026-02-30T09:00:00Z' }],
    ['no data', '/data', { data: undefined }],
    ['data that is not set', '/data', { data: null }],
    ['data that is a text', '/data', { data: '{}' }],
    ['data that is a list', '/data', { data: [] }],
    ['data in base64', '/data_base64', { data_base64: 'e30=' }],
    ['a member in capitals', '/Made', { Made: 'x' }],
    ['a member with an underscore', '/made_up', { made_up: 'x' }],
    ['a member of 21 letters', '/abcdefghijklmnopqrstu', { abcdefghijklmnopqrstu: 'x' }],
    ['an extension that is an object', '/made', { made: {} }],
    ['an extension that is a list', '/made', { made: [] }],
  ])('with %s is refused at %s', (_, pointer, change) => {
    const taken = takeEvent(JSON.parse(JSON.stringify(event(change))), SENDER, TYPES);
    expect(pointersOf(taken)).toEqual([pointer]);
    expect(codeOf(taken)).toBe('invalid_event');
    for (const { message } of errorsOf(taken)) expect(message).toMatch(/\p{Script=Han}/u);
  });

  test('with several faults is told all of them, none by what was submitted', () => {
    const faults = {
      specversion: ECHO,
      id: ECHO,
      source: ECHO,
      type: ECHO,
      time: ECHO,
      dataschema: ECHO,
      datacontenttype: ECHO,
      data: ECHO,
      data_base64: ECHO,
    };
    const taken = take(faults);
    expect(pointersOf(taken).sort()).toEqual(
      Object.keys(faults)
        .map((name) => `/${name}`)
        .sort(),
    );
    expect(JSON.stringify(taken)).not.toContain(ECHO);
    expect(taken).toMatchObject({ named: { id: null, source: null } });
  });

  test.each([null, 7, 'made', [], [event()], true])('%j is none', (value) => {
    expect(pointersOf(takeEvent(value as Json, SENDER, TYPES))).toEqual(['']);
  });

  test('one that we publish cannot be posted, and the answer says so', () => {
    const [fault] = errorsOf(take({ type: 'cn.jianheng.commissions.CaseOpened.v1' }));
    expect(fault).toMatchObject({ pointer: '/type', message: expect.stringContaining('本系统发布的事件') });
    expect(errorsOf(take({ type: 'cn.jianheng.commissions.shut-case.v1' }))[0]?.message).not.toContain('本系统发布的事件');
  });
});

describe('the source is bound to the sender', () => {
  test.each(['/agency/made-court-2/cases', '/agency/made', '/agency/made-cour', '/agency/Made-court', '/agency/other/made-court'])(
    '%s is another’s: 403',
    (source) => {
      const taken = take({ source });
      expect(codeOf(taken)).toBe('foreign_source');
      expect(pointersOf(taken)).toEqual(['/source']);
      expect(taken).toMatchObject({ problem: { status: 403 }, named: { id: 'made-1', source } });
    },
  );

  test('and is told among the other faults where there are any', () => {
    const taken = take({ source: '/agency/other', specversion: '2.0' });
    expect(codeOf(taken)).toBe('invalid_event');
    expect(pointersOf(taken)).toEqual(['/specversion', '/source']);
  });

  test('which agency a source names', () => {
    expect(['/agency/made-court', '/agency/made-court/a', '/agency/', 'made-court', 7, undefined].map(agencyOfSource)).toEqual([
      'made-court',
      'made-court',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('what a system’s signature cannot stand for', () => {
  test.each([
    ['what is to be done in person', 'agencies.delegate', '本人办理'],
    ['what seals who acts', 'interference.report-interference', '办理人身份受保护'],
    ['what discloses', 'interference.disclose-report', '查阅不公开的内容'],
  ])('%s', (_, name, reason) => {
    const change = { type: `cn.jianheng.${name}.v1` };
    const taken = take(change, { ...SENDER, by: 'signature' });
    expect(codeOf(taken)).toBe('personal_token_required');
    expect(taken).toMatchObject({ problem: { status: 403, detail: expect.stringContaining(reason) } });
    expect(codeOf(take(change))).toBe('taken');
  });

  test('anything else it can', () => {
    expect(codeOf(take({}, { ...SENDER, by: 'signature' }))).toBe('taken');
  });
});

test('in binary mode the body is the command’s own, and the attributes are looked at as ever', () => {
  const { data: _, ...attributes } = event();
  expect(takeAttributes(attributes, SENDER, TYPES)).toMatchObject({ ok: true, posted: { command: 'commissions/open-case', data: undefined } });
  expect(pointersOf(takeAttributes({ ...attributes, id: 'mаde', data_base64: 'e30=' }, SENDER, TYPES))).toEqual(['/id', '/data_base64']);
});

describe('the key under which an event is given once', () => {
  const key = (source: string, id: string) => idempotencyKeyOf({ source, id });
  test('is a key that commands take, the same for the same source and id', () => {
    expect(key('/agency/a', '1')).toBe(`ce-${hash('sha256', '["/agency/a","1"]').slice(0, 40)}`);
    expect(key('/agency/a', '1')).toMatch(/^[\x21-\x7e]{1,128}$/);
  });
  test('and of no other pair, however the two are put together', () => {
    const pairs = [
      ['/agency/a', '1'],
      ['/agency/a', '2'],
      ['/agency/a/b', '1'],
      ['/agency/a"', ',"1'],
      ['/agency/a","1', ''],
    ] as const;
    expect(new Set(pairs.map(([source, id]) => key(source, id))).size).toBe(pairs.length);
  });
});
