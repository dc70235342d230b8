import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { routesOf } from '../../functions/kernel/http/routes.ts';
import { type Failing, failuresOf } from '../../infra/contracts/errors.ts';
import { type Media, type Operation, openApiOf, type Parameter } from '../../infra/contracts/openapi.ts';
import { OWN_EXAMPLES } from '../../infra/contracts/own-examples.ts';
import { inlined, resolved } from '../../infra/contracts/references.ts';
import { type Schema, schemasIn } from '../../infra/contracts/schema.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { faultsOf } from './json-schema.ts';

const definitions = await loadDefinitions();
const document = openApiOf(definitions);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
);
const operationAt = (route: string): Operation => {
  const found = operations.find(([at]) => at === route)?.[1];
  if (!found) throw new Error(`no ${route}`);
  return found;
};
const bodyOf = (operation: Operation): Media | undefined => operation.requestBody?.content['application/json'];
const parametersOf = ({ parameters = [] }: Operation): readonly Parameter[] => parameters.map((each) => resolved<Parameter>(document, each));

test('a public validator finds no fault with the document', async () => {
  expect(await new Validator().validate(structuredClone(document))).toMatchObject({ valid: true });
  const broken = { ...document, paths: { '/v1/made': { get: { responses: { 200: {} } } } } };
  expect(await new Validator().validate(broken)).toMatchObject({ valid: false });
});

describe('the interface', () => {
  test('has every route of the gateway, and says of each who may', () => {
    for (const { method, path } of routesOf(definitions)) {
      const { summary, 'x-who-may': who = [], description } = operationAt(`${method} ${path}`);
      expect(summary).toMatch(/\p{Script=Han}/u);
      expect(who.length).toBeGreaterThan(0);
      for (const line of who) expect(description).toContain(line.join(' · '));
    }
    expect(operationAt('POST /v1/registry/register-institution')['x-who-may']).toEqual([['司法行政机关', '登记管理人员', '本省省级', '不限']]);
  });

  test('names every operation once', () => {
    expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(operations.length);
  });

  test('a command takes its headers; who must act in person has no delegation', () => {
    const names = (route: string) => parametersOf(operationAt(route)).map(({ name, in: place, required }) => [name, place, required]);
    expect(names('POST /v1/sanctions/find-breach')).toEqual([
      ['Idempotency-Key', 'header', true],
      ['If-Match', 'header', false],
      ['Delegation', 'header', false],
      ['preview', 'query', false],
    ]);
    expect(names('POST /v1/interference/disclose-reporter').flat()).not.toContain('Delegation');
    expect(names('POST /v1/interference/report-interference').flat()).not.toContain('Delegation');
  });

  test('a query takes its parameters, with the bounds of what they are read as', () => {
    const parameters = parametersOf(operationAt('GET /v1/proficiency/round'));
    expect(parameters.map(({ name, required }) => [name, required])).toEqual([
      ['year', true],
      ['item', true],
      ['provider', false],
      ['cursor', false],
      ['limit', false],
    ]);
    expect(parameters[0]?.schema).toMatchObject({ type: 'integer', minimum: 2005 });
    expect(parametersOf(operationAt('GET /v1/trace/{correlationId}'))).toMatchObject([{ name: 'correlationId', in: 'path', required: true }]);
  });

  test('what is told as a page or an image says so', () => {
    expect(Object.keys((operationAt('GET /v1/proficiency/chart').responses[200] as { content: object }).content)).toEqual([
      'application/json',
      'image/svg+xml',
    ]);
    expect(Object.keys((operationAt('POST /v1/interference/disclose-record').responses[201] as { content: object }).content)).toContain('text/html');
  });

  test('every property in it has a Chinese title', () => {
    const schemas = [
      ...Object.values(document.components.schemas),
      ...operations.flatMap(([, operation]) => [
        bodyOf(operation)?.schema ?? {},
        ...parametersOf(operation).map(({ schema, name }) => ({ properties: { [name]: schema } })),
      ]),
    ];
    const untitled = schemas.flatMap((schema) =>
      [...schemasIn(inlined(document, schema))].flatMap(([at, each]) =>
        Object.entries((each.properties ?? {}) as Record<string, Schema>).flatMap(([name, { title }]) =>
          /\p{Script=Han}/u.test(String(title)) ? [] : [`${at}/${name}`],
        ),
      ),
    );
    expect(untitled).toEqual([]);
  });
});

