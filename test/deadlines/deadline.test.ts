import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DeadlineClosed } from '../../events/deadlines.ts';
import { cite } from '../../events/documents.ts';
import type { NewEvent } from '../../events/event.ts';
import { BreachFound, FindingWithdrawn, WithdrawnFact } from '../../events/sanctions.ts';
import lookAtDeadline from '../../functions/deadlines/commands/look-at-deadline.ts';
import { deadline, placeOf, SHARDS } from '../../functions/deadlines/deadline.ts';
import closeOn from '../../functions/deadlines/reactions/close-deadlines.ts';
import openOn from '../../functions/deadlines/reactions/open-deadlines.ts';
import { groundOf } from '../../functions/deadlines/source.ts';
import { terms } from '../../functions/deadlines/terms.ts';
import { chineseCalendar } from '../../functions/kernel/calendar.ts';
import type { HeardEvent } from '../../functions/kernel/reaction.ts';
import { NAMED_WITHDRAWN, subjectLadder } from '../../functions/sanctions/subject.ts';
import { fact, given, streamOf, type TestStream } from '../support/given.ts';
import { id } from '../support/heard.ts';
import {
  askedFor,
  BUREAU,
  COURT,
  completed,
  correction,
  dealtWith,
  forwarded,
  INSTITUTION,
  issued,
  MEASURES,
  NOTICE,
  noticeState,
  orderState,
  RECORD,
  REPORT,
  recordState,
  closed as reportClosed,
  reported,
  reportState,
  revoked,
  routed,
  sent,
  signed,
  verified,
  withdrawn,
} from './made.ts';

const targets = (reaction: typeof openOn, event: HeardEvent) => reaction.targets(event).map((input) => reaction.command.input.parse(input));
/** The one deadline that an event begins or closes; of the three of a notice, that of signing. */
const only = (reaction: typeof openOn, event: HeardEvent, of?: string) => {
  const all = targets(reaction, event) as { kind: string }[];
  const found = all.length === 1 ? all : all.filter(({ kind }) => kind === (of ?? 'sign-for-notice'));
  expect(found).toHaveLength(1);
  return found[0] as { source: string; kind: string; holder: string };
};
const source = (state: unknown, ground?: unknown) => ({ facts: { source: fact(state) }, more: { ground: fact(ground) } });
const opened = (event: HeardEvent, of?: string) => {
  const stream = streamOf(deadline);
  stream.decide(openOn.command, only(openOn, event, of), { occurredOn: event.occurredOn });
  return stream.events()[0]?.data;
};
const due = (start: string, day: string) => ({ start, rawDue: day, legalDue: day, alertDue: day, beyondCalendar: false });

