/**
 * What agencies' systems post (外部提交的事件): CloudEvents 1.0 whose type names a command and whose data is its body.
 * https://github.com/cloudevents/spec/tree/v1.0.2/cloudevents: spec.md, formats/json-format.md, bindings/http-protocol-binding.md
 */
import { hash } from 'node:crypto';
import * as z from 'zod';
import type { AnyCommand } from './command.ts';
import { JSON_TYPE } from './parse-json.ts';
import type { Json } from './ports.ts';
import { jsonPointer, MAX_ERRORS, type Problem, type ProblemError, problem } from './problem.ts';

/** Why a command has to be given by a person, so that no system's signature stands for it. */
const PERSONAL = {
  inPerson: '此事须由本人办理，不能由系统签名提交',
  sealsActor: '办理人身份受保护的事项须由本人办理，不能由系统签名提交',
  discloses: '查阅不公开的内容须有本人的身份，不能由系统签名提交',
} as const;

/** Commands by the type of the event that gives them. It is JSON: the functions that take events are given it when they are bundled. */
export type PostedTypes = Readonly<Record<string, { readonly command: string; readonly personal?: keyof typeof PERSONAL }>>;

/** `cn.jianheng.<context>.<verb-noun>.v1` */
export const commandType = (command: string): string => `cn.jianheng.${command.replace('/', '.')}.v1`;

/** By type, every command that an agency may give. */
export const postedTypesOf = (commands: Iterable<AnyCommand>): PostedTypes =>
  Object.fromEntries(
    [...commands]
      .filter(({ who }) => who !== 'system')
      .map((command) => {
        const personal = (Object.keys(PERSONAL) as (keyof typeof PERSONAL)[]).find((why) => command[why]);
        return [commandType(command.name), { command: command.name, ...(personal === undefined ? {} : { personal }) }];
      }),
  );

/** How an event, or several, stand in a request (HTTP binding §3.1 to §3.3). */
export type ContentMode = 'structured' | 'batched' | 'binary';

const ATTRIBUTE_HEADER = /^ce-/;

/** Nothing for a request that holds no event in a form that we take. */
export function contentModeOf(headers: Readonly<Record<string, string | undefined>>): ContentMode | undefined {
  const type = headers['content-type'] ?? '';
  const format = /^application\/cloudevents(-batch)?\+json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.exec(type);
  if (format) return format[1] === undefined ? 'structured' : 'batched';
  return JSON_TYPE.test(type) && Object.keys(headers).some((name) => ATTRIBUTE_HEADER.test(name)) ? 'binary' : undefined;
}

/** Attributes of an event in binary mode, each header's value unquoted and percent-decoded once (HTTP binding §3.1.3.2); what cannot be decoded stays as it came. */
export const attributesIn = (headers: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      ATTRIBUTE_HEADER.test(name) && value !== undefined ? [[name.slice('ce-'.length), decoded(value)]] : [],
    ),
  );

