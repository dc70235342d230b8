import { readFileSync } from 'node:fs';
import { catalogue } from '../../events/catalogue.ts';
import { opaqueId } from '../../events/common.ts';
import type { AnyCommand } from '../../functions/kernel/command.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { IDEMPOTENCY_KEY, IF_MATCH } from '../../functions/kernel/http/command-handler.ts';
import { routesOf } from '../../functions/kernel/http/routes.ts';
import type { AnyQuery } from '../../functions/kernel/query.ts';
import { contextOf } from '../deployed.ts';
import { ANSWER, DISCLOSURE, FOUND, PAGE, PREVIEW, PROBLEM } from './answers.ts';
import { type Failing, failuresOf } from './errors.ts';
import { exampleOf } from './examples.ts';
import { FURTHER_ANSWERS, FURTHER_OPERATIONS, FURTHER_WEBHOOKS } from './further.ts';
import { OWN_EXAMPLES } from './own-examples.ts';
import { type Schema, schemaOf } from './schema.ts';
import { type RightWords, whoMay } from './who-may.ts';

/** An OpenAPI 3.1 document; what this house reads of it again has a type. */
export interface OpenApi extends Schema {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Response>>;
    readonly securitySchemes: Readonly<Record<string, Schema>>;
  };
}

export interface Operation extends Schema {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, Response | Reference>>;
  readonly 'x-who-may'?: readonly RightWords[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'header' | 'path';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
  readonly example?: unknown;
}

export interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, Media>>;
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>>;
}

export interface Media {
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly summary: string; readonly value: unknown }>>;
}

type Reference = { readonly $ref: string };

export const version = (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

const DESCRIPTION = `每项命令是一个 POST，每项查询是一个 GET。请求带 Authorization: Bearer 令牌；令牌写明单位、类别、区划、人员和身份。

命令带 Idempotency-Key：同一幂等键的同一请求只办理一次，重复时答复第一次的结果（200），内容不同的不予接受（409）。带 preview=true 的只作预演，什么也不写入。

差错一律为 RFC 9457 problem+json，请按 code 判断；依照规定不予办理的（422）写明依据。网关自身的答复（401、429、503）可能只有 message。

答复以后可能增加新的项，枚举可能增加新的值，接收时应当容许。日期为 Asia/Shanghai 的日期。`;

/** The interface for agencies as OpenAPI 3.1, from what the files declare. */
export function openApiOf(definitions: Definitions): OpenApi {
  const routes = routesOf(definitions);
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const operation = 'command' in route ? commandOperation(route.command) : queryOperation(route.query, route.path);
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation };
  }
  for (const { method, path, operation, failing } of FURTHER_OPERATIONS) {
    const described = { ...operation, responses: { ...(operation.responses as object), ...problemsOf(failing) } } as unknown as Operation;
    paths[path] = { ...paths[path], [method]: described };
  }
  const contexts = new Set(routes.map((route) => contextOf('command' in route ? route.command : route.query)));
  const further = new Set(FURTHER_OPERATIONS.flatMap(({ operation }) => operation.tags as readonly string[]));
  return {
    openapi: '3.1.1',
    info: { title: '鉴衡接口', version, description: DESCRIPTION },
    servers: [{ url: '/', description: '提供本文件的服务' }],
    security: [{ token: [] }],
    tags: [...[...contexts].sort().map((context) => ({ name: titleOf(context), description: context })), ...[...further].map((name) => ({ name }))],
    paths,
    ...(Object.keys(FURTHER_WEBHOOKS).length > 0 ? { webhooks: FURTHER_WEBHOOKS } : {}),
    components: {
      schemas: { Answer: ANSWER, Disclosure: DISCLOSURE, Preview: PREVIEW, Found: FOUND, Page: PAGE, Problem: PROBLEM },
      parameters: PARAMETERS,
      responses: Object.fromEntries(
        FAILINGS.flatMap((failing) => [...failuresOf(failing)].map(([status]) => [`${failing}-${status}`, problemResponse(failing, status)])),
      ),
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: '声明：agency、kind、division、person、roles' } },
    },
  };
}

const FAILINGS: readonly Failing[] = ['command', 'delegable', 'query', 'listing', 'document', 'events', 'signed-events'];

/** 中文名 of a context, as its README is headed. */
export const titleOf = (context: string): string => {
  const title = /^# \S+ (.+)$/m.exec(readFileSync(new URL(`../../functions/${context}/README.md`, import.meta.url), 'utf8'))?.[1];
  if (title === undefined) throw new Error(`functions/${context}/README.md does not begin with “# ${context} 中文名”`);
  return title;
};

const ref = (place: string): Reference => ({ $ref: `#/components/${place}` });

