import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { catalogue } from '../../events/catalogue.ts';
import { type AnyEventDefinition, defineEvent, upcast } from '../../events/event.ts';
import { fileOf, goldenFiles, goldenOf, readGolden, schemaOf, writeGolden } from './golden.ts';
import { narrowings } from './schema-growth.ts';

const published = catalogue.flatMap((definition) => Array.from({ length: definition.version }, (_, at) => [definition.name, at + 1, definition] as const));

describe('every version ever published', () => {
  test('has its golden file (npm run golden writes a new one), and no file has lost its event', () => {
    expect(goldenFiles()).toEqual(published.map(([name, version]) => fileOf(name, version)).toSorted());
  });

  test.each(published)('%s v%i can still be read: its example is upcast to the present schema', (name, version, definition) => {
    const golden = readGolden(fileOf(name, version));
    expect(golden).toMatchObject({ event: name, version });
    const present = definition.data.safeParse(upcast(definition, version, golden.data.example));
    expect(present.error?.issues ?? []).toEqual([]);
    if (golden.restricted) expect(definition.restricted?.safeParse(golden.restricted.example).success).toBe(true);
  });

  test.each(catalogue.map((definition) => [definition.name, definition] as const))(
    '%s has only grown since it was published, and its file says how far',
    (name, definition) => {
      const golden = readGolden(fileOf(name, definition.version));
      expect(narrowings(golden.data.schema, schemaOf(definition.data), name)).toEqual([]);
      expect(goldenOf(definition, golden), 'npm run golden').toEqual(golden);
    },
  );

  test.each(published.filter(([, , { restricted }]) => restricted !== undefined))(
    '%s v%i: the restricted part, which is never upcast, has only grown',
    (name, version, { restricted }) => {
      const before = readGolden(fileOf(name, version)).restricted;
      if (before) expect(narrowings(before.schema, schemaOf(restricted), name)).toEqual([]);
    },
  );
});

describe('writing golden files', () => {
  const made = (data: z.ZodObject, more: Partial<Parameters<typeof defineEvent>[0]> = {}): AnyEventDefinition =>
    defineEvent({ context: 'made', name: 'BoxOpened', title: '虚构', means: 'Made up.', restsOn: '虚构', data, ...more });
  const folder = () => {
    const path = mkdtempSync(join(tmpdir(), 'jianheng-golden-'));
    onTestFinished(() => rmSync(path, { recursive: true, force: true }));
    return `${path}/`;
  };

  test('makes an example that fits, the same every time', () => {
    const definition = made(
      z.object({
        id: z
          .string()
          .regex(/^[0-9a-f]{32}$/)
          .meta({ examples: ['0'.repeat(32)] }),
        day: z.iso.date(),
        short: z.string().max(2),
        long: z.string().min(20),
        many: z.array(z.enum(['b', 'a'])).min(2),
        number: z.int().min(3),
        maybe: z.string().nullable().optional(),
        either: z.discriminatedUnion('kind', [z.object({ kind: z.literal('x'), n: z.int() }), z.object({ kind: z.literal('y') })]),
        map: z.record(z.string(), z.boolean()),
      }),
    );
    const golden = goldenOf(definition);
    expect(definition.data.parse(golden.data.example)).toEqual(golden.data.example);
    expect(goldenOf(definition)).toEqual(golden);
  });

  test('asks for an example where a pattern says what fits', () => {
    expect(() => goldenOf(made(z.object({ id: z.string().regex(/^[0-9a-f]{32}$/) })))).toThrow('no text can be made up for ^[0-9a-f]{32}$');
  });

  test('keeps nothing of what a schema says of itself', () => {
    const said = made(z.object({ day: z.iso.date().meta({ title: '虚构日期', description: '虚构', examples: ['2026-03-10'] }) }));
    expect(goldenOf(said).data).toEqual({ ...goldenOf(made(z.object({ day: z.iso.date() }))).data, example: { day: '2026-03-10' } });
  });

  test('asks for one by hand where the schema does not tell all', () => {
    expect(() => goldenOf(made(z.object({ n: z.int().refine((n) => n % 7 === 3) })))).toThrow('BoxOpened.data: write an example by hand');
  });

  test('keeps the example of a published version and widens its schema', () => {
    const path = folder();
    writeGolden([made(z.object({ a: z.string() }))], path);
    const first = readGolden('BoxOpened.v1.json', path);
    writeGolden([made(z.object({ a: z.string(), b: z.int().optional() }))], path);
    const grown = readGolden('BoxOpened.v1.json', path);
    expect(grown.data.example).toEqual(first.data.example);
    expect(grown.data.schema.properties).toHaveProperty('b');
  });

  test.each<[string, z.ZodObject, z.ZodObject | undefined]>([
    ['a lost property', z.object({}), z.object({ r: z.string() })],
    ['a new required one', z.object({ a: z.string(), b: z.string() }), z.object({ r: z.string() })],
    ['a lost restricted part', z.object({ a: z.string() }), undefined],
    ['a narrower restricted part', z.object({ a: z.string() }), z.object({ r: z.string().max(2) })],
  ])('refuses %s, and leaves the file as it was', (_, data, restricted) => {
    const path = folder();
    writeGolden([made(z.object({ a: z.string() }), { restricted: z.object({ r: z.string() }) })], path);
    const before = readGolden('BoxOpened.v1.json', path);
    expect(() => writeGolden([made(data, restricted ? { restricted } : {})], path)).toThrow(/only grows|is gone/);
    expect(readGolden('BoxOpened.v1.json', path)).toEqual(before);
  });

  test('gives a new version a file of its own, and leaves the old one', () => {
    const path = folder();
    writeGolden([made(z.object({ a: z.string() }))], path);
    const before = readGolden('BoxOpened.v1.json', path);
    writeGolden([made(z.object({ b: z.string() }), { version: 2, upcasts: { 1: ({ a }) => ({ b: a }) } })], path);
    expect(goldenFiles(path)).toEqual(['BoxOpened.v1.json', 'BoxOpened.v2.json']);
    expect(readGolden('BoxOpened.v1.json', path)).toEqual(before);
  });
});