describe('X4: which deadline begins with which event, whose, by when', () => {
  test.each<[string, HeardEvent, object]>([
    [
      '第六条: a report to the institution: it has one working day to pass it on, an alert only',
      reported('institution'),
      {
        kind: 'forward-report',
        source: REPORT,
        holder: INSTITUTION,
        nature: 'alert',
        dates: due('2026-03-10', '2026-03-11'),
        metBy: ['ReportForwarded', 'InsiderDealtWith'],
      },
    ],
    [
      '第八条: a direct report: the bureau has three working days to route it, an alert only',
      reported('bureau'),
      { kind: 'route-report', source: REPORT, holder: BUREAU, nature: 'alert', dates: due('2026-03-10', '2026-03-13'), metBy: ['ReportRouted'] },
    ],
    [
      '第八条: a forwarded report: the same from the day it was forwarded',
      forwarded(),
      { kind: 'route-report', source: REPORT, holder: BUREAU, nature: 'alert', dates: due('2026-03-11', '2026-03-16') },
    ],
    [
      'a notice that is to be signed for: the recipient has three working days, an alert only',
      sent(),
      {
        kind: 'sign-for-notice',
        source: NOTICE,
        holder: COURT,
        nature: 'alert',
        dates: due('2026-03-10', '2026-03-13'),
        term: { workdays: 3 },
        metBy: ['NoticeSignedFor'],
      },
    ],
    [
      '第十一条: an order to correct: the institution has the dates of the decision, a legal deadline',
      issued(),
      {
        kind: 'correct',
        source: MEASURES,
        holder: INSTITUTION,
        overseer: BUREAU,
        nature: 'legal',
        dates: correction,
        term: null,
        metBy: ['CorrectionVerified'],
      },
    ],
    [
      '第四条: rows that are asked for: the institution has three working days from the conclusion to see them signed, an alert only',
      askedFor(),
      { kind: 'sign-rows', source: RECORD, holder: INSTITUTION, nature: 'alert', dates: due('2026-03-10', '2026-03-13'), metBy: ['RecordCompleted'] },
    ],
  ])('%s', (_, event, expected) => {
    expect(opened(event)).toMatchObject({ ...expected, calendar: chineseCalendar.version });
  });

  test('X3: given a report on the day before 国庆 2026, then the holidays do not count and the made-up Saturday does', () => {
    expect(opened(reported('institution', '2026-09-30'))?.dates).toEqual(due('2026-09-30', '2026-10-08'));
    expect(opened(reported('bureau', '2026-09-30'))?.dates).toEqual(due('2026-09-30', '2026-10-10'));
    expect(opened(askedFor('2026-09-30'))?.dates).toEqual(due('2026-09-30', '2026-10-10'));
  });

  test.each<[string, number, string, string]>([
    ['remind-of-notice', 2, '2026-03-12', '2026-10-09'],
    ['sign-for-notice', 3, '2026-03-13', '2026-10-10'],
    ['escalate-notice', 5, '2026-03-17', '2026-10-13'],
  ])(
    '第八条 (reading): of a notice that is to be signed for also %s, %i working days from the day sent, over 国庆 2026 and its made-up Saturday',
    (kind, workdays, day, after) => {
      expect(opened(sent(), kind)).toMatchObject({ kind, source: NOTICE, holder: COURT, nature: 'alert', dates: due('2026-03-10', day), term: { workdays } });
      expect(opened(sent(true, '2026-09-30'), kind)?.dates).toEqual(due('2026-09-30', after));
      expect(opened(sent(), kind)).toMatchObject({ basis: { article: '第八条', reading: expect.stringContaining('不作违规认定') } });
    },
  );

  test('a notice begins these three and no other', () => {
    expect((targets(openOn, sent()) as { kind: string }[]).map(({ kind }) => kind)).toEqual(['sign-for-notice', 'remind-of-notice', 'escalate-notice']);
  });

  test.each<[string, HeardEvent]>([
    ['a notice that need not be signed for', sent(false)],
    ['measures without an order to correct', issued(['admonition'])],
  ])('given %s, then no deadline begins', (_, event) => {
    expect(targets(openOn, event)).toEqual([]);
  });

  test('given a source that other events reached first, then the deadline is the same', () => {
    expect(opened({ ...issued(), version: 2 })).toEqual(opened(issued()));
  });

  test('given a deadline, when its event comes again, then nothing follows', () => {
    const stream = streamOf(deadline);
    stream.decide(openOn.command, only(openOn, issued()));
    expect(stream.decide(openOn.command, only(openOn, issued()))).toEqual([]);
  });
});

