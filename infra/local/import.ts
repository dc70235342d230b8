import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { actorFrom } from '../../functions/kernel/identity.ts';
import { InvalidProvince, provinceCalled } from '../province.ts';
import { folderOf } from './data-folder.ts';
import { importLines } from './import/import-lines.ts';
import { importResults, openResults } from './import/import-results.ts';
import { progressOn } from './import/progress.ts';
import { Report } from './import/report.ts';
import { InvalidFile, openSource, type Source } from './import/source.ts';
import { loadDefinitions } from './load-definitions.ts';
import { type LocalKernel, localKernel } from './local-kernel.ts';
import { CannotOpen } from './sqlite/open-database.ts';

const USAGE = `npm run import -- <context>/<command> <file.jsonl> [--as-history] …
  each line: {"claims":{"agency":…,"kind":…,"division":…,"person":…,"roles":[…]},"occurredOn":"2019-05-06","input":{…}}

npm run import -- proficiency <file.csv> --provider ID [--division CODE] [--dry-run] [--as-history] …
  results of proficiency testing (能力验证结果) as spreadsheets export them, UTF-8 or GB18030, with a header:
  统一社会信用代码,鉴定项目,年度, one or more of 结果,z比分数,En值, and 报告日期 where it is not today
  --provider     the provider (能力验证提供者) whose clerk reports; its rounds are opened on the way
  --division     the provider's division, six digits (default: the province's)
  --dry-run      tells what would be accepted, and writes nothing

both, safe to run again:
  --as-history   facts of earlier years: kept and counted, they cause nothing
  --report FILE  writes every refusal into a new CSV file; 50 are printed
  --province     name or code (default jiangxi)
  --data FOLDER  where its host keeps its data (default .data/<province>); the host must not be running`;

const options = {
  'as-history': { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  data: { type: 'string' },
  division: { type: 'string' },
  province: { type: 'string', default: 'jiangxi' },
  provider: { type: 'string' },
  report: { type: 'string' },
} as const;

/** It was called in a way that there is not. */
class Misuse extends Error {}

const parsed = () => parseArgs({ options, allowPositionals: true });
type Values = ReturnType<typeof parsed>['values'];

try {
  const { values, positionals } = parsed();
  const [name, file] = positionals;
  if (!name || !file || positionals.length > 2) throw new Misuse('name a command and a file');
  process.exitCode = await (name === 'proficiency' ? proficiency(file, values) : command(name, file, values));
} catch (error) {
  if (error instanceof InvalidFile) console.error(error.message);
  else if (isMisuse(error)) console.error(`${(error as Error).message}\n${USAGE}`);
  else throw error;
  process.exitCode = 2;
}

async function command(name: string, file: string, values: Values): Promise<number> {
  if (values.provider !== undefined || values.division !== undefined || values['dry-run'])
    throw new Misuse('--provider, --division and --dry-run are for an import of proficiency');
  const definitions = await loadDefinitions();
  const given = definitions.commands.get(name);
  if (!given || given.who === 'system') throw new Misuse(`${name} is no command that can be imported`);
  const source = await openSource(file);
  const lines = createInterface({ input: source.content.setEncoding('utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  return imported(source, definitions, values, ({ kernel }, report, tell) =>
    importLines(kernel, given, lines, { asHistory: values['as-history'], tell }, report),
  );
}

async function proficiency(file: string, values: Values): Promise<number> {
  const { provider, division } = values;
  if (provider === undefined) throw new Misuse('name the provider whose results they are: --provider ID');
  const source = await openSource(file);
  const table = await openResults(source);
  return imported(source, await loadDefinitions(), values, ({ kernel }, report, tell) => {
    const claims = { agency: provider, kind: 'provider', division: division ?? kernel.province, person: 'import', roles: ['clerk'] };
    const actor = actorFrom(claims, kernel.keyRing);
    if ('refused' in actor) throw new Misuse(`--provider, --division: ${actor.detail}`);
    return importResults(kernel, table, { actor, history: values['as-history'], dry: values['dry-run'] }, report, tell);
  });
}

/** Imports into the province's folder, tells on the way how far it is, and at the end what became of the lines. */
async function imported(
  source: Source,
  definitions: Definitions,
  { data, province, report: file, 'dry-run': dry }: Values,
  work: (local: LocalKernel, report: Report, tell: (line: number) => void) => Promise<void>,
): Promise<number> {
  const { name, code } = await provinceCalled(province);
  const local = localKernel(data ?? folderOf(name), `${code}0000`, definitions);
  const report = new Report(file);
  const progress = progressOn(process.stderr);
  try {
    await work(local, report, (lines) => progress.tell({ read: source.read, size: source.size, lines, refused: report.refused }));
    await local.project((commits) => progress.say(`views follow: ${commits.toLocaleString('en')} commits`));
  } finally {
    progress.clear();
    local.close();
    report.close();
  }
  for (const line of report.lines({ dry })) console.log(line);
  return report.refused > 0 ? 1 : 0;
}

/** What whoever called it can put right. */
function isMisuse(error: unknown): boolean {
  const code = String((error as NodeJS.ErrnoException).code);
  return (
    error instanceof Misuse ||
    error instanceof CannotOpen ||
    error instanceof InvalidProvince ||
    ['EACCES', 'EEXIST', 'EISDIR', 'ENOENT', 'ENOTDIR'].includes(code) ||
    code.startsWith('ERR_PARSE_ARGS')
  );
}
