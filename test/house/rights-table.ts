import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AnyCommand } from '../../functions/kernel/command.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import type { AnyQuery } from '../../functions/kernel/query.ts';
import { whoMay } from '../../infra/contracts/who-may.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';

const FUNCTIONS = fileURLToPath(new URL('../../functions/', import.meta.url));
const BEGIN = '<!-- rights -->';
const END = '<!-- /rights -->';

const contextOf = (name: string): string => name.split('/')[0] ?? '';

/** README of every context that has a command or a query, by context. */
export const readmesOf = ({ commands, queries }: Definitions, functions = FUNCTIONS): ReadonlyMap<string, string> =>
  new Map([...new Set([...commands.keys(), ...queries.keys()].map(contextOf))].sort().map((context) => [context, `${functions}${context}/README.md`]));

/** The table of rights of a context (权限表): a row a command or query and a line of its rights, kinds with the same rights in one. */
export function tableOf(context: string, { commands, queries }: Definitions): string {
  const own = <T extends { readonly name: string }>(all: Iterable<T>): T[] =>
    [...all].filter(({ name }) => contextOf(name) === context).sort((one, other) => (one.name < other.name ? -1 : 1));
  const rows = [...own<AnyCommand>(commands.values()), ...own<AnyQuery>(queries.values())].flatMap(({ name, title, who }) =>
    whoMay(who).map((cells, at) => row([at === 0 ? `\`${name.slice(context.length + 1)}\` ${title}` : '', ...cells])),
  );
  return [row(['command, query', '单位类别', '身份', '区划', '与所办事项的关系']), row(['---', '---', '---', '---', '---']), ...rows].join('\n');
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A README with the table as it is now, at the end where it had none. */
export function withTable(readme: string, table: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  const section = `${BEGIN}\n\n${table}\n\n${END}`;
  if (begin < 0 || end < begin) return `${readme.trimEnd()}\n\n## Who may 权限\n\nWritten from the code by \`npm run rights -- --write\`.\n\n${section}\n`;
  return `${readme.slice(0, begin)}${section}${readme.slice(end + END.length)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const definitions = await loadDefinitions();
  for (const [context, file] of readmesOf(definitions)) {
    const table = tableOf(context, definitions);
    if (process.argv.includes('--write')) writeFileSync(file, withTable(existsSync(file) ? readFileSync(file, 'utf8') : `# ${context}\n`, table));
    else console.log(`${context}\n\n${table}\n`);
  }
}