describe('what closes a deadline', () => {
  test.each<[string, HeardEvent, object]>([
    ['a forwarded report meets the institution’s', forwarded(), { kind: 'forward-report', source: REPORT, holder: INSTITUTION, how: 'met' }],
    ['a routed report meets the bureau’s', routed, { kind: 'route-report', source: REPORT, holder: BUREAU, how: 'met' }],
    ['a signature meets the recipient’s', signed(), { kind: 'sign-for-notice', source: NOTICE, holder: COURT, how: 'met' }],
    ['a verified correction meets the order’s', verified, { kind: 'correct', source: MEASURES, holder: INSTITUTION, how: 'met' }],
    ['the last row meets the one for rows', completed, { kind: 'sign-rows', source: RECORD, holder: INSTITUTION, how: 'met' }],
    ['revoked measures cancel it', revoked(), { kind: 'correct', source: MEASURES, holder: INSTITUTION, how: 'cancelled' }],
    [
      '第六条: an insider dealt with, nothing remaining, meets it too',
      dealtWith(),
      { kind: 'forward-report', source: REPORT, holder: INSTITUTION, how: 'met' },
    ],
  ])('%s', (_, event, expected) => {
    expect(only(closeOn, event)).toEqual({ ...expected, by: event.name });
  });

  test('第六条: an insider dealt with where an outsider interfered too meets nothing: the report is still to be forwarded', () => {
    expect(targets(closeOn, dealtWith('forward'))).toEqual([]);
  });

  test('a signature meets all three of a notice', () => {
    expect(targets(closeOn, signed())).toMatchObject(
      ['sign-for-notice', 'remind-of-notice', 'escalate-notice'].map((kind) => ({ kind, holder: COURT, how: 'met' })),
    );
  });

  test('a withdrawn report cancels what the institution, and the bureau, had to do; one made straight to the bureau was never the institution’s', () => {
    const cancels = (event: HeardEvent) =>
      (targets(closeOn, event) as { kind: string; holder: string; how: string }[]).map(({ kind, holder, how }) => [kind, holder, how]);
    expect(cancels(withdrawn('institution'))).toEqual([
      ['forward-report', INSTITUTION, 'cancelled'],
      ['route-report', BUREAU, 'cancelled'],
    ]);
    expect(cancels(withdrawn('bureau'))).toEqual([['route-report', BUREAU, 'cancelled']]);
  });

  test('given a signature that was not asked for, then no deadline is closed', () => {
    expect(targets(closeOn, signed(false))).toEqual([]);
  });

  test('given measures of which the order to correct still stands, then nothing is cancelled', () => {
    expect(targets(closeOn, revoked(['admonition', 'circular-criticism']))).toEqual([]);
  });

  test.each<[string, keyof typeof terms, object, string | undefined]>([
    ['a report at the institution', 'forward-report', reportState(reported('institution')), undefined],
    ['a report forwarded', 'forward-report', reportState(reported('institution'), forwarded()), 'met'],
    ['a report routed', 'forward-report', reportState(reported('institution'), forwarded(), routed), 'met'],
    ['a report whose insider was dealt with', 'forward-report', reportState(reported('institution'), dealtWith()), 'met'],
    ['a report whose outsider remains', 'forward-report', reportState(reported('institution'), dealtWith('forward')), undefined],
    ['a report withdrawn at the institution', 'forward-report', reportState(reported('institution'), withdrawn('institution')), 'cancelled'],
    ['a report forwarded, then withdrawn', 'forward-report', reportState(reported('institution'), forwarded(), withdrawn('institution')), 'met'],
    ['a report forwarded, routed, closed', 'forward-report', reportState(reported('institution'), forwarded(), routed, reportClosed), 'met'],
    ['a direct report, which is none of the institution’s', 'forward-report', reportState(reported('bureau'), routed), undefined],
    ['a direct report withdrawn', 'forward-report', reportState(reported('bureau'), withdrawn('bureau')), undefined],
    ['a report withdrawn that never reached the bureau', 'route-report', reportState(reported('institution'), withdrawn('institution')), undefined],
    ['a direct report withdrawn', 'route-report', reportState(reported('bureau'), withdrawn('bureau')), 'cancelled'],
    ['a report forwarded, then withdrawn', 'route-report', reportState(reported('institution'), forwarded(), withdrawn('institution')), 'cancelled'],
    ['a report closed', 'route-report', reportState(reported('bureau'), routed, reportClosed), 'met'],
    ['a report at the bureau', 'route-report', reportState(reported('bureau')), undefined],
    ['a report routed', 'route-report', reportState(reported('bureau'), routed), 'met'],
    ['a notice not signed for', 'sign-for-notice', noticeState(sent()), undefined],
    ['a notice signed for', 'sign-for-notice', noticeState(sent(), signed()), 'met'],
    ['a notice not signed for', 'escalate-notice', noticeState(sent()), undefined],
    ['a notice signed for', 'escalate-notice', noticeState(sent(), signed()), 'met'],
    ['a notice signed for', 'remind-of-notice', noticeState(sent(), signed()), 'met'],
    ['a record that nothing is asked of', 'sign-rows', recordState(), undefined],
    ['a record that lacks a row', 'sign-rows', recordState(askedFor()), undefined],
    ['a record completed', 'sign-rows', recordState(askedFor(), completed), 'met'],
    ['an order', 'correct', orderState(issued()), undefined],
    ['an order corrected', 'correct', orderState(issued(), verified), 'met'],
    ['an order revoked', 'correct', orderState(issued(), revoked()), 'cancelled'],
    ['an order of which the second step is revoked', 'correct', orderState(issued(), revoked(['admonition', 'circular-criticism'])), undefined],
    ['an order corrected, then revoked', 'correct', orderState(issued(), verified, revoked()), 'met'],
  ])('by its source: %s closes “%s”: %#', (_, kind, state, how) => {
    const { fact: read, closed } = terms[kind].source;
    expect(closed(read.schema.parse(state))).toBe(how);
  });

  test('by its source: what is not there closes nothing', () => {
    for (const { source: of } of Object.values(terms)) expect(of.closed(undefined)).toBeUndefined();
  });

  test('given an order corrected, then revoked, then it is the correction that closes the deadline, also when the revocation is heard first', () => {
    const both = source(orderState(issued(), verified, revoked()));
    given(deadline).when(closeOn.command, only(closeOn, revoked()), both).thenNothing();
    given(deadline)
      .when(closeOn.command, only(closeOn, verified), both)
      .thenEvents(DeadlineClosed.of({ source: MEASURES, kind: 'correct', holder: INSTITUTION, how: 'met' }));
  });

  test('第六条: given a report forwarded and its insider dealt with, then it is the forwarding that closes the deadline, whichever is heard first', () => {
    const both = source(reportState(reported('institution'), forwarded(), dealtWith()));
    given(deadline).when(closeOn.command, only(closeOn, dealtWith()), both).thenNothing();
    given(deadline)
      .when(closeOn.command, only(closeOn, forwarded()), both)
      .thenEvents(DeadlineClosed.of({ source: REPORT, kind: 'forward-report', holder: INSTITUTION, how: 'met' }));
  });

  test('given a report forwarded, then withdrawn, then the withdrawal closes the bureau’s deadline and not the institution’s', () => {
    const both = source(reportState(reported('institution'), forwarded(), withdrawn('institution')));
    const [institutions, bureaus] = targets(closeOn, withdrawn('institution'));
    given(deadline).when(closeOn.command, institutions, both).thenNothing();
    given(deadline)
      .when(closeOn.command, bureaus, both)
      .thenEvents(DeadlineClosed.of({ source: REPORT, kind: 'route-report', holder: BUREAU, how: 'cancelled' }));
  });

  test('given a closed deadline, when its closing comes again, then nothing follows', () => {
    const closed = DeadlineClosed.of({ source: MEASURES, kind: 'correct', holder: INSTITUTION, how: 'met' });
    given(deadline, closed)
      .when(closeOn.command, only(closeOn, verified), source(orderState(issued(), verified)))
      .thenNothing();
  });

  test('the source is read where the deadline says, and guarded where it is only looked at', () => {
    const context = { actor: { agency: '', kind: 'court' as const, division: '', person: '', roles: [] }, pseudonym: () => '', callId: '', province: '310000' };
    const input = { source: NOTICE, kind: 'sign-for-notice' as const, holder: COURT, how: 'met' as const, by: 'NoticeSignedFor' };
    const read = { key: [id('e'), COURT], fact: { aggregate: 'notifications/notice' } };
    expect(lookAtDeadline.facts?.(input, context)).toMatchObject({ source: { ...read, guarded: true } });
    expect(closeOn.command.facts?.(input, context)).toMatchObject({ source: { ...read, guarded: false } });
  });

  test('given a closing heard before the opening, then it is kept, and the opening is written too', () => {
    const stream = streamOf(deadline, [REPORT, 'forward-report']);
    stream.decide(closeOn.command, only(closeOn, forwarded()), source(reportState(reported('institution'), forwarded())));
    expect(stream.rows()).toEqual([]);
    stream.decide(openOn.command, only(openOn, reported('institution')));
    expect(stream.events().map(({ name }) => name)).toEqual(['DeadlineClosed', 'DeadlineOpened']);
    expect(stream.rows()).toEqual([]);
  });

  test('the holder who is told by a closing event is the one who was told by the opening one', () => {
    for (const [begins, closes] of [
      [reported('institution'), forwarded()],
      [reported('institution'), dealtWith()],
      [reported('bureau'), routed],
      [reported('bureau'), withdrawn('bureau')],
      [sent(), signed()],
      [askedFor(), completed],
      [issued(), verified],
      [issued(), revoked()],
    ] as const) {
      const { source: of, kind, holder } = only(openOn, begins);
      expect(only(closeOn, closes)).toMatchObject({ source: of, kind, holder });
    }
  });
});

