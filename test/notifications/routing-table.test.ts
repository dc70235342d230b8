import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DeadlinePassed, deadlineKind } from '../../events/deadlines.ts';
import { cite } from '../../events/documents.ts';
import type { AnyEventDefinition } from '../../events/event.ts';
import { CircularAddressed, ImportantMatterReported, InterferenceReported, ReportForwarded, ReportRouted, routingAct } from '../../events/interference.ts';
import { MeasuresIssued, MeasuresRevoked } from '../../events/sanctions.ts';
import type { HeardEvent } from '../../functions/kernel/reaction.ts';
import sendNotices from '../../functions/notifications/reactions/send-notices.ts';
import { ALWAYS_WITHHELD, type Notice, routingTable } from '../../functions/notifications/routing-table.ts';
import { heard, id } from '../support/heard.ts';

const REPORT = id('1');
const FINDING = id('f');
const PERSON = id('abc');
const INSTITUTION = 'made-institution';
const BUREAU = 'made-justice';
const COURT = 'made-court';
const article = (text: string, reading?: string) => cite('interference-provisions', text, reading);

const about = { report: REPORT, case: '〔2026〕虚构临鉴字第7号', institution: INSTITUTION, bureau: BUREAU };
const commissioner = { kind: 'organ' as const, agency: COURT };
const reported = (to: 'institution' | 'bureau') =>
  heard(InterferenceReported, { ...about, commissioner, to, reportedOn: '2026-03-09', basis: article('第五条第二款') });
const forwarded = heard(ReportForwarded, { ...about, commissioner, forwardedOn: '2026-03-10', basis: article('第六条') });
type Act = HeardEvent<typeof ReportRouted>['data']['acts'][number];
const routed = (...acts: Act[]) => heard(ReportRouted, { ...about, acts, routedOn: '2026-03-10' });
const act = (name: Act['act'], recipient: string, text = '第八条第（五）项', reading?: string): Act => ({
  act: name,
  recipient,
  basis: article(text, reading),
});
const correction = { start: '2026-03-10', rawDue: '2026-03-31', legalDue: '2026-03-31', alertDue: '2026-03-31', beyondCalendar: false };
const issued = (change: Partial<HeardEvent<typeof MeasuresIssued>['data']> = {}) =>
  heard(MeasuresIssued, {
    finding: FINDING,
    subject: { kind: 'appraiser' as const, id: PERSON },
    institution: INSTITUTION,
    bureau: BUREAU,
    breach: 'did-not-record' as const,
    acts: 1,
    measures: ['order-to-correct' as const, 'integrity-entry' as const],
    correction,
    basis: article('第十一条第（一）项'),
    ...change,
  });
const passed = (kind: 'forward-report' | 'route-report' | 'sign-for-notice' | 'correct', nature: 'alert' | 'legal', beyondCalendar = false) =>
  heard(DeadlinePassed, {
    source: `interference/report/${REPORT}`,
    kind,
    holder: INSTITUTION,
    legalDue: '2026-03-09',
    beyondCalendar,
    nature,
    basis: article('第六条'),
  });

const notices = (event: HeardEvent<AnyEventDefinition>): readonly Notice[] =>
  routingTable.filter((row) => row.event.name === event.name).flatMap((row) => row.notices(event));
const only = (event: HeardEvent<AnyEventDefinition>): Notice => {
  const [first, ...rest] = notices(event);
  expect(rest).toEqual([]);
  if (!first) throw new Error('nobody is told');
  return first;
};

describe('第五条、第六条: who is told that interference was reported', () => {
  test('given a report to the institution, then nobody is told: it was told directly', () => {
    expect(notices(reported('institution'))).toEqual([]);
  });

  test('given a direct report, then the bureau alone is told, by no named sender', () => {
    expect(only(reported('bureau'))).toEqual({
      recipient: BUREAU,
      sender: 'system',
      purpose: '收到对干预司法鉴定活动情况的直接报告，请按第八条处理',
      withheld: ['报告人身份', '具体情况', '干预人'],
      particulars: { 案件编号: about.case, 鉴定机构: INSTITUTION, 报告编号: REPORT, 报告日期: '2026-03-09' },
      mustSign: false,
      basis: article('第五条第二款'),
    });
  });

  test('given a forwarded report, then the bureau is told by the institution', () => {
    expect(only(forwarded)).toMatchObject({
      recipient: BUREAU,
      sender: INSTITUTION,
      mustSign: false,
      particulars: { 报告日期: '2026-03-10' },
      basis: article('第六条'),
    });
  });
});

