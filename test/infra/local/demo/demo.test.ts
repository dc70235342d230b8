import { beforeAll, describe, expect, test } from 'vitest';
import type { Act, Answers } from '../../../../infra/local/demo/act.ts';
import { desks, ITEM } from '../../../../infra/local/demo/cast.ts';
import { columns, widthOf } from '../../../../infra/local/demo/columns.ts';
import type { DemoHost } from '../../../../infra/local/demo/host.ts';
import { play } from '../../../../infra/local/demo/play.ts';
import { report } from '../../../../infra/local/demo/report.ts';
import { setting } from '../../../../infra/local/demo/setting.ts';
import { story } from '../../../../infra/local/demo/story.ts';
import { testedYears } from '../../../../infra/local/demo/tested-years.ts';
import { type InProcessHost, inProcessHost, memoryStores } from '../../../support/in-process-host.ts';

const hostOf = (made: InProcessHost): DemoHost => ({
  request: (each) => made.api.request(each),
  token: made.token,
  settle: made.settle,
  forward: async (days) => {
    await made.setClock(new Date(made.province.kernel.clock.now() + days * 86_400_000).toISOString());
    await made.sweep();
  },
});

async function demo(day: string) {
  const stores = memoryStores();
  const made = await inProcessHost('360000', stores, `${day}T02:00:00.000Z`);
  const host = hostOf(made);
  const told: string[] = [];
  const before = await play(host, setting);
  const answers = await play(host, story, { before, tell: (line) => told.push(line) });
  return { stores, made, host, told, before, answers, printed: await report(host, answers) };
}

/** A part of the printed text, from its heading to the next. */
const part = (printed: string, heading: string): string => new RegExp(`^${heading}、[\\s\\S]*?(?=^[一二三四五]、|$(?![\\s\\S]))`, 'm').exec(printed)?.[0] ?? '';
const ofAgency = (text: string, name: string): string => new RegExp(`^${name}（[\\s\\S]*?(?=^\\S|$(?![\\s\\S]))`, 'm').exec(text)?.[0] ?? '';

type Told = readonly [count: number, purpose: string, article: string, withheld: string];
/** What each agency receives in both rounds (收到的通知): how often, why, by which article, what it is not told. */
const NOTICES: Readonly<Record<string, readonly Told[]>> = {
  虚构司法鉴定所: [
    [2, '送达行政处理决定，请按期改正', '第十一条第（二）项', '报告人身份、具体情况、责任人姓名'],
    [2, '送达行政处理决定，请按期改正', '第十一条第（一）项', '报告人身份、具体情况、责任人姓名'],
    [2, '改正情况已核实', '第十一条', '报告人身份、具体情况、责任人姓名'],
  ],
  虚构市司法局: [[2, '收到对干预司法鉴定活动情况的直接报告，请按第八条处理', '第五条、第六条', '报告人身份、具体情况、干预人']],
  虚构市某区人民法院: [
    [2, '告知本案鉴定活动受到他人干预的情况', '第八条第（一）项、第八条第二款', '报告人身份、具体情况、干预人、依法另行通报的情况（如有）'],
    [1, '干预情况报告已办结', '第八条', '报告人身份、具体情况、干预人、办理结果、依法另行通报的情况（如有）'],
  ],
  虚构市中级人民法院: [[2, '通报所属单位或者其工作人员干预鉴定的情况', '第八条第（三）项', '报告人身份、具体情况、干预人']],
};