describe('X7: an order whose finding is withdrawn, and which has not heard so', () => {
  const counted = { finding: id('f'), subject: { kind: 'appraiser', id: id('a') }, institution: INSTITUTION, bureau: BUREAU, acts: 1 } as const;
  const found = (finding: string, breach: 'did-not-record' | 'leaked' = 'did-not-record') =>
    BreachFound.of({
      ...counted,
      finding,
      breach,
      counted: 1,
      threshold: 2,
      measures: ['order-to-correct'],
      correction,
      foundOn: '2026-09-18',
      basis: cite('interference-provisions', '第十一条'),
    });
  const withdrawal = (finding: string, breach: 'did-not-record' | 'leaked' = 'did-not-record') =>
    FindingWithdrawn.of({
      ...counted,
      finding,
      breach,
      measures: ['order-to-correct'],
      released: [],
      reviewLater: false,
      withdrawnOn: '2026-09-21',
      basis: cite('interference-provisions', '第十一条'),
    });
  const ladderAfter = (...events: readonly NewEvent[]) => {
    const ladder = streamOf(subjectLadder);
    ladder.write(...events);
    return WithdrawnFact.schema.parse(ladder.state());
  };
  const looked = (ground: unknown) => {
    const stream = streamOf(deadline, [MEASURES, 'correct']);
    stream.decide(openOn.command, only(openOn, issued()));
    stream.decide(lookAtDeadline, { source: MEASURES, kind: 'correct' }, { today: '2026-10-09', ...source(orderState(issued()), ground) });
    return stream.events().map(({ name }) => name);
  };

  test.each([
    ['stands', [found(id('f'))], ['DeadlineOpened', 'DeadlineApproaching', 'DeadlinePassed']],
    ['stands, and another was withdrawn', [found(id('f')), found(id('e')), withdrawal(id('e'))], ['DeadlineOpened', 'DeadlineApproaching', 'DeadlinePassed']],
    ['is withdrawn', [found(id('f')), withdrawal(id('f'))], ['DeadlineOpened']],
    ['counts for nothing and is withdrawn', [found(id('f'), 'leaked'), withdrawal(id('f'), 'leaked')], ['DeadlineOpened']],
  ] as const)('given that the finding %s, when its deadline is looked at too late, then %j', (_, events, expected) => {
    expect(looked(ladderAfter(...events))).toEqual(expected);
  });

  test('the ladder is read where the order says, guarded; a source that rests on nothing reads nothing', () => {
    expect(groundOf({ kind: 'correct' }, orderState(issued()))).toMatchObject({
      fact: { aggregate: 'sanctions/ladder' },
      key: ['appraiser', id('a')],
      guarded: true,
    });
    for (const [kind, state] of [
      ['correct', orderState(revoked())],
      ['correct', undefined],
      ['route-report', reportState(reported('bureau'))],
    ] as const) {
      expect(groundOf({ kind }, state).key).toBeUndefined();
    }
  });

  test('a subject knows its latest withdrawn findings by name, and no more than so many', () => {
    const many = Array.from({ length: NAMED_WITHDRAWN + 1 }, (_, at) => at.toString(16).padStart(32, '0'));
    expect(ladderAfter(...many.map((finding) => withdrawal(finding))).withdrawn).toEqual(many.slice(1));
  });
});

