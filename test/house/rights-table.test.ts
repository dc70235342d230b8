import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { agencyKind, type Role, role } from '../../functions/kernel/identity.ts';
import { KIND_WORDS, ROLE_WORDS } from '../../functions/kernel/words.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { readmesOf, tableOf, withTable } from './rights-table.ts';

const definitions = await loadDefinitions();

describe('the table of rights', () => {
  test.each([...readmesOf(definitions)])('of %s stands in its README as the code has it (npm run rights -- --write)', (context, file) => {
    const readme = readFileSync(file, 'utf8');
    expect(withTable(readme, tableOf(context, definitions))).toBe(readme);
  });

  test('has a row for every command and query of the context', () => {
    const names = [...definitions.commands.keys(), ...definitions.queries.keys()];
    const told = [...readmesOf(definitions).keys()].flatMap((context) =>
      [...tableOf(context, definitions).matchAll(/^\| `([a-z-]+)`/gm)].map(([, name]) => `${context}/${name}`),
    );
    expect(told.sort()).toEqual(names.sort());
  });

  test('tells kinds with the same rights in one row, each division and relation, what is hidden, and what the system does', () => {
    const table = tableOf('agencies', definitions);
    expect(table).toContain(
      '| `register-agency` 登入名录 | 司法行政机关 | 系统运行人员 | 本行政区域及以下 | 不限 |\n|  | 司法行政机关 | 系统运行人员 | 本省省级 | 不限 |',
    );
    expect(tableOf('notifications', definitions)).toMatch(/\| {2}\| 其余各类机关、单位 \| 经办人 \| 不限 \| 通知的收件单位；对其他人按不存在答复 \|/);
    expect(tableOf('sanctions', definitions)).toContain('| `issue-measures` 作出行政处理决定 | 系统自动办理 |  |  |  |');
  });

  test('is written between its marks, or at the end where there are none, and writing twice changes nothing', () => {
    const marked = '# a\n\n<!-- rights -->\nold\n<!-- /rights -->\n\nmore\n';
    expect(withTable(marked, 'new')).toBe('# a\n\n<!-- rights -->\n\nnew\n\n<!-- /rights -->\n\nmore\n');
    const appended = withTable('# a\n', 'new');
    expect(appended).toMatch(/^# a\n\n## Who may 权限\n[\s\S]*<!-- rights -->\n\nnew\n\n<!-- \/rights -->\n$/);
    expect(withTable(appended, 'new')).toBe(appended);
  });

  test('has a Chinese word for every kind and role, and no two share one', () => {
    const roles = role.options.map((each: Role) => ROLE_WORDS[each]);
    const kinds = agencyKind.options.map((each) => KIND_WORDS[each]);
    for (const words of [roles, kinds]) {
      expect(new Set(words).size).toBe(words.length);
      for (const word of words) expect(word).toMatch(/^[\p{Script=Han}、]+$/u);
    }
  });
});
