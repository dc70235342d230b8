import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { InvalidAssembly } from './invalid-assembly.ts';

/** One stack (堆栈) as its template stands. */
export interface Stack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** By logical id. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** Template parameters by logical id. */
  readonly parameters: ReadonlyMap<string, Parameter>;
}

export interface Resource {
  readonly stack: Stack;
  /** Logical id. */
  readonly id: string;
  readonly type: string;
  /** As in the template: references are not resolved. */
  readonly properties: Readonly<Record<string, unknown>>;
}

type Parameter = z.infer<typeof parameter>;

/** Reads every stack of a stage's assembly. Throws {@link InvalidAssembly} for a section of a template that would change what it means. */
export function readStacks(folder: string): readonly Stack[] {
  return artifactsOf(folder).flatMap((artifact) => {
    if (artifact.type !== 'aws:cloudformation:stack') return [];
    const { stackName, templateFile } = artifact.properties;
    const [, account, region] = /^aws:\/\/(\d{12})\/([a-z0-9-]+)$/.exec(artifact.environment) ?? [];
    if (!account || !region) throw new InvalidAssembly(stackName, templateFile, `is for ${artifact.environment}, which names no account and region`);
    const { Resources, Parameters } = parse(template, readJson(join(folder, templateFile)), stackName, templateFile);
    const resources = new Map<string, Resource>();
    const stack: Stack = { name: stackName, account, region, resources, parameters: new Map(Object.entries(Parameters)) };
    for (const [id, content] of Object.entries(Resources)) {
      const { Type, Properties } = parse(resource, content, stackName, id);
      resources.set(id, { stack, id, type: Type, properties: Properties });
    }
    return [stack];
  });
}

/** Folders of code (代码包) by the key under which the deployment would upload them. */
export function readAssets(folder: string): ReadonlyMap<string, string> {
  const assets = new Map<string, string>();
  for (const artifact of artifactsOf(folder)) {
    if (artifact.type !== 'cdk:asset-manifest') continue;
    const { file } = artifact.properties;
    for (const [id, { source, destinations }] of Object.entries(parse(assetManifest, readJson(join(folder, file)), file, 'files').files)) {
      if (source.packaging !== 'zip') continue;
      const path = resolve(folder, source.path);
      if (!existsSync(path)) throw new InvalidAssembly(file, id, `its folder ${path} is missing`);
      for (const { objectKey } of Object.values(destinations)) assets.set(objectKey, path);
    }
  }
  return assets;
}

/** Throws {@link InvalidAssembly} with each place that is wrong, and why. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, stack: string, id: string): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  throw new InvalidAssembly(stack, id, error.issues.map(({ path, message }) => `/${path.map(String).join('/')}: ${message}`).join('; '));
}

const artifactsOf = (folder: string) => Object.values(parse(manifest, readJson(join(folder, 'manifest.json')), folder, 'manifest.json').artifacts);

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.discriminatedUnion('type', [
      z.object({
        type: z.literal('aws:cloudformation:stack'),
        environment: z.string(),
        properties: z.object({ stackName: z.string(), templateFile: z.string() }),
      }),
      z.object({ type: z.literal('cdk:asset-manifest'), properties: z.object({ file: z.string() }) }),
      z.object({ type: z.literal('cdk:feature-flag-report') }),
    ]),
  ),
});

const assetManifest = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string(), packaging: z.enum(['zip', 'file']) }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

const parameter = z.object({ Type: z.string(), Default: z.string().optional() });

/** Conditions, mappings and transforms are not told: nothing here is made by them. */
const template = z.strictObject({
  Resources: z.record(z.string(), z.unknown()),
  Parameters: z.record(z.string(), parameter).default({}),
  /** Checked by the deployment alone. */
  Rules: z.unknown().optional(),
});

const resource = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  /** In what order they are made, what becomes of them when they are deleted, and where they stand in the app. */
  DependsOn: z.unknown().optional(),
  DeletionPolicy: z.unknown().optional(),
  UpdateReplacePolicy: z.unknown().optional(),
  Metadata: z.unknown().optional(),
});