describe('第八条: who is told of a routed report', () => {
  test('given acts towards two agencies, then each has one notice that names its own acts alone', () => {
    const told = notices(routed(act('handle', 'made-other-justice', '第八条第（二）项'), act('tell-commissioner', COURT, '第八条第（二）项、第八条第二款')));
    expect(told.map(({ recipient, particulars, mustSign, sender }) => ({ recipient, particulars, mustSign, sender }))).toEqual([
      {
        recipient: 'made-other-justice',
        sender: BUREAU,
        mustSign: true,
        particulars: { 案件编号: about.case, 鉴定机构: INSTITUTION, 依法处理: '第八条第（二）项', 处理日期: '2026-03-10' },
      },
      {
        recipient: COURT,
        sender: BUREAU,
        mustSign: true,
        particulars: { 案件编号: about.case, 鉴定机构: INSTITUTION, 告知委托人: '第八条第（二）项、第八条第二款', 处理日期: '2026-03-10' },
      },
    ]);
  });

  test('given two acts towards one agency, then they are one notice with both, both purposes and both readings', () => {
    const told = only(
      routed(act('inform-superior', 'made-high-court', '第八条第（三）项', '甲'), act('tell-commissioner', 'made-high-court', '第八条第（五）项', '乙')),
    );
    expect(told.particulars).toMatchObject({ 通报上级机关或者主管单位: '第八条第（三）项', 告知委托人: '第八条第（五）项' });
    expect(told.purpose).toBe('通报所属单位或者其工作人员干预鉴定的情况；告知本案鉴定活动受到他人干预的情况');
    expect(told.basis).toEqual(article('第八条第（三）项、第八条第（五）项', '甲；乙'));
  });

  test('given one act, then its own basis stands in the notice', () => {
    expect(only(routed(act('handle', 'made-other-justice', '第八条第（二）项'))).basis).toEqual(article('第八条第（二）项'));
  });

  test.each(['investigate', 'handle'] as const)('given that the bureau is to %s itself, then it writes to itself no notice', (name) => {
    expect(notices(routed(act(name, BUREAU)))).toEqual([]);
  });

  test('given any notice to the commissioner, then it says that what is dealt with elsewhere is withheld, if there is any', () => {
    expect(only(routed(act('tell-commissioner', COURT))).withheld).toContain('依法另行通报的情况（如有）');
  });

  test('第六条: given an ordinary insider returned to the institution, then it is told without the case, which would name its appraisers', () => {
    const told = only(routed(act('return-to-institution', INSTITUTION, '第六条')));
    expect(told).toMatchObject({ recipient: INSTITUTION, withheld: ['报告人身份', '具体情况', '干预人', '案件编号'] });
    expect(JSON.stringify(told)).not.toContain(about.case);
    const both = only(routed(act('return-to-institution', INSTITUTION), act('inform-superior', INSTITUTION)));
    expect(JSON.stringify(both)).not.toContain(about.case);
  });
});

describe('第十一条: who is told of measures', () => {
  test('given measures with a correction, then the institution is told them, the role and the date, not the person', () => {
    const told = only(issued());
    expect(told).toMatchObject({ recipient: INSTITUTION, sender: BUREAU, mustSign: true, purpose: '送达行政处理决定，请按期改正' });
    expect(told.particulars).toEqual({ 认定编号: FINDING, 责任主体: '司法鉴定人', 处理措施: '责令改正、记入诚信档案', 改正期限: '2026-03-31' });
    expect(JSON.stringify(told)).not.toContain(PERSON);
  });

  test('given no order to correct, then no date is told', () => {
    const told = only(issued({ measures: ['admonition', 'circular-criticism'], subject: { kind: 'institution', id: INSTITUTION, role: 'head' } }));
    expect(told.particulars).toEqual({ 认定编号: FINDING, 责任主体: '鉴定机构负责人', 处理措施: '训诫、通报批评' });
    expect(told.purpose).toBe('送达行政处理决定');
  });

  test('X3: given a date beyond the calendar, then the date comes with a warning', () => {
    expect(only(issued({ correction: { ...correction, beyondCalendar: true } })).particulars.日期提示).toContain('暂只按周末推算');
  });

  test('given revoked measures, then the institution is told which, on the day of the fact', () => {
    const told = only(
      heard(
        MeasuresRevoked,
        { finding: FINDING, institution: INSTITUTION, bureau: BUREAU, measures: ['admonition'], because: FINDING, basis: article('第十一条') },
        { occurredOn: '2026-04-01' },
      ),
    );
    expect(told).toMatchObject({ recipient: INSTITUTION, mustSign: true, particulars: { 认定编号: FINDING, 撤销措施: '训诫', 撤销日期: '2026-04-01' } });
  });
});