describe('where an open deadline is found', () => {
  const openIn = (stream: TestStream) => {
    stream.decide(openOn.command, only(openOn, issued()));
    return stream;
  };
  const key = [MEASURES, 'correct'];

  test('given an open one, then on the holder’s agenda by its legal day, and in one shard by its alert day, and it is counted', () => {
    const stream = openIn(streamOf(deadline, key));
    expect(stream.rows()).toMatchObject([
      { listing: 'deadlines/agenda', partition: INSTITUTION, sort: `2026-10-08/${placeOf(key)}`, item: { kind: 'correct', status: 'running' } },
      { listing: 'deadlines/to-look-at', partition: placeOf(key)[0], sort: `2026-09-30/${placeOf(key)}`, item: { source: MEASURES, kind: 'correct' } },
    ]);
    expect(SHARDS).toContain(placeOf(key)[0]);
    expect(stream.counters()).toEqual({ [`deadlines/open/${INSTITUTION}`]: 1 });
  });

  test('given that its alert day has come, then it is looked at again on the day after its legal day', () => {
    const stream = openIn(streamOf(deadline, key));
    stream.decide(lookAtDeadline, { source: MEASURES, kind: 'correct' }, { today: '2026-09-30', ...source(orderState(issued())) });
    expect(stream.rows()).toMatchObject([{ item: { status: 'approaching' } }, { listing: 'deadlines/to-look-at', sort: `2026-10-09/${placeOf(key)}` }]);
  });

  test('given that it has passed, then it stays on the agenda and is looked at no more', () => {
    const stream = openIn(streamOf(deadline, key));
    stream.decide(lookAtDeadline, { source: MEASURES, kind: 'correct' }, { today: '2026-10-09', ...source(orderState(issued())) });
    expect(stream.rows()).toMatchObject([
      { listing: 'deadlines/agenda', item: { status: 'passed' } },
      { listing: 'deadlines/overdue', partition: INSTITUTION, sort: `correct/${placeOf(key)}`, item: { kind: 'correct' } },
    ]);
    expect(stream.counters()).toEqual({ [`deadlines/open/${INSTITUTION}`]: 1 });
  });

  test('given that it has passed and is met late, then it is overdue no more', () => {
    const stream = openIn(streamOf(deadline, key));
    stream.decide(lookAtDeadline, { source: MEASURES, kind: 'correct' }, { today: '2026-10-09', ...source(orderState(issued())) });
    stream.decide(closeOn.command, only(closeOn, verified), source(orderState(issued(), verified)));
    expect(stream.rows()).toEqual([]);
  });

  test('given a closed one, then nowhere, and it is counted no more', () => {
    const stream = openIn(streamOf(deadline, key));
    stream.decide(closeOn.command, only(closeOn, verified), source(orderState(issued(), verified)));
    expect(stream.rows()).toEqual([]);
    expect(stream.counters()).toEqual({});
  });
});

