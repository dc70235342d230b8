import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { catalogue } from '../../events/catalogue.ts';
import { type AnyEventDefinition, cloudEventType } from '../../events/event.ts';
import type { Schema } from '../../infra/contracts/schema.ts';

const each = catalogue.map((definition) => [definition.name, definition] as const);

/** Fields of a person that no open part may have: what a field's name would have to say. */
const OF_A_PERSON = /name|licen[cs]e|citizen|phone|mobile|mail|address|account|evidence|reporter|interferer|birth|minor/i;

/** Where such a field is of no person, and why. */
const ALLOWED: Readonly<Record<string, string>> = {
  'AgencyRegistered/name': 'name of an agency, public in the directory',
  'InstitutionRegistered/name': 'name of an institution, public in the register',
};

/** Every property of a schema, by its path. */
function fieldsOf(schema: Schema, at: string): string[] {
  const inner = ['items', 'additionalProperties'].flatMap((keyword) => (isSchema(schema[keyword]) ? fieldsOf(schema[keyword], at) : []));
  const alternatives = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((list) =>
    Array.isArray(list) ? list.flatMap((one: Schema) => fieldsOf(one, at)) : [],
  );
  const members = Object.entries((schema.properties ?? {}) as Record<string, Schema>).flatMap(([name, one]) => [
    `${at}/${name}`,
    ...fieldsOf(one, `${at}/${name}`),
  ]);
  return [...members, ...inner, ...alternatives];
}
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

const personal = (definition: AnyEventDefinition) =>
  fieldsOf(z.toJSONSchema(definition.data) as Schema, definition.name).filter((path) => OF_A_PERSON.test(path.split('/').at(-1) ?? '') && !(path in ALLOWED));

describe('the catalogue', () => {
  test('names every event once', () => {
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
    expect(new Set(catalogue.map(cloudEventType)).size).toBe(catalogue.length);
  });

  test('has every event that a file of events/ exports, under the context of its file', async () => {
    const folder = fileURLToPath(new URL('../../events/', import.meta.url));
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
      const exported = Object.values((await import(`${folder}${file}`)) as object).filter((value) => isSchema(value) && 'means' in value && 'of' in value);
      for (const event of exported as unknown as AnyEventDefinition[]) {
        expect(catalogue, `${file} is missing from the catalogue`).toContain(event);
        expect(event.context).toBe(file.replace('.ts', ''));
      }
    }
  });

  test.each(each)('%s says what has happened: a name in PascalCase, a Chinese title, a sentence', (name, { title, means, context, version }) => {
    expect(name).toMatch(/^([A-Z][a-z]+)+$/);
    expect(title).toMatch(/^[\p{Script=Han}“”、]+$/u);
    expect(means).toMatch(/^[A-Z].{10,}\.$/s);
    expect(context).toMatch(/^[a-z]+$/);
    expect(version).toBeGreaterThanOrEqual(1);
  });

  test.each(each)('%s can be published as a JSON Schema: an object, whose open part names nothing of a person', (name, definition) => {
    const schema = z.toJSONSchema(definition.data) as Schema;
    expect(schema.type).toBe('object');
    expect(personal(definition), `${name}: restricted, or allowed with a reason`).toEqual([]);
  });

  test.each(each.filter(([, { restricted }]) => restricted !== undefined))(
    '%s: no field stands in its open and in its restricted part alike, but where the open one says less',
    (name, { data, restricted }) => {
      const saysLess: Readonly<Record<string, string>> = {
        'ReportRouted/acts': 'without the situations, which point at a person',
        'ReportReclassified/acts': 'the same',
      };
      const both = Object.keys(data.shape).filter((field) => field in restricted.shape && !(`${name}/${field}` in saysLess));
      expect(both).toEqual([]);
    },
  );

  test('every exception is still needed', () => {
    const all = catalogue.flatMap((definition) => fieldsOf(z.toJSONSchema(definition.data) as Schema, definition.name));
    for (const path of Object.keys(ALLOWED)) expect(all).toContain(path);
  });

  test('a field of a person is found wherever it hides', () => {
    const hidden = z.object({
      ok: z.array(z.object({ deep: z.union([z.object({ licenceNumber: z.string() }), z.null()]) })),
      map: z.record(z.string(), z.object({ homeAddress: z.string() })),
      reporter: z.string(),
    });
    expect(personal({ name: 'Made', data: hidden } as unknown as AnyEventDefinition)).toEqual([
      'Made/ok/deep/licenceNumber',
      'Made/map/homeAddress',
      'Made/reporter',
    ]);
  });
});
