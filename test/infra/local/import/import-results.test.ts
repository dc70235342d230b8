import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../../../functions/kernel/audit.ts';
import { completeUscc } from '../../../../functions/kernel/codes/uscc.ts';
import type { Definitions } from '../../../../functions/kernel/definitions.ts';
import { execute } from '../../../../functions/kernel/execute.ts';
import { actorFrom } from '../../../../functions/kernel/identity.ts';
import { decodeCommit } from '../../../../functions/kernel/ledger.ts';
import endRound from '../../../../functions/proficiency/commands/close-round.ts';
import { importResults, openResults } from '../../../../infra/local/import/import-results.ts';
import { Report } from '../../../../infra/local/import/report.ts';
import { openSource } from '../../../../infra/local/import/source.ts';
import { loadDefinitions } from '../../../../infra/local/load-definitions.ts';
import { localKernel } from '../../../../infra/local/local-kernel.ts';
import { institutionAt, PROVINCE, registerInstitutions } from '../../../bench/made-register.ts';
import { PROVIDER } from '../../../bench/national-round.ts';
import { inGb18030 } from '../../../support/gb18030.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'import-results-'));
afterAll(() => rmSync(folder, { recursive: true }));

let definitions: Definitions;
beforeAll(async () => {
  definitions = await loadDefinitions();
});

const HEADER = '统一社会信用代码,鉴定项目,年度,结果,z比分数,报告日期';
const [A, B, C] = [institutionAt(0), institutionAt(1), institutionAt(2)];
const NEXT_YEAR = new Date().getFullYear() + 1;

let files = 0;
const fileOf = (content: string | Uint8Array): string => {
  files += 1;
  const file = join(folder, `${files}.csv`);
  writeFileSync(file, content);
  return file;
};

/** A province with three made institutions, each registered for the first three items. */
async function province() {
  const data = mkdtempSync(join(folder, 'data-'));
  const { kernel, project, close } = localKernel(data, PROVINCE, definitions);
  await registerInstitutions(kernel, { institutions: 3, items: 3 });
  const clerkOf = (agency: string) => {
    const actor = actorFrom({ agency, kind: 'provider', division: PROVINCE, person: 'import', roles: ['clerk'] }, kernel.keyRing);
    if ('refused' in actor) throw new Error(actor.detail);
    return actor;
  };
  const imported = async (content: string | Uint8Array, { provider = PROVIDER, history = false, dry = false } = {}) => {
    const report = new Report();
    await importResults(kernel, await openResults(await openSource(fileOf(content))), { actor: clerkOf(provider), history, dry }, report);
    return report.lines();
  };
  const closeRound = async (year: number, item: string) => {
    await execute(kernel, endRound, { year, item }, { actor: clerkOf(PROVIDER), receipt: `made-${year}-${item}` });
  };
  const commits = async () => (await kernel.ledger.feed(undefined, 1000)).records.map(decodeCommit).filter(({ stream }) => stream.startsWith('proficiency/'));
  return { data, kernel, project, close, imported, closeRound, commits };
}

const events = (commits: readonly { readonly events: readonly { readonly name: string }[] }[]) =>
  commits.flatMap((each) => each.events.map(({ name }) => name));

