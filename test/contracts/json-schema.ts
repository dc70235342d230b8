import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { inlined } from '../../infra/contracts/references.ts';
import type { Schema } from '../../infra/contracts/schema.ts';

const ajv = new Ajv2020.default({ allErrors: true, strictTypes: false, strictRequired: false });
addFormats.default(ajv);

/** Faults of a value by a schema of a document (2020-12), each with its place; compiled once a schema. */
export function faultsOf(document: Schema, schema: Schema, value: unknown): readonly string[] {
  const known = compiled.get(schema) ?? ajv.compile(inlined(document, schema));
  compiled.set(schema, known);
  return known(value) ? [] : (known.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

const compiled = new WeakMap<Schema, ReturnType<typeof ajv.compile>>();
