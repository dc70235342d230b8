import { describe, expect, test } from 'vitest';
import type { NewEvent } from '../../events/event.ts';
import { orderPage } from '../../functions/proficiency/order-page.ts';
import { rectification } from '../../functions/proficiency/rectification.ts';
import { streamOf } from '../support/given.ts';
import { BUREAU, cancelled, DATES, drawnUp, INSTITUTION, numberKept, ordered, PLAN, RECTIFICATION } from './made.ts';

/** The order as its two sides read it, after these events. */
function orderAfter(...events: readonly NewEvent[]) {
  const stream = streamOf(rectification);
  stream.write(drawnUp);
  for (const event of events) stream.write(event);
  const rows = stream.rows().filter(({ listing }) => listing === 'proficiency/order');
  expect(rows.map(({ partition, sort }) => [partition, sort])).toEqual([
    [BUREAU, RECTIFICATION],
    [INSTITUTION, RECTIFICATION],
  ]);
  return rows[0]?.item as never;
}

describe('吉安方案第12项: the order to rectify as a document', () => {
  test('X12: says its number, both sides by their full names, the item, the two years, by which document, the three dates and its day', () => {
    const page = orderPage(orderAfter(ordered(), numberKept()));
    for (const told of [
      '<title>责令限期整改决定书 虚构司法局鉴改〔2026〕1号</title>',
      '<h1>虚构司法局<br>责令限期整改决定书</h1>',
      '<p class="number">虚构司法局鉴改〔2026〕1号</p>',
      '<p class="to">虚构鉴定所：</p>',
      '鉴定项目：法医临床鉴定（人体损伤程度鉴定）。',
      '认定情形：2024年度、2025年度连续两年能力验证不合格。',
      '处理依据：《吉安市关于深化司法鉴定管理体制改革的工作方案（征求意见稿）》第12项（解释口径：本省以虚构文件采用）。',
      '整改期限：至2026年6月8日届满。期限自2026年3月10日的次日起计算，计算所得末日为2026年6月6日，末日以前的最后工作日为2026年6月5日。',
      '虚构司法局\n2026年3月10日</p>',
    ])
      expect(page).toContain(told);
    expect(page).not.toMatch(/撤销|编制中|暂只按周末推算|行政处罚|复议|诉讼/);
  });

  test('X3: a date beyond the calendar says so', () => {
    expect(orderPage(orderAfter(ordered({ dates: { ...DATES, beyondCalendar: true } })))).toContain(
      '整改期限：至2026年6月8日（该日期超出已公布的放假安排，暂只按周末推算）届满。',
    );
  });

  test('X7: an order that was cancelled says so before all else, when and why', () => {
    expect(orderPage(orderAfter(ordered(), numberKept(), cancelled))).toContain(
      '<p class="to">虚构鉴定所：</p>\n<p>（本决定已于2026年3月20日撤销：能力验证结果更正后，连续两年不合格不再成立。）</p>\n<p>鉴定项目：',
    );
  });

  test('one that has no number yet says so, and calls both sides by their ids', () => {
    const page = orderPage(orderAfter(ordered()));
    expect(page).toContain('<title>责令限期整改决定书</title>');
    expect(page).toContain('（文号编制中）');
    expect(page).toContain(`<h1>${BUREAU}<br>`);
  });

  test('whatever a name or a reading says is text, and no page has a script', () => {
    const evil = '<script>alert(1)</script>&"';
    const page = orderPage(orderAfter(ordered({ basis: { ...PLAN, reading: evil } }), numberKept({ number: evil, issuedBy: evil, issuedTo: evil })));
    expect(page).not.toMatch(/<script|&"/);
    expect(page.match(/&lt;script&gt;alert\(1\)&lt;\/script&gt;&amp;&quot;/g)).toHaveLength(6);
  });
});