describe('an import of a round of results', () => {
  test('records each line as the provider’s clerk, opens each round once, and is safe to run twice (rule P-1)', async () => {
    const { kernel, project, close, imported, commits } = await province();
    const file = [
      HEADER,
      `${A},medicine-0101,2024,不满意,,2025/1/10`,
      `${A},medicine-0101,2025,不满意,,2025/12/1`,
      `${B},medicine-0101,2025,,0.4;-2.5,2025/12/1`,
      `"${C}",medicine-0102,2025,"缺席（有正当理由）",,`,
    ].join('\r\n');
    expect(await imported(file)).toEqual(['4 accepted, 0 imported before, 0 refused']);
    const written = await commits();
    expect(events(written).sort()).toEqual(
      [
        ...['ProficiencyRoundOpened', 'ProficiencyRoundOpened', 'ProficiencyRoundOpened'],
        ...['ProficiencyTestFailed', 'ProficiencyTestFailed', 'ProficiencyTestWarned', 'ProficiencyAbsenceRecorded', 'ConsecutiveFailureDetected'],
      ].sort(),
    );
    expect(new Set(written.map(({ actor }) => `${actor.agency} ${actor.kind} ${actor.roles}`))).toEqual(new Set([`${PROVIDER} provider clerk`]));
    expect(written.some(({ history }) => history)).toBe(false);
    await project();
    expect(await kernel.views.counter('proficiency/2025/medicine-0101/failed')).toBe(1);

    const again = [HEADER, `${B},medicine-0101, 2025 ,,"0.4； -2.50 ",2025-12-01`, `${A},medicine-0101,2025,合格,,2025/12/1`].join('\n');
    expect(await imported(again)).toEqual([expect.stringMatching(/^line 3: “年度”：该机构该项目该年度已有结果/), '0 accepted, 1 imported before, 1 refused']);
    expect(await imported(file)).toEqual(['0 accepted, 4 imported before, 0 refused']);
    expect(await commits()).toHaveLength(written.length);
    close();
  });

  test('as history is facts that cause nothing', async () => {
    const { kernel, close, imported, commits } = await province();
    const file = [HEADER, `${A},medicine-0101,2023,不满意,,2023-12-01`, `${A},medicine-0101,2024,不满意,,2024-12-01`].join('\n');
    expect(await imported(file, { history: true })).toEqual(['2 accepted, 0 imported before, 0 refused']);
    const written = await commits();
    expect(written.map(({ history, occurredOn }) => [history, occurredOn]).sort()).toEqual([
      [true, '2023-12-01'],
      [true, '2023-12-01'],
      [true, '2024-12-01'],
      [true, '2024-12-01'],
    ]);
    expect((await audit(kernel)).missing.filter(({ event }) => written.some(({ events: own }) => own.some(({ id }) => id === event)))).toEqual([]);
    close();
  });

  test('dry, tells what would become of each line and writes nothing', async () => {
    const { close, imported, commits } = await province();
    const file = [HEADER, `${A},medicine-0101,2025,满意,,`, `${A},medicine-0104,2025,满意,,`, `${B},medicine-0101,2025,虚构,,`].join('\n');
    const dry = await imported(file, { dry: true });
    expect(await commits()).toEqual([]);
    expect(dry.at(-1)).toBe('1 accepted, 0 imported before, 2 refused');
    expect(await imported(file)).toEqual(dry);
    expect(events(await commits())).toEqual(['ProficiencyRoundOpened', 'ProficiencyTestPassed']);
    close();
  });

  test('refuses line by line, takes the rest, and opens no round for what is refused', async () => {
    const { close, imported, closeRound, commits } = await province();
    await imported([HEADER, `${A},medicine-0103,2024,满意,,`].join('\n'));
    await closeRound(2024, 'medicine-0103');
    const before = (await commits()).length;
    const stranger = completeUscc('31360000MADE9999');
    const lines = [
      HEADER,
      `${A},medicine-0101,2025,满意,,`,
      `${A},medicine-0101,2025,不满意,,`,
      `"${B}",medicine-0101,2025,"=CMD(""虚构"")",,`,
      `${stranger},medicine-0102,2023,满意,,`,
      `${A},medicine-0501,2025,满意,,`,
      `${A},medicine-0102,${NEXT_YEAR},满意,,`,
      `${B},medicine-0103,2024,满意,,`,
      `${B},0101,2025,满意,,`,
      `${A},medicine-0102,2022,虚构,,`,
      `"${B}",medicine-0102,2025,"满意`,
      '',
      ',,,,,',
      `${B},medicine-0102,2025,满意,,`,
      `${C},medicine-0102,2025,满意,,2999-01-01`,
      `${C},medicine-0102,2025,,-1,`,
    ];
    const told = await imported(lines.join('\r\n'));
    expect(told.map((line) => /^line \d+/.exec(line)?.[0] ?? line)).toEqual([
      ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 16].map((line) => `line ${line}`),
      '2 accepted, 0 imported before, 11 refused',
    ]);
    const reason = (line: number) => told.find((each) => each.startsWith(`line ${line}: `));
    expect(reason(3)).toContain('与第 2 行重复');
    expect(reason(4)).toContain('“结果”：不接受公式');
    expect(reason(5)).toBe('line 5: “统一社会信用代码”：司法鉴定机构不存在');
    expect(reason(6)).toMatch(/“鉴定项目”：该机构没有登记该鉴定项目（.*第14条）/);
    expect(reason(7)).toMatch(/“年度”：能力验证年度不能晚于.*（.*第14条）/);
    expect(reason(8)).toMatch(/“年度”：该能力验证计划已结束.*（.*第14条）/);
    expect(reason(9)).toContain('medicine-0201');
    expect(reason(10)).toMatch(/“结果”：评价用语应为.*（.*第14条）/);
    expect(reason(11)).toContain('引号没有成对');
    expect(reason(15)).toContain('“报告日期”：发生日期不能晚于今天');
    expect(reason(16)).toContain('与第 15 行重复');
    expect(told.join('\n')).not.toContain('虚构');
    const written = (await commits()).slice(before);
    expect(written.map(({ stream }) => stream).sort()).toEqual([
      `proficiency/record/${A}/medicine-0101`,
      `proficiency/record/${B}/medicine-0102`,
      `proficiency/round/2025/medicine-0101/${PROVIDER}`,
      `proficiency/round/2025/medicine-0102/${PROVIDER}`,
    ]);
    close();
  });

  test.each([
    ['UTF-8 with its mark', (text: string) => Buffer.from(`\ufeff${text}`), inGb18030],
    ['UTF-8', (text: string) => Buffer.from(text), inGb18030],
    ['GB18030', inGb18030, (text: string) => Buffer.from(text)],
  ])('reads %s, and refuses the lines in another encoding by their number', async (_, own, other) => {
    const { close, imported } = await province();
    const file = Buffer.concat([
      own(`${HEADER}\r\n${A},medicine-0101,2025,满意,,\r\n`),
      other(`${B},medicine-0101,2025,满意,,\r\n`),
      own(`${C},medicine-0101,2025,缺席（有正当理由）,,`),
    ]);
    expect(await imported(file)).toEqual(['line 3: 编码与文件其他部分不一致', '2 accepted, 0 imported before, 1 refused']);
    close();
  });

  test('refuses a line of 10 MB in the middle, counts line breaks within quotes, and takes the rest', async () => {
    const { close, imported } = await province();
    const lines = [HEADER, `${A},medicine-0101,2025,满意,,`, `${B},medicine-0101,2025,${'长'.repeat(3_500_000)},,`, `"${B}\r\n",medicine-0101,2025,"\n通过",,`];
    expect(await imported([...lines, `${A},medicine-0101,2025,满意,,`].join('\n'))).toEqual([
      'line 3: 一条记录超过 64 KB',
      'line 7: 与第 2 行重复：同一机构、项目、年度只能有一个结果',
      '2 accepted, 0 imported before, 2 refused',
    ]);
    close();
  });

  test('keeps the order of the file within an institution and item, whatever is under way beside it', async () => {
    const { close, imported, commits } = await province();
    const years = Array.from({ length: 15 }, (_, at) => 2010 + at);
    const ofYear = (year: number) => [A, B, C].flatMap((uscc) => ['medicine-0101', 'medicine-0102'].map((item) => `${uscc},${item},${year},满意,,`));
    expect(await imported([HEADER, ...years.flatMap(ofYear)].join('\n'))).toEqual(['90 accepted, 0 imported before, 0 refused']);
    const own = (await commits()).filter(({ stream }) => stream === `proficiency/record/${B}/medicine-0102`);
    expect(own.map(({ events: [event] }) => event?.data.year)).toEqual(years);
    close();
  });
});

