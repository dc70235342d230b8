import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../events/catalogue.ts';
import { DeadlineApproaching, type DeadlineKind, DeadlinePassed, deadlineKind } from '../../events/deadlines.ts';
import { cite } from '../../events/documents.ts';
import type { AnyEventDefinition } from '../../events/event.ts';
import {
  CircularAddressed,
  ImportantMatterReported,
  InterferenceReported,
  ProtectionDecided,
  ProtectionSought,
  ReportClosed,
  ReportForwarded,
  ReportReclassified,
  ReportRouted,
  ReportWithdrawn,
  RowsAskedFor,
  routingAct,
} from '../../events/interference.ts';
import { NoticeEscalated, NoticeReplied } from '../../events/notifications.ts';
import { CorrectionVerified, DocumentNumbered } from '../../events/sanctions.ts';
import type { HeardEvent } from '../../functions/kernel/reaction.ts';
import { isLine, type Notice, noticesOf } from '../../functions/notifications/line.ts';
import sendNotices from '../../functions/notifications/reactions/send-notices.ts';
import { ALWAYS_WITHHELD, routingTable } from '../../functions/notifications/routing-table.ts';
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
const numbered = (change: Partial<HeardEvent<typeof DocumentNumbered>['data']> = {}) =>
  heard(DocumentNumbered, {
    finding: FINDING,
    of: id('d'),
    institution: INSTITUTION,
    bureau: BUREAU,
    document: { kind: 'order', subject: { kind: 'appraiser', id: PERSON }, correction },
    measures: ['order-to-correct', 'integrity-entry'],
    decidedOn: '2026-03-10',
    issuedBy: '虚构司法局',
    issuedTo: '虚构鉴定所',
    series: '虚构鉴处',
    year: 2026,
    ordinal: 7,
    number: '虚构鉴处〔2026〕7号',
    basis: article('第十一条第（一）项'),
    ...change,
  });
const SOURCES: Readonly<Partial<Record<DeadlineKind, string>>> = {
  correct: `sanctions/order/${FINDING}`,
  rectify: `proficiency/rectification/${FINDING}`,
  'verify-rectification': `proficiency/rectification/${FINDING}`,
};
const sourceOf = (kind: DeadlineKind) => SOURCES[kind] ?? `interference/report/${REPORT}`;
const passed = (kind: DeadlineKind, nature: 'alert' | 'legal', beyondCalendar = false, overseer?: string) =>
  heard(DeadlinePassed, {
    source: sourceOf(kind),
    kind,
    holder: INSTITUTION,
    legalDue: '2026-03-09',
    beyondCalendar,
    nature,
    ...(overseer === undefined ? {} : { overseer }),
    basis: article('第六条'),
  });
const approaching = (nature: 'alert' | 'legal' | undefined, occurredOn = '2026-09-30') =>
  heard(
    DeadlineApproaching,
    {
      source: sourceOf('correct'),
      kind: 'correct',
      holder: INSTITUTION,
      legalDue: '2026-10-08',
      beyondCalendar: false,
      ...(nature === undefined ? {} : { nature, basis: article('第十一条') }),
    },
    { occurredOn },
  );
const withdrawn = (to: 'institution' | 'bureau') => heard(ReportWithdrawn, { ...about, to, withdrawnOn: '2026-03-11', basis: article('第五条') });
const closed = (...toTell: string[]) => heard(ReportClosed, { ...about, toTell, closedOn: '2026-05-06', basis: article('第八条') });
const reclassified = (...acts: Act[]) => heard(ReportReclassified, { ...about, acts, reclassifiedOn: '2026-04-01', basis: article('第八条') });
const escalated = (superior: string | null, sender = BUREAU) =>
  heard(NoticeEscalated, {
    about: id('a1'),
    recipient: COURT,
    sender,
    superior,
    sentOn: '2026-09-30',
    escalatedOn: '2026-10-14',
    basis: article('第八条', '口径'),
  });