/** A source's events in its order, and what its state is after some of them. */
const histories = [
  { source: [issued(), verified, revoked()], kind: 'correct', state: orderState },
  { source: [issued(), revoked(['admonition']), revoked()], kind: 'correct', state: orderState },
  { source: [revoked(), issued()], kind: 'correct', state: orderState },
  { source: [reported('institution'), forwarded(), routed], kind: 'forward-report', state: reportState },
  { source: [reported('institution'), forwarded(), routed], kind: 'route-report', state: reportState },
  { source: [reported('institution'), forwarded(), dealtWith(), routed, reportClosed], kind: 'forward-report', state: reportState },
  { source: [reported('institution'), dealtWith('forward'), forwarded(), routed], kind: 'forward-report', state: reportState },
  { source: [reported('institution'), dealtWith()], kind: 'forward-report', state: reportState },
  { source: [reported('institution'), forwarded(), withdrawn('institution')], kind: 'forward-report', state: reportState },
  { source: [reported('institution'), forwarded(), withdrawn('institution')], kind: 'route-report', state: reportState },
  { source: [reported('institution'), withdrawn('institution')], kind: 'forward-report', state: reportState },
  { source: [reported('bureau'), withdrawn('bureau')], kind: 'route-report', state: reportState },
  { source: [sent(), signed()], kind: 'sign-for-notice', state: noticeState },
  { source: [sent(), signed()], kind: 'remind-of-notice', state: noticeState },
  { source: [sent(), signed()], kind: 'escalate-notice', state: noticeState },
  { source: [askedFor(), completed], kind: 'sign-rows', state: recordState },
] as const;

