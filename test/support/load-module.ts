import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** Environment of a function as a province's stage gives it, with services at `url`. */
export const environmentAt = (url: string): Readonly<Record<string, string>> => ({
  PROVINCE: '310000',
  LEDGER_TABLE: 'made-ledger',
  VIEWS_TABLE: 'made-views',
  KEYS_TABLE: 'made-keys',
  BUS: 'made-bus',
  LEDGER_SINCE: '2026-06-01',
  FUNCTIONS: 'made-',
  AWS_REGION: 'cn-north-1',
  AWS_ACCESS_KEY_ID: 'made',
  AWS_SECRET_ACCESS_KEY: 'made',
  AWS_ENDPOINT_URL: url,
});

const MEASURED = `const began = performance.now();
const module = await import(process.argv[1]);
const took = performance.now() - began;
console.log(JSON.stringify({ took, exported: Object.fromEntries(Object.entries(module).map(([name, value]) => [name, typeof value])) }));
process.exit(0);`;

export interface Loaded {
  /** Milliseconds of the import, with what the module awaits at its top. */
  readonly took: number;
  /** Types of what it exports. */
  readonly exported: Readonly<Record<string, string>>;
}

/** Imports a module in a process of its own, as Lambda does. Throws with what that process wrote where it fails. */
export async function loadModule(file: string, environment: Readonly<Record<string, string>> = {}): Promise<Loaded> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', MEASURED, pathToFileURL(file).href], { env: { ...environment } });
  const told = { out: '', error: '' };
  child.stdout.on('data', (text) => {
    told.out += text;
  });
  child.stderr.on('data', (text) => {
    told.error += text;
  });
  const code = await new Promise((resolve) => {
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`${file} did not load: ${told.error}`);
  return JSON.parse(told.out) as Loaded;
}
