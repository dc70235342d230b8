import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { catalogue } from '../../events/catalogue.ts';
import type { AnyEventDefinition } from '../../events/event.ts';
import { exampleOf } from '../../infra/contracts/examples.ts';
import type { Schema } from '../../infra/contracts/schema.ts';
import { ANNOTATIONS, narrowings } from './schema-growth.ts';

/** One part of a published version: what it let through, and a value that it did. */
export interface GoldenPart {
  readonly example: Record<string, unknown>;
  readonly schema: Schema;
}

/** A published version of an event (已发布版本). Its example never changes; its schema is the widest that was published. */
export interface Golden {
  readonly event: string;
  readonly version: number;
  readonly data: GoldenPart;
  readonly restricted?: GoldenPart;
}

const FOLDER = fileURLToPath(new URL('./golden/', import.meta.url));
export const fileOf = (event: string, version: number): string => `${event}.v${version}.json`;

/** Name of every golden file. */
export const goldenFiles = (folder = FOLDER): readonly string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);
export const readGolden = (file: string, folder = FOLDER): Golden => JSON.parse(readFileSync(`${folder}${file}`, 'utf8')) as Golden;

/** What an event's part is checked by: as it is read, before defaults are filled in, without what the schema says of itself. */
export const schemaOf = (part: z.ZodType): Schema =>
  z.toJSONSchema(part, {
    io: 'input',
    override: ({ jsonSchema }) => {
      for (const annotation of ANNOTATIONS) delete jsonSchema[annotation];
    },
  }) as Schema;

/** The golden file of an event's present version. An example that was written before is kept. Throws where the schema has lost something: that needs a new version. */
export function goldenOf(definition: AnyEventDefinition, known?: Golden): Golden {
  const { name, version, data, restricted } = definition;
  if (known?.restricted && !restricted) throw new Error(`${name}: its restricted part is gone`);
  return {
    event: name,
    version,
    data: partOf(`${name}.data`, data, known?.data),
    ...(restricted === undefined ? {} : { restricted: partOf(`${name}.restricted`, restricted, known?.restricted) }),
  };
}

function partOf(place: string, part: z.ZodType, known: GoldenPart | undefined): GoldenPart {
  const schema = schemaOf(part);
  const lost = known ? narrowings(known.schema, schema, place) : [];
  if (lost.length > 0) throw new Error(`a published version only grows; this needs a new one:\n${lost.join('\n')}`);
  const example = known?.example ?? exampleOf(z.toJSONSchema(part, { io: 'input' }));
  const fits = part.safeParse(example);
  if (!fits.success) throw new Error(`${place}: write an example by hand, the schema does not tell all that it asks for: ${fits.error.message}`);
  return { example: example as Record<string, unknown>, schema };
}

export function writeGolden(definitions: readonly AnyEventDefinition[], folder = FOLDER): void {
  mkdirSync(folder, { recursive: true });
  for (const definition of definitions) {
    const file = fileOf(definition.name, definition.version);
    const known = existsSync(`${folder}${file}`) ? readGolden(file, folder) : undefined;
    writeFileSync(`${folder}${file}`, `${JSON.stringify(goldenOf(definition, known), null, 2)}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--write')) writeGolden(catalogue);
  else console.log('--write: writes the golden file of every event, where it has only grown');
}
