import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { importLines } from './import-lines.ts';
import { loadDefinitions } from './load-definitions.ts';
import { localKernel } from './local-kernel.ts';
import { CannotOpen } from './sqlite/open-database.ts';

const USAGE = `npm run import -- <context>/<command> <file.jsonl> [--as-history] [--data FILE] [--province CODE]
  each line: {"claims":{"agency":…,"kind":…,"division":…,"person":…,"roles":[…]},"occurredOn":"2019-05-06","input":{…}}
  --as-history   facts of earlier years: kept and counted, they cause nothing
  --data FILE    the province's file (default .data/province.sqlite)
  --province     six digits (default 360000)`;

const options = { 'as-history': { type: 'boolean' }, data: { type: 'string' }, province: { type: 'string' } } as const;

try {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [name, file] = positionals;
  if (!name || !file || positionals.length > 2) throw new TypeError('name a command and a file');
  const definitions = await loadDefinitions();
  const command = definitions.commands.get(name);
  if (!command || command.who === 'system') throw new TypeError(`${name} is no command that can be imported`);
  const { kernel, project, close } = localKernel(values.data ?? '.data/province.sqlite', values.province ?? '360000', definitions);
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  const tell = (done: number) => process.stderr.isTTY && process.stderr.write(`\r${done} lines`);
  const { accepted, known, refused } = await importLines(kernel, command, lines, { asHistory: values['as-history'] ?? false, tell });
  await project();
  close();
  for (const { line, reason } of refused) console.log(`line ${line}: ${reason}`);
  console.log(`${accepted} accepted, ${known} imported before, ${refused.length} refused`);
  process.exitCode = refused.length > 0 ? 1 : 0;
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const told = error instanceof TypeError || error instanceof CannotOpen || code === 'ENOENT' || String(code).startsWith('ERR_PARSE_ARGS');
  if (!told) throw error;
  console.error(`${message}\n${USAGE}`);
  process.exitCode = 2;
}