describe('印发通知第二段: who is told of a circular and of an important matter', () => {
  test('given a circular, then each institution that it names is told where to find it, and no figure', () => {
    const addressed = heard(CircularAddressed, {
      circular: FINDING,
      bureau: BUREAU,
      from: '2026-01',
      to: '2026-03',
      institutions: [INSTITUTION, 'made-other-institution'],
      issuedOn: '2026-04-01',
      basis: article('印发通知第二段'),
    });
    expect(notices(addressed).map(({ recipient }) => recipient)).toEqual([INSTITUTION, 'made-other-institution']);
    for (const told of notices(addressed)) {
      expect(told).toMatchObject({ sender: BUREAU, mustSign: false });
      expect(told.particulars).toEqual({ 通报编号: FINDING, 起始月份: '2026-01', 截止月份: '2026-03', 印发日期: '2026-04-01' });
    }
  });

  test('given an important matter, then the superior alone is told, with the number by which it may open the report', () => {
    const upward = heard(ImportantMatterReported, { ...about, superior: 'made-province', reportedOn: '2026-03-10', basis: article('印发通知第二段') });
    expect(only(upward)).toMatchObject({
      recipient: 'made-province',
      sender: BUREAU,
      mustSign: true,
      withheld: ['报告人身份', '具体情况', '干预人'],
      particulars: { 报告编号: REPORT, 请示日期: '2026-03-10' },
    });
  });
});

describe('X4: who is told that a deadline has passed', () => {
  test('given an alert, then the holder has a service alert that finds no breach', () => {
    expect(only(passed('forward-report', 'alert'))).toMatchObject({
      recipient: INSTITUTION,
      sender: 'system',
      mustSign: false,
      particulars: { 截止日期: '2026-03-09', 性质: '服务提醒，不作违规认定' },
    });
  });

  test('X9: given a legal deadline, then the holder is reminded and the officer decides', () => {
    expect(only(passed('correct', 'legal')).particulars.性质).toBe('提醒，是否违规由承办人员认定');
  });

  test('given a notice not signed for, then no further notice is sent', () => {
    expect(notices(passed('sign-for-notice', 'alert'))).toEqual([]);
  });

  test('X3: given a date beyond the calendar, then the date comes with a warning', () => {
    expect(only(passed('correct', 'legal', true)).particulars.日期提示).toContain('暂只按周末推算');
    expect(only(passed('correct', 'legal')).particulars).not.toHaveProperty('日期提示');
  });
});

describe('第十条: every notice', () => {
  const anyAct = fc.record({
    act: fc.constantFrom(...routingAct.shape.act.options),
    recipient: fc.constantFrom(BUREAU, COURT, INSTITUTION, 'made-other-justice', 'made-discipline'),
    basis: fc.constantFrom(article('第八条第（一）项'), article('第八条第（四）项'), article('第八条第二款', '口径')),
  });
  const anyEvent: fc.Arbitrary<HeardEvent<AnyEventDefinition>> = fc.oneof(
    fc.constantFrom<HeardEvent<AnyEventDefinition>>(reported('bureau'), reported('institution'), forwarded, issued()),
    fc.array(anyAct, { minLength: 1, maxLength: 20 }).map((acts) => routed(...acts)),
    fc.constantFrom(...deadlineKind.options).map((kind) => passed(kind, 'alert')),
  );

  test('says what it withholds, and always who reported and what happened (X6, I-7)', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        for (const { withheld, purpose } of notices(event)) {
          expect(withheld).toEqual(expect.arrayContaining([...ALWAYS_WITHHELD]));
          expect(new Set(withheld).size).toBe(withheld.length);
          expect(purpose).not.toBe('');
        }
      }),
    );
  });

  test('gives a report’s number to nobody but the bureau that has it, and a person’s to nobody', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        for (const each of notices(event)) {
          const text = JSON.stringify(each);
          if (each.recipient !== BUREAU) expect(text).not.toContain(REPORT);
          expect(text).not.toContain(PERSON);
        }
      }),
    );
  });

  test('goes to each recipient once for an event, and is one that can be sent', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const inputs = sendNotices.targets(event).map((input) => sendNotices.command.input.parse(input) as { recipient: string; about: string; event: string });
        expect(new Set(inputs.map(({ recipient }) => recipient)).size).toBe(inputs.length);
        expect(inputs.length).toBe(notices(event).length);
        for (const { about: told, event: name } of inputs) expect([told, name]).toEqual([event.id, event.name]);
      }),
    );
  });

  test('is made for the events that the reaction hears, and for no other', () => {
    expect(sendNotices.hears).toEqual([
      InterferenceReported,
      ReportForwarded,
      ReportRouted,
      MeasuresIssued,
      MeasuresRevoked,
      CircularAddressed,
      ImportantMatterReported,
      DeadlinePassed,
    ]);
  });
});
