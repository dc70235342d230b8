import { describe, expect, test } from 'vitest';
import { cite } from '../../events/documents.ts';
import type { AnyEventDefinition } from '../../events/event.ts';
import { itemTitle } from '../../events/items.ts';
import { RectificationOrdered } from '../../events/proficiency.ts';
import { CancellationDecided } from '../../events/registry.ts';
import { DecisionNumbered } from '../../events/sanctions.ts';
import type { HeardEvent } from '../../functions/kernel/reaction.ts';
import { type Notice, noticesOf } from '../../functions/notifications/line.ts';
import { routingTable } from '../../functions/notifications/routing-table.ts';
import { heard, id } from '../support/heard.ts';

const INSTITUTION = 'made-institution';
const BUREAU = 'made-justice';
const correction = { start: '2026-03-10', rawDue: '2026-03-31', legalDue: '2026-03-31', alertDue: '2026-03-31', beyondCalendar: false };
const plan = cite('jian-reform-plan', '第12项', '本省以虚构文件采用');
const ITEM = 'medicine-0201';
const REGISTRAR = 'made-province-bureau';
const MATTER = id('b2');
const toRectify = (dates = correction) => ({ kind: 'rectification' as const, failedYear: 2025, dates });
const decisionNumbered = (document: HeardEvent<typeof DecisionNumbered>['data']['document'], bureau: string, ...toTell: string[]) =>
  heard(DecisionNumbered, {
    of: id('d'),
    institution: INSTITUTION,
    bureau,
    matter: MATTER,
    item: ITEM,
    document,
    toTell,
    decidedOn: '2026-03-10',
    issuedBy: '虚构司法局',
    issuedTo: '虚构鉴定所',
    series: '虚构鉴改',
    year: 2026,
    ordinal: 7,
    number: '虚构鉴改〔2026〕7号',
    basis: plan,
  });

const notices = (event: HeardEvent<AnyEventDefinition>): readonly Notice[] => noticesOf(routingTable, event);
const only = (event: HeardEvent<AnyEventDefinition>): Notice => {
  const [first, ...rest] = notices(event);
  expect(rest).toEqual([]);
  if (!first) throw new Error('nobody is told');
  return first;
};

describe('X12: an order to rectify and a decision on striking off are served when they have their number', () => {
  test('given the decision itself, then nobody is told yet', () => {
    const of = { institution: INSTITUTION, item: ITEM, bureau: BUREAU, registrar: REGISTRAR, basis: plan };
    const decision = heard(CancellationDecided, { ...of, cancellation: MATTER, outcome: 'cancel', decidedOn: '2026-03-10' });
    const order = heard(RectificationOrdered, { ...of, rectification: MATTER, year: 2025, dates: correction, orderedOn: '2026-03-10' });
    expect([...notices(decision), ...notices(order)]).toEqual([]);
  });

  test('given an order to rectify, then the institution has it with its number, to sign for; the registrar is told too, not to sign', () => {
    const particulars = {
      文号: '虚构鉴改〔2026〕7号',
      整改编号: MATTER,
      鉴定机构: INSTITUTION,
      鉴定项目: itemTitle(ITEM),
      年度: '2024、2025',
      决定日期: '2026-03-10',
      整改期限: '2026-03-31',
      最后工作日: '2026-03-31',
    };
    const told = { sender: BUREAU, withheld: [], particulars, basis: plan };
    expect(notices(decisionNumbered(toRectify(), BUREAU, REGISTRAR))).toEqual([
      { ...told, recipient: INSTITUTION, purpose: '责令限期整改，请按期提交整改情况和证据', mustSign: true },
      { ...told, recipient: REGISTRAR, purpose: '已责令鉴定机构限期整改', mustSign: false },
    ]);
  });

  test('X3: given a date beyond the calendar, then it comes with a warning', () => {
    expect(only(decisionNumbered(toRectify({ ...correction, beyondCalendar: true }), BUREAU)).particulars.日期提示).toContain('暂只按周末推算');
  });

  test.each([
    ['cancel', '注销相应鉴定业务'],
    ['keep', '不予注销'],
  ] as const)('given the decision “%s”, then the institution has it from the registrar, to sign for; the bureau is told too, not to sign', (outcome, words) => {
    const told = {
      sender: REGISTRAR,
      purpose: '对注销申请已作出决定，请查看决定结果',
      withheld: ['陈述申辩内容'],
      particulars: {
        文号: '虚构鉴改〔2026〕7号',
        注销编号: MATTER,
        鉴定机构: INSTITUTION,
        鉴定项目: itemTitle(ITEM),
        决定结果: words,
        决定日期: '2026-03-10',
      },
      basis: plan,
    };
    expect(notices(decisionNumbered({ kind: 'cancellation', outcome }, REGISTRAR, BUREAU))).toEqual([
      { ...told, recipient: INSTITUTION, mustSign: true },
      { ...told, recipient: BUREAU, mustSign: false },
    ]);
  });

  test('given that who issued it is whom it would be copied to, then the institution alone is told', () => {
    expect(only(decisionNumbered({ kind: 'cancellation', outcome: 'keep' }, REGISTRAR)).recipient).toBe(INSTITUTION);
  });
});
