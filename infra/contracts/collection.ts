import type { OpenApi, Operation, Parameter } from './openapi.ts';
import { resolved } from './references.ts';

/** A request as somebody tries it (请求集): of both forms below. */
interface Request {
  readonly folder: string;
  readonly title: string;
  readonly method: string;
  /** With the examples of its parameters in place; `{{baseUrl}}` is not in it. */
  readonly path: string;
  readonly query: readonly { readonly key: string; readonly value: string; readonly disabled: boolean; readonly description: string }[];
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  readonly body: unknown;
}

/** Port of `npm start`. */
const BASE_URL = 'http://127.0.0.1:8080';
const KEY = 'Idempotency-Key';

/** Folder by folder. */
function requestsOf(document: OpenApi): readonly Request[] {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => requestOf(document, path, method.toUpperCase(), operation)),
  );
  return [...Map.groupBy(all, ({ folder }) => folder).values()].flat();
}

function requestOf(document: OpenApi, path: string, method: string, operation: Operation): Request {
  const parameters = (operation.parameters ?? []).map((each) => resolved<Parameter>(document, each));
  const place = parameters
    .filter((each) => each.in === 'path')
    .reduce((text, { name, example }) => text.replace(`{${name}}`, encodeURIComponent(String(example))), path);
  const [type, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  return {
    folder: operation.tags[0] ?? '',
    title: operation.summary,
    method,
    path: place,
    query: parameters
      .filter((each) => each.in === 'query')
      .map(({ name, required, example, schema }) => ({
        key: name,
        value: String(example ?? schema.default ?? ''),
        disabled: !required,
        description: String(schema.title ?? ''),
      })),
    headers: [
      { key: 'Accept', value: Object.keys((operation.responses[200] as { readonly content?: object } | undefined)?.content ?? {})[0] ?? 'application/json' },
      ...(type === undefined ? [] : [{ key: 'Content-Type', value: type }]),
      ...(parameters.some(({ name }) => name === KEY) ? [{ key: KEY, value: '{{$guid}}' }] : []),
    ],
    body: media?.example,
  };
}

/** Postman's collection format v2.1, which Postman, Apifox and Bruno import: folders by context, a new idempotency key for each sending. */
export function collectionOf(document: OpenApi): unknown {
  const folders = Map.groupBy(requestsOf(document), ({ folder }) => folder);
  return {
    info: { name: document.info.title, description: document.info.description, schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    variable: [
      { key: 'baseUrl', value: BASE_URL },
      { key: 'token', value: '' },
    ],
    item: [...folders].map(([name, requests]) => ({ name, item: requests.map(itemOf) })),
  };
}

const itemOf = ({ title, method, path, query, headers, body }: Request) => ({
  name: title,
  request: {
    method,
    header: headers,
    ...(body === undefined ? {} : { body: { mode: 'raw', raw: JSON.stringify(body, null, 2), options: { raw: { language: 'json' } } } }),
    url: {
      raw: `{{baseUrl}}${path}${queryText(query)}`,
      host: ['{{baseUrl}}'],
      path: path.slice(1).split('/'),
      ...(query.length > 0 ? { query } : {}),
    },
  },
});

const queryText = (query: Request['query']): string => {
  const asked = query.filter(({ disabled }) => !disabled).map(({ key, value }) => `${key}=${encodeURIComponent(value)}`);
  return asked.length > 0 ? `?${asked.join('&')}` : '';
};

/** The same as an `.http` file, which editors send from; `{{$guid}}` is a new UUID there (in JetBrains' `{{$random.uuid}}`). */
export const httpFileOf = (document: OpenApi): string =>
  [
    `# ${document.info.title} ${document.info.version}`,
    '# 先填写 token；JetBrains 的编辑器中将 {{$guid}} 改为 {{$random.uuid}}',
    `@baseUrl = ${BASE_URL}`,
    '@token = ',
    ...requestsOf(document).map(({ title, method, path, query, headers, body }) =>
      [
        '',
        `### ${title}`,
        `${method} {{baseUrl}}${path}${queryText(query)}`,
        'Authorization: Bearer {{token}}',
        ...headers.map(({ key, value }) => `${key}: ${value}`),
        ...(body === undefined ? [] : ['', JSON.stringify(body, null, 2)]),
      ].join('\n'),
    ),
    '',
  ].join('\n');