const replied = heard(NoticeReplied, {
  about: id('a1'),
  event: 'ReportRouted',
  recipient: COURT,
  sender: BUREAU,
  repliedOn: '2026-10-12',
  basis: article('第八条'),
});
const protection = { matter: id('b1'), kind: 'retaliation' as const, institution: INSTITUTION, receiver: BUREAU, basis: article('第九条') };
const sought = heard(ProtectionSought, { ...protection, soughtOn: '2026-03-10' });
const decided = (transferredTo: string | null) =>
  heard(ProtectionDecided, { ...protection, outcome: transferredTo ? 'transferred' : 'substantiated', transferredTo, decidedOn: '2026-03-12' });

const notices = (event: HeardEvent<AnyEventDefinition>): readonly Notice[] => noticesOf(routingTable, event);
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

describe('第十一条, X12: who is told of measures, when their document has its number', () => {
  test('given measures with a correction, then the institution is told them, the role and the date, not the person', () => {
    const told = only(numbered());
    expect(told).toMatchObject({ recipient: INSTITUTION, sender: BUREAU, mustSign: true, purpose: '送达行政处理决定，请按期改正' });
    expect(told.particulars).toEqual({
      文号: '虚构鉴处〔2026〕7号',
      认定编号: FINDING,
      责任主体: '司法鉴定人',
      处理措施: '责令改正、记入诚信档案',
      改正期限: '2026-03-31',
    });
    expect(JSON.stringify(told)).not.toContain(PERSON);
  });

  test('given no order to correct, then no date is told', () => {
    const document = { kind: 'order' as const, subject: { kind: 'institution' as const, id: INSTITUTION, role: 'head' as const }, correction };
    const told = only(numbered({ measures: ['admonition', 'circular-criticism'], document }));
    expect(told.particulars).toEqual({ 文号: '虚构鉴处〔2026〕7号', 认定编号: FINDING, 责任主体: '鉴定机构负责人', 处理措施: '训诫、通报批评' });
    expect(told.purpose).toBe('送达行政处理决定');
  });

  test('X3: given a date beyond the calendar, then the date comes with a warning', () => {
    const document = { kind: 'order' as const, subject: { kind: 'appraiser' as const, id: PERSON }, correction: { ...correction, beyondCalendar: true } };
    expect(only(numbered({ document })).particulars.日期提示).toContain('暂只按周末推算');
  });

  test('given revoked measures, then the institution is told which, on the day of the fact', () => {
    const told = only(
      numbered({
        document: { kind: 'revocation' },
        measures: ['admonition'],
        decidedOn: '2026-04-01',
        number: '虚构鉴撤〔2026〕1号',
        basis: article('第十一条'),
      }),
    );
    expect(told).toMatchObject({
      recipient: INSTITUTION,
      mustSign: true,
      particulars: { 文号: '虚构鉴撤〔2026〕1号', 认定编号: FINDING, 撤销措施: '训诫', 撤销日期: '2026-04-01' },
    });
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

  test.each(['sign-for-notice', 'remind-of-notice', 'escalate-notice'] as const)('given that “%s” has passed, then no further notice is sent by it', (kind) => {
    expect(notices(passed(kind, 'alert'))).toEqual([]);
  });

  test('X9: given an order not corrected in time, then the bureau that ordered it is told too, with the finding’s number', () => {
    const [holder, overseer, ...rest] = notices(passed('correct', 'legal', false, BUREAU));
    expect(rest).toEqual([]);
    expect(holder).toMatchObject({ recipient: INSTITUTION, particulars: { 认定编号: FINDING } });
    expect(overseer).toEqual({
      recipient: BUREAU,
      sender: 'system',
      purpose: '责令改正的期限已过，请核实改正情况',
      withheld: ['报告人身份', '具体情况', '责任人姓名'],
      particulars: {
        期限事项: '按行政处理决定改正',
        认定编号: FINDING,
        截止日期: '2026-03-09',
        承办单位: INSTITUTION,
        性质: '提醒，是否违规由承办人员认定',
      },
      mustSign: false,
      basis: article('第六条'),
    });
  });

  test('given an alert, then nobody oversees it', () => {
    expect(notices(passed('forward-report', 'alert', false, BUREAU)).map(({ recipient }) => recipient)).toEqual([INSTITUTION]);
  });

  test('X3: given a date beyond the calendar, then the date comes with a warning', () => {
    expect(only(passed('correct', 'legal', true)).particulars.日期提示).toContain('暂只按周末推算');
    expect(only(passed('correct', 'legal')).particulars).not.toHaveProperty('日期提示');
  });
});

describe('X2: who is told that a deadline approaches', () => {
  test('given a legal deadline, then its holder is reminded of the day', () => {
    expect(only(approaching('legal'))).toMatchObject({
      recipient: INSTITUTION,
      sender: 'system',
      purpose: '提醒：期限将至，请按期办理',
      particulars: { 期限事项: '按行政处理决定改正', 认定编号: FINDING, 截止日期: '2026-10-08' },
      mustSign: false,
    });
  });

  test.each<['alert' | 'legal' | undefined, string]>([
    ['alert', '2026-09-30'],
    [undefined, '2026-09-30'],
    ['legal', '2026-10-09'],
  ])('given %s, said on %s, then nobody: an alert waits, and what has passed approaches no more', (nature, day) => {
    expect(notices(approaching(nature, day))).toEqual([]);
  });

  test('given the legal day itself, then it still approaches', () => {
    expect(notices(approaching('legal', '2026-10-08'))).toHaveLength(1);
  });
});

describe('第五条: who is told that a report is withdrawn', () => {
  const told = (to: 'institution' | 'bureau') => notices(withdrawn(to)).map(({ recipient }) => recipient);

  test('given a direct one, then the bureau and never the institution', () => {
    expect(told('bureau')).toEqual([BUREAU]);
    expect(only(withdrawn('bureau'))).toMatchObject({ sender: 'system', particulars: { 报告编号: REPORT, 撤回日期: '2026-03-11' }, mustSign: false });
  });

  test('given one made to the institution, then the institution alone', () => {
    expect(told('institution')).toEqual([INSTITUTION]);
  });
});

describe('第八条: who is told of what comes after routing', () => {
  test('given a report classified anew, then each further act’s recipient, as when it was routed; given no further act, then nobody', () => {
    const acts = [act('inform-superior', 'made-high-court', '第八条第（三）项'), act('identify', BUREAU)];
    const [told, ...rest] = notices(reclassified(...acts));
    expect(rest).toEqual([]);
    expect(told).toMatchObject({ recipient: 'made-high-court', mustSign: true, particulars: { 案件编号: about.case, 重新认定日期: '2026-04-01' } });
    expect(notices(reclassified())).toEqual([]);
  });

  test('第七条: given a party member among the insiders, then the institution is told by both acts in one, without the case', () => {
    const told = only(routed(act('return-to-institution', INSTITUTION, '第六条'), act('party-discipline', INSTITUTION, '第七条第二款')));
    expect(told.purpose).toBe('请依章程处理本机构内部人员干预鉴定的情况；请党组织依规依纪处理本机构党员干预鉴定的情况');
    expect(JSON.stringify(told)).not.toContain(about.case);
  });

  test('given a report that is closed, then whoever was to act is told so, the bureau not by itself, nobody twice, and of no outcome', () => {
    const told = notices(closed(COURT, BUREAU, 'made-high-court', COURT));
    expect(told.map(({ recipient }) => recipient)).toEqual([COURT, 'made-high-court']);
    for (const each of told) {
      expect(each).toMatchObject({ purpose: '干预情况报告已办结', sender: BUREAU, mustSign: false });
      expect(each.particulars).toEqual({ 案件编号: about.case, 鉴定机构: INSTITUTION, 办结日期: '2026-05-06' });
      expect(each.withheld).toEqual(['报告人身份', '具体情况', '干预人', '办理结果', '依法另行通报的情况（如有）']);
    }
  });

  test('第十条: given that the institution is among them, then it is not told the case, and that it is not', () => {
    const told = only(closed(INSTITUTION));
    expect(told.withheld).toContain('案件编号');
    expect(JSON.stringify(told)).not.toContain(about.case);
  });
});

describe('第四条、第九条、第十一条: who else is told', () => {
  test('given rows that are missing, then the institution is told how many, not whose', () => {
    const asked = heard(RowsAskedFor, {
      case: about.case,
      institution: INSTITUTION,
      bureau: BUREAU,
      missing: [PERSON, id('abd')],
      concludedOn: '2026-03-10',
      basis: article('第四条'),
    });
    const told = only(asked);
    expect(told).toMatchObject({ recipient: INSTITUTION, sender: 'system', particulars: { 案件编号: about.case, 未签署人数: '2人', 结案日期: '2026-03-10' } });
    expect(JSON.stringify(told)).not.toContain(PERSON);
  });

  test('given a request for protection, then the agency that received it, never who asked', () => {
    expect(only(sought)).toMatchObject({
      recipient: BUREAU,
      sender: 'system',
      purpose: '收到保护请求，请依法处理',
      particulars: { 请求编号: id('b1'), 请求事由: '打击报复' },
    });
    expect(only(sought).withheld).toContain('请求人身份');
  });

  test('given a suspected crime, then the organ it is transferred to, which is to sign; given another decision, then nobody', () => {
    expect(only(decided('made-police'))).toMatchObject({ recipient: 'made-police', sender: BUREAU, purpose: '移送涉嫌犯罪线索，请依法处理', mustSign: true });
    expect(notices(decided(null))).toEqual([]);
  });

  test('given a verified correction, then the institution', () => {
    const verified = heard(CorrectionVerified, {
      finding: FINDING,
      institution: INSTITUTION,
      bureau: BUREAU,
      verifiedOn: '2026-04-02',
      basis: article('第十一条'),
    });
    expect(only(verified)).toMatchObject({
      recipient: INSTITUTION,
      sender: BUREAU,
      purpose: '改正情况已核实',
      particulars: { 认定编号: FINDING, 核实日期: '2026-04-02' },
    });
  });
});

describe('第八条 (reading): who is told of a notice that nobody signs for, or that was replied to', () => {
  test('given a superior, then it learns whose notice which agency has not signed since when, and nothing of what it was about', () => {
    const [superior, sender, ...rest] = notices(escalated('made-high-court'));
    expect(rest).toEqual([]);
    expect(superior).toEqual({
      recipient: 'made-high-court',
      sender: 'system',
      purpose: '下级单位有一件通知逾期未签收，请督促',
      withheld: ['通知的事由、依据和内容', '报告人身份', '具体情况', '干预人', '案件编号'],
      particulars: { 收件单位: COURT, 发出单位: BUREAU, 送达日期: '2026-09-30', 未签收截至: '2026-10-14' },
      mustSign: false,
      basis: article('第八条', '口径'),
    });
    expect(JSON.stringify(superior)).not.toContain(id('a1'));
    expect(sender).toMatchObject({
      recipient: BUREAU,
      purpose: '所发通知逾期未签收，已告知其上级',
      particulars: { 收件单位: COURT, 通知编号: id('a1') },
      mustSign: false,
    });
  });

  test.each([null, BUREAU])('given %s as superior, then the sender alone is told, and by one notice', (superior) => {
    expect(only(escalated(superior))).toMatchObject({ recipient: BUREAU, purpose: '所发通知逾期未签收，请督促' });
  });

  test('given a notice of the system’s, then there is no sender to tell', () => {
    expect(notices(escalated('made-high-court', 'system')).map(({ recipient }) => recipient)).toEqual(['made-high-court']);
    expect(notices(escalated(null, 'system'))).toEqual([]);
  });

  test('given a reply, then the sender is told who replied to which notice, not what', () => {
    expect(only(replied)).toMatchObject({
      recipient: BUREAU,
      sender: COURT,
      purpose: '收到对通知的答复',
      particulars: { 答复单位: COURT, 通知编号: id('a1') },
    });
    expect(only(replied).withheld).toContain('答复内容');
  });
});

describe('第十条: every notice', () => {
  const anyAct = fc.record({
    act: fc.constantFrom(...routingAct.shape.act.options),
    recipient: fc.constantFrom(BUREAU, COURT, INSTITUTION, 'made-other-justice', 'made-discipline'),
    basis: fc.constantFrom(article('第八条第（一）项'), article('第八条第（四）项'), article('第八条第二款', '口径')),
  });
  const anyEvent: fc.Arbitrary<HeardEvent<AnyEventDefinition>> = fc.oneof(
    fc.constantFrom<HeardEvent<AnyEventDefinition>>(reported('bureau'), reported('institution'), forwarded, numbered()),
    fc.array(anyAct, { minLength: 1, maxLength: 20 }).map((acts) => routed(...acts)),
    fc.array(anyAct, { maxLength: 20 }).map((acts) => reclassified(...acts)),
    fc.array(fc.constantFrom(BUREAU, COURT, INSTITUTION), { maxLength: 20 }).map((toTell) => closed(...toTell)),
    fc
      .tuple(fc.constantFrom(...deadlineKind.options), fc.constantFrom('alert', 'legal'), fc.option(fc.constant(BUREAU), { nil: undefined }))
      .map(([kind, nature, overseer]) => passed(kind, nature, false, overseer)),
    fc.tuple(fc.constantFrom(null, BUREAU, 'made-high-court'), fc.constantFrom(BUREAU, 'system')).map(([superior, sender]) => escalated(superior, sender)),
    fc.constantFrom('institution', 'bureau').map((to) => withdrawn(to)),
    fc.constantFrom<HeardEvent<AnyEventDefinition>>(replied, sought, decided('made-police'), decided(null), approaching('legal')),
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

  test('is made for the events that the reaction hears, each once, and for no other', () => {
    expect(sendNotices.hears).toEqual([...new Set(routingTable.filter(isLine).map(({ event }) => event))]);
    expect(sendNotices.hears).toEqual(
      expect.arrayContaining([InterferenceReported, ReportForwarded, ReportRouted, DocumentNumbered, DeadlinePassed, NoticeEscalated]),
    );
  });
});

describe('the table', () => {
  const CONTEXTS = ['agencies', 'interference', 'sanctions', 'deadlines', 'deliveries', 'notifications', 'proficiency', 'registry'];

  test('has a line for every event of these contexts, or says why nobody is told', () => {
    const known = new Set(routingTable.map(({ event }) => event));
    const forgotten = catalogue.filter((event) => CONTEXTS.includes(event.context) && !known.has(event));
    expect(forgotten.map(({ name }) => name)).toEqual([]);
    expect([...known].filter((event) => !CONTEXTS.includes(event.context))).toEqual([]);
  });

  test('says when, wherever an event stands in it twice', () => {
    for (const rows of Map.groupBy(routingTable, ({ event }) => event).values())
      if (rows.length > 1) for (const { event, when } of rows) expect(when, event.name).toBeDefined();
  });

  test('lets nothing be signed for that follows from nobody having signed: nothing escalates for ever', () => {
    for (const row of routingTable) if (isLine(row) && ['deadlines', 'notifications'].includes(row.event.context)) expect(row.mustSign).toBe(false);
  });
});