describe.each(['2026-03-09', '2026-11-24', '2026-12-31', '2027-05-18'])('the demo, played on %s', (day) => {
  let played: Awaited<ReturnType<typeof demo>>;
  beforeAll(async () => {
    played = await demo(day);
  });

  test.each(desks.map(({ name }) => name))('prints what %s received: purpose, article, what was withheld, and no more', (name) => {
    const own = ofAgency(part(played.printed, '一'), name);
    const told = [...own.matchAll(/^ {2}事由 +(.*)$[\s\S]*?^ {2}依据 +司办通〔2020〕56号 (.*)$[\s\S]*?^ {2}未告知 +(.*)$/gm)].map(([, ...line]) =>
      line.join(' | '),
    );
    const expected = (NOTICES[name] ?? []).flatMap(([count, ...line]) => Array.from({ length: count }, () => line.join(' | ')));
    expect(told.toSorted()).toEqual(expected.toSorted());
    expect(own.startsWith(`${name}（${expected.length} 项）`)).toBe(true);
  });

  test('ends with every consequence in its place: second steps in the orders, every finding in the file that it belongs in', () => {
    expect(part(played.printed, '三').match(/记录不如实 +司法鉴定人 +司办通〔2020〕56号 第十一条第（一）项 +\S+ +有效/g)).toHaveLength(2);
    expect(part(played.printed, '三').match(/授意不记录或者不报告 +鉴定机构负责人 +司办通〔2020〕56号 第十一条第（二）项 +\S+ +有效/g)).toHaveLength(2);
    for (const subject of ['司法鉴定人', '鉴定机构负责人']) {
      const orders = part(played.printed, '四');
      expect(orders).toMatch(new RegExp(`^ {2}${subject} +责令改正、记入诚信档案 +\\S+ +已改正$`, 'm'));
      expect(orders).toMatch(new RegExp(`^ {2}${subject} +责令改正、记入诚信档案、训诫、通报批评 +\\S+ +待改正$`, 'm'));
    }
  });

  test('prints the deadlines and the trace to its last step', () => {
    expect(ofAgency(part(played.printed, '二'), '虚构司法鉴定所')).toMatch(/按行政处理决定改正 .*第十一条 .*截止 \d{4}-\d\d-\d\d .*法定期限/);
    const trace = part(played.printed, '五');
    for (const { title } of story) expect(trace).toContain(`\n  ${title}\n`);
    for (const step of [
      new RegExp(`^ {4}干预司法鉴定活动已报告 +身份不予显示 +${day} 10:00 +司办通〔2020〕56号 第五条、第六条$`, 'm'),
      new RegExp(`^ {4}干预情况已按第八条处理 +承办人员 +${day} 10:00 +司办通〔2020〕56号 第八条第（一）项、第八条第（三）项、第八条第二款$`, 'm'),
      new RegExp(`^ {6}已记入诚信档案 +系统自动办理 +${day} 10:00 +司办通〔2020〕56号 第十一条第（二）项$`, 'm'),
    ])
      expect(trace).toMatch(step);
  });

  test('says of dates beyond the published holidays that they are to be computed again', () => {
    expect(played.printed.includes('超出已公布的放假安排')).toBe(day >= '2026-07');
  });

  test('names no person: who acts, who reports, who interferes, by name, number or pseudonym', () => {
    const acts = [...setting, ...story];
    const persons = [...new Set([...acts, ...desks].map(({ as }) => as.person))];
    const pseudonyms = persons.map((person) => played.made.province.kernel.keyRing.pseudonym('person', person));
    const text = [played.printed, ...played.told].join('\n');
    expect(persons.length).toBeGreaterThan(6);
    for (const hidden of [...persons, ...pseudonyms, '虚构书记员孙某', '虚构负责人钱某', '孙某', '钱某', '虚构鉴定人', '评高一级', '虚构通话录音']) {
      expect(text).not.toContain(hidden);
    }
  });
});

describe('played again', () => {
  test('on another day, the setting answers as it did at first and nothing is written', async () => {
    const stores = memoryStores();
    const made = await inProcessHost('360000', stores, '2026-03-09T02:00:00.000Z');
    const before = await play(hostOf(made), setting);
    const written = JSON.stringify([stores.ledger.stream(0, 10_000), stores.ledger.allReceipts()]);
    await made.setClock('2026-03-11T01:00:00.000Z');
    const again = await play(hostOf(made), setting);
    for (const { name } of setting) expect(again(name)).toEqual(before(name));
    expect(JSON.stringify([stores.ledger.stream(0, 10_000), stores.ledger.allReceipts()]) === written).toBe(true);
  });

  test('after it was cut off, it goes on where it was', async () => {
    const made = await inProcessHost('360000');
    const host = hostOf(made);
    await play(host, setting.slice(0, 7));
    const before = await play(host, setting);
    expect(await report(host, await play(host, story, { before }))).toContain('记录不如实');
  });
});