test('in whatever order and however often a source’s events are heard, and whenever a look comes between, the deadline ends the same', () => {
  /** `seen`: how much of the source stands in the ledger; what is heard does, and so does everything before it. */
  type Step = { readonly at: number; readonly by: typeof openOn | 'look'; readonly seen: number };
  const outcome = ({ source: events, kind, state }: (typeof histories)[number], steps: readonly Step[]) => {
    const of = events[0].stream;
    const stream = streamOf(deadline, [of, kind]);
    /** Who wrote what: the event heard is part of what is written. */
    const written: string[] = [];
    for (const { at, by, seen } of steps) {
      const circumstances = source(state(...events.slice(0, Math.max(at + 1, seen))));
      if (by === 'look') {
        stream.decide(lookAtDeadline, { source: of, kind }, { today: '2026-01-05', ...circumstances });
        continue;
      }
      const own = targets(by, events[at] as HeardEvent).filter((input) => (input as { kind: string }).kind === kind);
      for (const input of own) {
        stream.decide(by.command, input, circumstances);
        written.push(
          ...stream
            .events()
            .slice(written.length)
            .map((event) => `${at}: ${JSON.stringify(event)}`),
        );
      }
    }
    return { state: stream.state(), events: written.toSorted(), rows: stream.rows(), counters: stream.counters() };
  };

  fc.assert(
    fc.property(
      fc.constantFrom(...histories).chain((history) => {
        const each = history.source.flatMap((_, at) => [openOn, closeOn].map((by): Omit<Step, 'seen'> => ({ at, by })));
        const again = fc.array(fc.constantFrom<Omit<Step, 'seen'>>(...each, { at: 0, by: 'look' }), { maxLength: 8 });
        return again
          .chain((more) => fc.shuffledSubarray([...each, ...more], { minLength: each.length + more.length }))
          .chain((order) => fc.tuple(...order.map((step) => fc.nat({ max: history.source.length }).map((seen): Step => ({ ...step, seen })))))
          .map((steps) => ({ history, steps, inOrder: each.map((step): Step => ({ ...step, seen: 0 })) }));
      }),
      ({ history, steps, inOrder }) => {
        const expected = outcome(history, inOrder);
        expect(outcome(history, steps)).toEqual(expected);
        expect(expected.events).toHaveLength(2);
        expect(expected.counters).toEqual({});
      },
    ),
  );
});

test('every rule is an alert without a number or a legal deadline with one, and says by which article', () => {
  expect(Object.entries(terms).map(([kind, { nature, basis }]) => [kind, nature, basis.article])).toEqual([
    ['forward-report', 'alert', '第六条'],
    ['route-report', 'alert', '第八条'],
    ['sign-for-notice', 'alert', '第八条'],
    ['remind-of-notice', 'alert', '第八条'],
    ['escalate-notice', 'alert', '第八条'],
    ['correct', 'legal', '第十一条'],
    ['sign-rows', 'alert', '第四条'],
    ['rectify', 'legal', '第12项'],
    ['verify-rectification', 'alert', '第12项'],
  ]);
});
