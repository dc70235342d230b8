import { describe, expect, test } from 'vitest';
import { inProcessHost } from '../support/in-process-host.ts';
import { difference } from './difference.ts';
import { parseScenario } from './parse-scenario.ts';
import { runScenario } from './run-scenario.ts';
import { steps } from './steps/index.ts';

const HEAD = '标题: 虚构\n依据: 虚构\n省份: 江西省\n步骤:\n';
const GIVEN = `${HEAD}  - 假如: 名录中登入下列单位
    时间: 2026-03-09 09:00
    单位: [吉安市司法局, 吉安市吉州区人民法院]
`;
const run = (text: string) => runScenario('made.yaml', text, { makeHost: (province) => inProcessHost(province) });
const parse = (text: string) => () => parseScenario('made.yaml', text, steps);

describe('a scenario that is told wrongly says where, before anything happens', () => {
  test('an unknown step: its line, and the nearest known sentence', () => {
    expect(parse(`${HEAD}  - 假如: 名录里登入下列单位\n`)).toThrow('made.yaml:5: 不认识的步骤“名录里登入下列单位”，最接近的是“名录中登入下列单位”');
  });
  test('a parameter that is missing, of another type or unknown: its line and its name', () => {
    expect(parse(`${HEAD}  - 假如: 名录中登入下列单位\n`)).toThrow(/made\.yaml:5: 单位：/);
    expect(parse(`${HEAD}  - 假如: 名录中登入下列单位\n    单位: 吉安市司法局\n`)).toThrow(/made\.yaml:6: 单位：/);
    expect(parse(`${HEAD}  - 假如: 名录中登入下列单位\n    单位: []\n    虚构项: 1\n`)).toThrow(/made\.yaml:5: .*虚构项/);
  });
  test('a time that is none', () => {
    expect(parse(`${HEAD}  - 当: 系统巡查期限\n    时间: 2026-13-01 09:00\n`)).toThrow('made.yaml:6: 时间：没有这一时间');
  });
  test('a check where an act belongs, and the other way round', () => {
    expect(parse(`${HEAD}  - 当: 不予办理\n    状态: 422\n    代码: x\n`)).toThrow('made.yaml:5: “不予办理”是核对');
    expect(parse(`${HEAD}  - 那么: 系统巡查期限\n`)).toThrow('made.yaml:5: “系统巡查期限”是办理');
  });
  test('an unknown word in the heading, and YAML that is none', () => {
    expect(parse(HEAD.replace('江西省', '虚构省'))).toThrow('made.yaml:3: 省份：');
    expect(parse('a: [')).toThrow(/^made\.yaml: /);
  });
});

describe('a scenario that does not go as it is told', () => {
  test('an unknown name: the step, its line, and the nearest known one', async () => {
    await expect(run(`${GIVEN}  - 那么: 吉安市吉洲区人民法院的收件箱没有通知\n`)).rejects.toThrow(
      /made\.yaml:8 第 2 步：那么吉安市吉洲区人民法院的收件箱没有通知\n没有名为“吉安市吉洲区人民法院”的单位，最接近的是“吉安市吉州区人民法院”/,
    );
  });
  test('a refusal that nobody awaited: what was refused, and why', async () => {
    await expect(run(`${GIVEN}  - 当: 虚构所在360802登记\n    代码: 31360800MADE000000\n  - 那么: 吉安市司法局的收件箱没有通知\n`)).rejects.toThrow(
      /第 2 步.*\n应当办成，却没有办成：400 invalid_body；.*\/uscc/,
    );
  });
  test('another finding than expected: both, and the difference', async () => {
    await expect(run(`${GIVEN}  - 那么: 吉安市司法局的报告一览恰有下列各项\n    报告:\n      - { 报告: 甲, 案件: 乙, 状态: 已处理 }\n`)).rejects.toThrow(
      /第 2 步[\s\S]*应为：\n {2}- 报告: 甲[\s\S]*实为：\n {2}\[\]\n差异（- 应为，\+ 实为）：\n/,
    );
  });
  test('an awaited refusal that does not come', async () => {
    await expect(run(`${GIVEN}  - 当: 虚构所在360802登记\n  - 那么: 不予办理\n    状态: 422\n    代码: x\n`)).rejects.toThrow(
      /第 3 步：那么不予办理[\s\S]*实为：\n {2}状态: 201/,
    );
  });
});

test('a difference tells the lines of either side and leaves the common ones', () => {
  expect(difference({ a: 1, b: 2, d: 4 }, { a: 1, b: 3, c: 5, d: 4 })).toBe('  a: 1\n- b: 2\n+ b: 3\n+ c: 5\n  d: 4');
  expect(difference(['甲'], [])).toBe('- - 甲\n+ []');
});