describe('the setting', () => {
  test('leaves something to look at, and nothing of the story', async () => {
    const made = await inProcessHost('360000');
    await play(hostOf(made), setting);
    const head = desks.find(({ as }) => as.kind === 'institution')?.as;
    const ask = async (path: string) =>
      (await made.api.request({ method: 'GET', path, headers: { authorization: `Bearer ${await made.token(head ?? ({} as never))}` } })).body.items;
    expect(await ask('/v1/interference/records')).toMatchObject([{ signed: 2 }]);
    expect(await ask('/v1/interference/reports')).toEqual([]);
    expect(await ask('/v1/notifications/inbox')).toEqual([]);
  });

  test('with the tested years, leaves a history to look at and an order to decide', async () => {
    const made = await inProcessHost('360000');
    await play(hostOf(made), [...setting, ...testedYears]);
    const ask = async (as: (typeof desks)[number]['as'] | undefined, path: string, query = '') =>
      (await made.api.request({ method: 'GET', path, query, headers: { authorization: `Bearer ${await made.token(as ?? ({} as never))}` } })).body;
    const bureau = desks.find(({ name }) => name === '虚构市司法局')?.as;
    const head = desks.find(({ as }) => as.kind === 'institution')?.as;
    expect((await ask(bureau, '/v1/proficiency/rectifications')).items).toMatchObject([{ years: [2022, 2023], status: 'drawn-up', binding: true }]);
    expect((await ask(head, '/v1/proficiency/rectifications')).items).toEqual([]);
    const history = await ask(head, '/v1/proficiency/history', `institution=${head?.agency}&item=${ITEM}`);
    expect(history.years.map(({ test: { word } }: { test: { word: string } }) => word)).toEqual(['合格', '有问题', '不合格', '不合格']);
  });

  test('is made up, and every act has a name of its own', () => {
    const acts = [...setting, ...testedYears, ...story];
    expect(new Set(acts.map(({ name }) => name)).size).toBe(acts.length);
    for (const { name } of desks) expect(name).toMatch(/^虚构/);
    for (const { as } of [...acts, ...desks]) expect(as.person).toMatch(/^(made-|MADE-)/);
    for (const { command, body } of setting) {
      if (command === 'commissions/open-case') expect(body).toMatchObject({ case: expect.stringContaining('虚构') });
      else if (command !== 'interference/sign-row') expect(body).toMatchObject({ name: expect.stringMatching(/^虚构/) });
    }
  });
});

describe('an act that is refused', () => {
  const [first] = setting as [Act, ...Act[]];

  test('stops the story with the act and the reason', async () => {
    const host = hostOf(await inProcessHost('360000'));
    const told: string[] = [];
    const orphan = { ...first, name: 'orphan', title: '虚构的一步', body: { ...first.body, id: 'demo-orphan', superior: 'demo-nobody' } };
    await expect(play(host, [first, orphan, { ...first, name: 'never' }], { tell: (line) => told.push(line) })).rejects.toThrow(
      /^第 2 步“虚构的一步”（agencies\/register-agency）未被接受：422 unknown_superior 上级机关或者主管单位不在名录中；\/superior .*；依据 司办通〔2020〕56号 第八条/,
    );
    expect(told).toEqual([` 1. ${first.title}`, ' 2. 虚构的一步']);
  });

  test('with a key that was used for something else too, such as by a story of another version', async () => {
    const host = hostOf(await inProcessHost('360000'));
    await play(host, [first]);
    await expect(play(host, [{ ...first, body: { ...first.body, name: '虚构另一单位' } }])).rejects.toThrow(/409 idempotency_key_reused/);
  });

  test('what rests on an act that was not played says on which', async () => {
    const host = hostOf(await inProcessHost('360000'));
    await expect(play(host, [story[8] as Act])).rejects.toThrow('“appraiser-2”尚未办理');
  });
});

test('what the asker may not see ends the report with the query’s name, never half printed', async () => {
  const { host, answers } = await demo('2026-03-09');
  const unknown: Answers = (name) => (name === 'route' ? { ...answers(name), correlationId: '0'.repeat(32) } : answers(name));
  await expect(report(host, unknown)).rejects.toThrow(/^查询 \/v1\/trace\/0{32} 没有得到答复：404 not_found/);
});

describe('columns', () => {
  test.each<[string, number]>([
    ['', 0],
    ['abc', 3],
    ['依据', 4],
    ['第（三）项', 10],
    ['〔2020〕56号', 12],
    ['“是”', 4],
    ['𠮷', 2],
    ['a：b', 4],
  ])('%j takes %i cells', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  test('begin in the same cell whatever is left of them, and leave nothing behind the last', () => {
    const lines = columns(
      [
        ['依据', 'x', '一'],
        ['abcde', '第八条', ''],
      ],
      '  ',
    );
    expect(lines).toEqual(['  依据   x       一', '  abcde  第八条']);
    expect(columns([])).toEqual([]);
  });
});
