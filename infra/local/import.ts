import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { InvalidProvince, provinceCalled } from '../province.ts';
import { folderOf } from './data-folder.ts';
import { importLines } from './import-lines.ts';
import { loadDefinitions } from './load-definitions.ts';
import { localKernel } from './local-kernel.ts';
import { CannotOpen } from './sqlite/open-database.ts';

const USAGE = `npm run import -- <context>/<command> <file.jsonl> [--as-history] [--province NAME] [--data FOLDER]
  each line: {"claims":{"agency":…,"kind":…,"division":…,"person":…,"roles":[…]},"occurredOn":"2019-05-06","input":{…}}
  --as-history   facts of earlier years: kept and counted, they cause nothing
  --province     name or code (default jiangxi)
  --data FOLDER  where its host keeps its data (default .data/<province>); the host must not be running`;

const options = { 'as-history': { type: 'boolean' }, data: { type: 'string' }, province: { type: 'string' } } as const;

try {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [name, file] = positionals;
  if (!name || !file || positionals.length > 2) throw new TypeError('name a command and a file');
  const definitions = await loadDefinitions();
  const command = definitions.commands.get(name);
  if (!command || command.who === 'system') throw new TypeError(`${name} is no command that can be imported`);
  const { name: province, code } = await provinceCalled(values.province ?? 'jiangxi');
  const { kernel, project, close } = localKernel(values.data ?? folderOf(province), `${code}0000`, definitions);
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
  const told =
    error instanceof TypeError ||
    error instanceof CannotOpen ||
    error instanceof InvalidProvince ||
    code === 'ENOENT' ||
    String(code).startsWith('ERR_PARSE_ARGS');
  if (!told) throw error;
  console.error(`${message}\n${USAGE}`);
  process.exitCode = 2;
}
