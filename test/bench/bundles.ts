import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { bundle, bundleOf } from '../../infra/bundle.ts';
import { type Deployed, deployedOf } from '../../infra/deployed.ts';
import { environmentAt, loadModule } from '../support/load-module.ts';
import { secretsService } from '../support/secrets-service.ts';
import { benchFolder } from './bench-province.ts';
import { type Effort, inRounds, type Line, lineOf } from './rounds.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What every function would have of the SDK if it had nothing else, as the packages are. */
const BARE_SDK = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
const document = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const keys = new KMSClient({});
export const handler = async () => [document, keys, DecryptCommand, GetCommand, PutCommand, QueryCommand, TransactWriteCommand];
`;

/**
 * The largest bundle of each kind: its bytes, and the time in which a new process imports it, with the secrets from a service on this machine,
 * against an empty handler and the bare SDK. And the time that every province takes to bundle and synthesize.
 */
export async function measureBundles(definitions: Definitions, { rounds }: Effort): Promise<readonly Line[]> {
  const folder = benchFolder();
  const service = await secretsService();
  try {
    const environment = environmentAt(service.url);
    const deployed = deployedOf(definitions);
    const sizes = new Map(await bundle(definitions, deployed, join(folder.path, 'bundles')));
    const files = new Map([...largestOf(deployed, sizes)].map(([kind, name]) => [kind, join(folder.path, 'bundles', name, 'index.mjs')]));
    const bytes = new Map([...largestOf(deployed, sizes)].map(([kind, name]) => [kind, sizes.get(name) as number]));
    files.set('empty', join(folder.path, 'empty.mjs'));
    writeFileSync(files.get('empty') as string, 'export const handler = async () => undefined;');
    files.set('bare-sdk', join(folder.path, 'bare-sdk.mjs'));
    bytes.set('bare-sdk', await bareSdk(files.get('bare-sdk') as string));
    const samples = await inRounds(rounds, async () => {
      const found: Record<string, number> = {};
      for (const [kind, file] of files) found[kind] = (await loadModule(file, environment)).took;
      return found;
    });
    const taken = (kind: string) => samples.map((sample) => sample[kind] as number);
    const against = (kind: string, base: string) => samples.map((sample) => (sample[kind] as number) / (sample[base] as number));
    return [
      ...[...bytes].map(([kind, size]) => lineOf(`bundles/${kind}/size`, 'KB', [size / 1000])),
      ...[...files.keys()].map((kind) => lineOf(`bundles/${kind}/load`, 'ms', taken(kind))),
      ...[...files.keys()].filter((kind) => kind !== 'empty').map((kind) => lineOf(`bundles/${kind}/load-to-empty`, 'ratio', against(kind, 'empty'))),
      ...[...files.keys()]
        .filter((kind) => kind !== 'empty' && kind !== 'bare-sdk')
        .map((kind) => lineOf(`bundles/${kind}/load-to-bare-sdk`, 'ratio', against(kind, 'bare-sdk'))),
      lineOf('bundles/synth-of-every-province', 'ms', [await synth(folder.path)]),
    ];
  } finally {
    service.close();
    folder.remove();
  }
}

/** Folder of the largest bundle, by kind. */
function largestOf(deployed: readonly Deployed[], sizes: ReadonlyMap<string, number>): ReadonlyMap<string, string> {
  const size = (each: Deployed) => sizes.get(bundleOf(each)) as number;
  return new Map(
    [...Map.groupBy(deployed, ({ kind }) => kind)].map(([kind, own]) => [kind, bundleOf(own.reduce((most, each) => (size(each) > size(most) ? each : most)))]),
  );
}

async function bareSdk(outfile: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: BARE_SDK, resolveDir: ROOT },
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    target: 'node24',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'error',
    write: false,
  });
  writeFileSync(outfile, outputFiles[0]?.contents ?? '');
  return outputFiles[0]?.contents.length ?? 0;
}

/** Milliseconds of a process that bundles and synthesizes every province. */
async function synth(folder: string): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'infra/app.ts')], {
    cwd: folder,
    env: { ...process.env, CDK_OUTDIR: join(folder, 'assembly') },
    stdio: 'ignore',
  });
  const code = await new Promise((resolve) => {
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error('the provinces do not synthesize');
  return performance.now() - began;
}