function decoded(value: string): string {
  const text = /^"(.*)"$/s.exec(value)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? value;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An event that can be handed to its command. */
export interface PostedEvent {
  readonly id: string;
  readonly source: string;
  readonly command: string;
  /** Absent in binary mode: the request's body is it. */
  readonly data: Json | undefined;
}

/** What an event is known by, as far as it can be repeated: nothing that is malformed is. */
export interface EventName {
  readonly id: string | null;
  readonly source: string | null;
}

/** Who posts: an agency, by a person's token or by its system's signature. */
export interface Sender {
  readonly agency: string;
  readonly by: 'token' | 'signature';
}

interface Attribute {
  readonly required?: true;
  readonly holds: (value: unknown) => boolean;
  readonly otherwise: string;
}

const text = (holds: (value: string) => boolean) => (value: unknown) => typeof value === 'string' && holds(value);
const matching = (pattern: RegExp) => text((value) => pattern.test(value));

const instant = z.iso.datetime({ offset: true });
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const ID = /^[\x21-\x7e]{1,128}$/;
const SOURCE = /^\/agency\/([A-Za-z0-9][A-Za-z0-9._-]{0,63})(?:\/[A-Za-z0-9._~-]{1,64}){0,4}$/;

/** Attributes of the specification, and what we take in each. Of look-alikes no table is kept: what is no ASCII is not taken. */
const ATTRIBUTES: Readonly<Record<string, Attribute>> = {
  specversion: { required: true, holds: (value) => value === '1.0', otherwise: '应为 "1.0"' },
  id: { required: true, holds: matching(ID), otherwise: '应为1至128个可见的 ASCII 字符，不含空格；全角字符、形近字符和不可见字符不接受' },
  source: {
    required: true,
    holds: matching(SOURCE),
    otherwise: '应为 /agency/ 加本单位编号，其下可以再写系统名称：字母、数字和 . _ ~ -，最多四级；全角字符、形近字符和不可见字符不接受',
  },
  type: { required: true, holds: text((value) => value !== ''), otherwise: '应为所办事项的类型' },
  datacontenttype: { holds: matching(JSON_TYPE), otherwise: '应为 application/json' },
  dataschema: { holds: text((value) => URL.canParse(value)), otherwise: '应为 URI' },
  subject: { holds: text((value) => value !== ''), otherwise: '应为不空的文字' },
  time: { holds: text((value) => instant.safeParse(value.toUpperCase()).success), otherwise: '应为 RFC 3339 的时刻，例如 2026-03-10T09:00:00+08:00' },
  data: { required: true, holds: isObject, otherwise: '应为一个 JSON 对象' },
  data_base64: { holds: () => false, otherwise: '不接受 data_base64：所办事项的内容是 data 中的 JSON 对象' },
};

const EXTENSION = /^[a-z0-9]{1,20}$/;

/** Agency that a source names; nothing for a source that is malformed. */
export const agencyOfSource = (source: unknown): string | undefined => (typeof source === 'string' ? SOURCE.exec(source)?.[1] : undefined);

/** An event as it was posted → what can be handed on, or every fault of it at once: pointers lead into the event. */
export function takeEvent(
  event: Json,
  { agency, by }: Sender,
  types: PostedTypes,
): { readonly ok: true; readonly posted: PostedEvent } | { readonly ok: false; readonly problem: Problem; readonly named: EventName } {
  const given = isObject(event) ? new Map(Object.entries(event as object).filter(([, value]) => value !== null)) : undefined;
  const { id = null, source = null } = { ...wellFormed(given, 'id'), ...wellFormed(given, 'source') };
  const refused = (found: Problem) => ({ ok: false as const, problem: found, named: { id, source } });
  if (!given) return refused(problem('invalid_event', { errors: [{ pointer: '', message: '应为一个 CloudEvents 1.0 事件' }] }));

  const faults = [...attributeFaults(given), ...extensionFaults(given), ...typeFaults(given.get('type'), types)];
  const foreign = source !== null && agencyOfSource(source) !== agency ? [{ pointer: '/source', message: '应为 /agency/ 加本单位编号，或者其下的系统' }] : [];
  if (faults.length > 0) return refused(problem('invalid_event', { errors: [...faults, ...foreign].slice(0, MAX_ERRORS) }));
  if (foreign.length > 0) return refused(problem('foreign_source', { errors: foreign }));
  const { command, personal } = types[given.get('type') as string] as PostedTypes[string];
  if (by === 'signature' && personal !== undefined) return refused(problem('personal_token_required', { detail: PERSONAL[personal] }));
  return { ok: true, posted: { id: id as string, source: source as string, command, data: given.get('data') as Json } };
}

/** An event in binary mode: its attributes alone, for its data is the body. */
export function takeAttributes(attributes: Readonly<Record<string, string>>, sender: Sender, types: PostedTypes): ReturnType<typeof takeEvent> {
  const taken = takeEvent({ ...attributes, data: {} }, sender, types);
  return taken.ok ? { ok: true, posted: { ...taken.posted, data: undefined } } : taken;
}

const wellFormed = (given: ReadonlyMap<string, unknown> | undefined, name: 'id' | 'source'): Partial<Record<'id' | 'source', string>> => {
  const value = given?.get(name);
  return ATTRIBUTES[name]?.holds(value) ? { [name]: value as string } : {};
};

const attributeFaults = (given: ReadonlyMap<string, unknown>): readonly ProblemError[] =>
  Object.entries(ATTRIBUTES).flatMap(([name, { required, holds, otherwise }]) => {
    if (!given.has(name)) return required ? [{ pointer: jsonPointer([name]), message: '缺少此项' }] : [];
    return holds(given.get(name)) ? [] : [{ pointer: jsonPointer([name]), message: otherwise }];
  });

const extensionFaults = (given: ReadonlyMap<string, unknown>): readonly ProblemError[] =>
  [...given].flatMap(([name, value]) => {
    if (Object.hasOwn(ATTRIBUTES, name)) return [];
    if (!EXTENSION.test(name)) return [{ pointer: jsonPointer([name]), message: '没有此项；扩展属性的名称应为1至20个小写字母或者数字' }];
    return typeof value === 'object' ? [{ pointer: jsonPointer([name]), message: '扩展属性的值应为文字、数字或者布尔值' }] : [];
  });

/** A fact has happened where it is decided: its name begins with a capital, a command's does not. */
const FACT = /^cn\.jianheng\.[a-z]+\.[A-Z]\w*\.v\d+$/;

function typeFaults(type: unknown, types: PostedTypes): readonly ProblemError[] {
  if (typeof type !== 'string' || type === '' || Object.hasOwn(types, type)) return [];
  const message = FACT.test(type)
    ? '这是本系统发布的事件，不能提交；可以提交的类型写作 cn.jianheng.<上下文>.<命令>.v1'
    : '没有这种可以提交的类型；类型写作 cn.jianheng.<上下文>.<命令>.v1';
  return [{ pointer: '/type', message }];
}

/** What makes an event the same when it comes again: its source and id, and nothing else (spec §3.1.1). */
export const idempotencyKeyOf = ({ source, id }: Pick<PostedEvent, 'source' | 'id'>): string =>
  `ce-${hash('sha256', JSON.stringify([source, id])).slice(0, 40)}`;