describe('its examples', () => {
  test.each(routesOf(definitions).flatMap((route) => ('command' in route ? [[route.command.name, route] as const] : [])))(
    '%s: the body is one that the command itself takes',
    (_, { path, command }) => {
      const { example, schema } = bodyOf(operationAt(`POST ${path}`)) as Media;
      expect(command.input.safeParse(example).error?.issues ?? []).toEqual([]);
      expect(faultsOf(document, schema, example)).toEqual([]);
    },
  );

  test.each(routesOf(definitions).flatMap((route) => ('query' in route ? [[route.query.name, route] as const] : [])))(
    '%s: the parameters are ones that the query itself takes',
    (_, { path, query }) => {
      const parameters = parametersOf(operationAt(`GET ${path}`));
      const asked = Object.fromEntries(parameters.flatMap(({ name, example }) => (example === undefined ? [] : [[name, String(example)]])));
      expect(query.parameters.safeParse(asked).error?.issues ?? []).toEqual([]);
    },
  );

  test('every example fits its schema, and every schema’s own examples fit it', () => {
    const media = (content: Readonly<Record<string, Media>> = {}): readonly Media[] => Object.values(content);
    const all = [...operations.flatMap(([, each]) => Object.values(each.responses)), ...Object.values(document.components.responses)].flatMap((given) =>
      media(resolved<{ content?: Record<string, Media> }>(document, given).content),
    );
    const faults = all.flatMap(({ schema, example, examples = {} }) =>
      [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)].flatMap((value) => faultsOf(document, schema, value)),
    );
    expect(all.length).toBeGreaterThan(100);
    expect(faults).toEqual([]);
    const schemas = [...Object.values(document.components.schemas), ...operations.flatMap(([, each]) => bodyOf(each)?.schema ?? [])];
    for (const schema of schemas) {
      for (const [at, each] of schemasIn(inlined(document, schema))) {
        for (const example of (each.examples ?? []) as readonly unknown[]) expect(faultsOf(document, each, example), at).toEqual([]);
      }
    }
  });

  test('a parameter’s example fits it', () => {
    for (const [at, operation] of operations) {
      for (const { name, schema, example } of parametersOf(operation))
        if (example !== undefined) expect(faultsOf(document, schema, example), `${at} ${name}`).toEqual([]);
    }
  });

  test('those that are written by hand are of commands that there are', () => {
    for (const name of Object.keys(OWN_EXAMPLES)) expect(definitions.commands.has(name), name).toBe(true);
  });
});

describe('its errors', () => {
  test.each<[Failing, number, string]>([
    ['command', 400, 'missing_idempotency_key'],
    ['command', 409, 'idempotency_key_reused'],
    ['delegable', 403, 'delegation_not_covering'],
    ['listing', 400, 'invalid_cursor'],
    ['query', 404, 'not_found'],
    ['document', 401, 'missing_token'],
  ])('%s: %i %s', (failing, status, code) => {
    expect(
      failuresOf(failing)
        .get(status)
        ?.map((each) => each.code),
    ).toContain(code);
  });

  test('each stands under its own status, and a refusal tells its article', () => {
    for (const failing of ['command', 'delegable', 'query', 'listing', 'document'] as const) {
      for (const [status, problems] of failuresOf(failing)) {
        for (const each of problems) expect(each.status).toBe(status);
        expect(new Set(problems.map(({ code }) => code)).size).toBe(problems.length);
      }
    }
    expect(failuresOf('command').get(422)?.[0]).toMatchObject({
      code: 'kind_not_ticked',
      basis: { document: '司办通〔2020〕56号', article: '第三条第（一）项' },
    });
  });
});
