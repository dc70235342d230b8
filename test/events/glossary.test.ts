import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { catalogue } from '../../events/catalogue.ts';
import { cloudEvent } from '../../events/event.ts';
import { GLOSSARY } from '../../events/glossary.ts';
import { routesOf } from '../../functions/kernel/http/routes.ts';
import { type Schema, schemaOf, schemasIn } from '../../infra/contracts/schema.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';

const routes = routesOf(await loadDefinitions());
/** Everything that agencies send or get, by its name. */
const told: readonly (readonly [string, z.ZodType])[] = [
  ...routes.map((route) => ('command' in route ? ([route.command.name, route.command.input] as const) : ([route.query.name, route.query.parameters] as const))),
  ...catalogue.map(({ name, data }) => [name, data] as const),
  ['CloudEvent', cloudEvent],
];

const propertiesOf = (schema: Schema, at: string): readonly (readonly [at: string, name: string, schema: Schema])[] =>
  [...schemasIn(schema, at)].flatMap(([place, each]) =>
    Object.entries((each.properties ?? {}) as Record<string, Schema>).map(([name, one]) => [`${place}/${name}`, name, one] as const),
  );
const untitled = (type: z.ZodType, at: string): readonly string[] =>
  propertiesOf(schemaOf(type), at).flatMap(([place, , { title }]) => (typeof title === 'string' && /\p{Script=Han}/u.test(title) ? [] : [place]));

describe('the glossary', () => {
  test('every property of a command, a query and an event has a Chinese title: a term of the glossary, or its own', () => {
    expect(told.flatMap(([name, type]) => untitled(type, name))).toEqual([]);
  });

  test('a property without one is found wherever it is', () => {
    const hidden = z.object({
      case: z.string(),
      made: z.array(z.union([z.object({ deep: z.string() }), z.null()])),
      map: z.record(z.string(), z.object({ toString: z.string() })).meta({ title: '虚构' }),
    });
    expect(untitled(hidden, 'Made')).toEqual(['Made/made', 'Made/made/*/deep', 'Made/map/*/toString']);
  });

  test('a property’s own title comes before the term', () => {
    const schema = schemaOf(z.object({ number: z.string(), of: z.string().meta({ title: '虚构标题' }) }));
    expect(schema.properties).toMatchObject({ number: { title: '文号' }, of: { title: '虚构标题' } });
  });

  test('every term is needed', () => {
    const used = new Map<string, Set<unknown>>();
    for (const [name, type] of told) {
      for (const [, property, { title }] of propertiesOf(schemaOf(type), name)) used.set(property, new Set(used.get(property)).add(title));
    }
    expect(Object.entries(GLOSSARY).flatMap(([name, term]) => (used.get(name)?.has(term) ? [] : [name]))).toEqual([]);
  });
});

test('enumerated values stand beside their words', () => {
  const find = routes.find(({ path }) => path === '/v1/sanctions/find-breach');
  if (!find || !('command' in find)) throw new Error('no find-breach');
  expect((schemaOf(find.command.input).properties as Record<string, Schema>).breach?.description).toContain('leaked 泄露记录、报告干预司法鉴定活动的情况；');
});