describe('npm run import -- proficiency', () => {
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['infra/local/import.ts', 'proficiency', ...args], { cwd: root, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  test('prints refusals and the sum, writes them to a file, and brings the views up', async () => {
    const { data, close } = await province();
    close();
    const file = fileOf([HEADER, `${A},medicine-0101,2025,满意,,`, `${B},medicine-0101,2025,虚构,,`].join('\n'));
    const refused = join(folder, 'refused.csv');
    const of = ['--provider', PROVIDER, '--data', data];
    const dry = run(file, ...of, '--dry-run');
    expect(dry).toMatchObject({ status: 1, stderr: '', stdout: expect.stringContaining('\n1 would be accepted, 0 imported before, 1 refused\n') });
    const first = run(file, ...of, '--report', refused);
    expect(first).toMatchObject({ status: 1, stderr: '', stdout: expect.stringMatching(/^line 3: “结果”：.*\n1 accepted, 0 imported before, 1 refused\n$/) });
    expect(readFileSync(refused, 'utf8')).toMatch(/^\ufeff行号,原因\r\n3,"“结果”：[^\n]*"\r\n$/);
    expect(run(file, ...of, '--report', refused)).toMatchObject({ status: 2, stderr: expect.stringContaining('EEXIST') });
    expect(run(fileOf([HEADER, `${A},medicine-0101,2025,满意,,`].join('\n')), ...of)).toMatchObject({
      status: 0,
      stdout: '0 accepted, 1 imported before, 0 refused\n',
    });
    const { kernel, close: end } = localKernel(data, PROVINCE, definitions);
    expect(await kernel.views.counter('proficiency/2025/medicine-0101/passed')).toBe(1);
    end();
  });

  test.each<readonly [string, () => string, string]>([
    ['a header that is another', () => fileOf('统一社会信用代码,鉴定项目,结果,联系人\n'), '表头不符合要求，不认识第4列；缺少的列：“年度”。应有的列'],
    ['an empty file', () => fileOf(''), '文件是空的'],
    ['a header alone', () => fileOf(`${HEADER}\r\n\r\n`), '文件只有表头'],
    ['a directory', () => folder, '不是一个文件'],
    ['UTF-16', () => fileOf(Buffer.from(`\ufeff${HEADER}`, 'utf16le')), 'UTF-16'],
    ['a workbook', () => fileOf(Buffer.from('PK\u0003\u0004虚构')), '.xlsx'],
    ['a binary file', () => fileOf(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2])), '不是文本'],
    ['bytes in no encoding', () => fileOf(Buffer.alloc(1000, 0xff)), '表头不符合要求'],
  ])('%s is refused as a whole, in one line', (_, file, words) => {
    const { status, stdout, stderr } = run(file(), '--provider', PROVIDER, '--data', join(folder, 'none'));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  test.each([
    ['no provider', ['x.csv'], '--provider ID'],
    ['a file that is not there', ['made-absent.csv', '--provider', PROVIDER], 'ENOENT'],
    ['a provider that can be none', [join(folder, '1.csv'), '--provider', '虚 构', '--data', join(folder, 'nobody')], '--provider'],
    ['a division that is none', [join(folder, '1.csv'), '--provider', PROVIDER, '--division', '36', '--data', join(folder, 'nobody')], '--division'],
  ])('%s is told with the usage', (_, args, words) => {
    const { status, stderr } = run(...args);
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining(words) });
    expect(stderr).toContain('npm run import -- proficiency');
  });
});