const PARAMETERS: Readonly<Record<string, Parameter>> = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: '幂等键：每次办理换用新的，重试时不变',
    schema: { title: '幂等键', type: 'string', pattern: IDEMPOTENCY_KEY.source },
    example: '7c0e1c5e-2f0b-4a55-9d8a-0d6f5f1b9a10',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: '事项须在此版本，否则不予办理（409 stale_version）',
    schema: { title: '版本条件', type: 'string', pattern: IF_MATCH.source },
    example: '3',
  },
  Delegation: {
    name: 'Delegation',
    in: 'header',
    required: false,
    description: '受委托办理的，写明委托编号',
    schema: { title: '委托编号', ...schemaOf(opaqueId) },
  },
  Preview: {
    name: 'preview',
    in: 'query',
    required: false,
    description: 'true：只作预演，什么也不写入',
    schema: { title: '预演', type: 'string', enum: ['true', 'false'], default: 'false' },
  },
};

const common = ({ name, title, who }: AnyCommand | AnyQuery) => ({
  operationId: name.replace('/', '.'),
  summary: title,
  description: ['谁可以：', ...whoMay(who).map((line) => `- ${line.join(' · ')}`)].join('\n'),
  tags: [titleOf(contextOf({ name }))],
  'x-who-may': whoMay(who),
});

function commandOperation(command: AnyCommand): Operation {
  const delegable = !command.inPerson && !command.sealsActor;
  const schema = schemaOf(command.input);
  const answer = ref(`schemas/${command.discloses ? 'Disclosure' : 'Answer'}`);
  const page = command.discloses?.page ? { 'text/html': HTML } : {};
  const etag = { headers: { ETag: { description: '事项的版本', schema: { title: '版本', type: 'string' } } } };
  return {
    ...common(command),
    parameters: ['IdempotencyKey', 'IfMatch', ...(delegable ? ['Delegation'] : []), 'Preview'].map((name) => ref(`parameters/${name}`)),
    requestBody: { required: true, content: { 'application/json': { schema, example: commandExample(command, schema) } } },
    responses: {
      200: {
        description: '此前已经办理，答复第一次的结果；或者预演',
        content: { 'application/json': { schema: { anyOf: [answer, ref('schemas/Preview')] } }, ...page },
      },
      201: { description: '已办理', ...etag, content: { 'application/json': { schema: answer, example: answerExample(command) }, ...page } },
      ...problemsOf(delegable ? 'delegable' : 'command'),
    },
  };
}

const HTML: Media = { schema: { title: '网页文书', type: 'string' } };

/** A body that the command's schema takes, and no rule between its fields refuses. */
export function commandExample({ name }: Pick<AnyCommand, 'name'>, schema: Schema): unknown {
  const merged = { ...(exampleOf(schema) as object), ...OWN_EXAMPLES[name] };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}

/** As the command's own aggregate would answer it. */
const answerExample = ({ aggregate }: AnyCommand): unknown => {
  const event = catalogue.find(({ name }) => name === aggregate.events[0]?.name);
  return { ...(exampleOf(ANSWER) as object), stream: `${aggregate.name}/${ID}`, events: [{ id: ID, type: event?.name }] };
};
const ID = exampleOf(schemaOf(opaqueId));

function queryOperation(query: AnyQuery, path: string): Operation {
  const properties = (schemaOf(query.parameters, 'output').properties ?? {}) as Record<string, Schema>;
  const required = (schemaOf(query.parameters).required ?? []) as readonly string[];
  const listing = 'cursor' in properties;
  const parameters = Object.entries(properties).map(([name, schema]): Parameter => {
    const inPath = path.includes(`{${name}}`);
    const example = 'examples' in schema || required.includes(name) ? { example: exampleOf(schema) } : {};
    return { name, in: inPath ? 'path' : 'query', required: inPath || required.includes(name), schema, ...example };
  });
  const schema = FURTHER_ANSWERS[query.name] ?? ref(`schemas/${listing ? 'Page' : 'Found'}`);
  return {
    ...common(query),
    parameters,
    responses: {
      200: {
        description: query.title,
        content: {
          'application/json': { schema },
          ...(query.page ? { 'text/html': HTML } : {}),
          ...(query.image ? { 'image/svg+xml': { schema: { title: '图', type: 'string' } } } : {}),
        },
      },
      ...problemsOf(listing ? 'listing' : 'query'),
    },
  };
}

const problemsOf = (failing: Failing): Record<string, Reference> =>
  Object.fromEntries([...failuresOf(failing).keys()].map((status) => [status, ref(`responses/${failing}-${status}`)]));

function problemResponse(failing: Failing, status: number): Response {
  const problems = failuresOf(failing).get(status) ?? [];
  return {
    description: [...new Set(problems.map(({ title }) => title))].join('；'),
    content: {
      'application/problem+json': {
        schema: ref('schemas/Problem'),
        examples: Object.fromEntries(problems.map((each) => [each.code, { summary: each.title, value: each }])),
      },
    },
  };
}
