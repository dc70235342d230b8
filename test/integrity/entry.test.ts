import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cite } from '../../events/documents.ts';
import { EntryCompensated, EntryOpened } from '../../events/integrity.ts';
import { BreachFound, FindingWithdrawn, type Measure, type Subject } from '../../events/sanctions.ts';
import { entry } from '../../functions/integrity/entry.ts';
import compensateOn from '../../functions/integrity/reactions/compensate-entry.ts';
import openOn from '../../functions/integrity/reactions/open-entry.ts';
import { given, streamOf } from '../support/given.ts';
import { heard, id } from '../support/heard.ts';

const FINDING = id('f');
const WITHDRAWAL = id('d');
const INSTITUTION = 'made-institution';
const APPRAISER: Subject = { kind: 'appraiser', id: id('a') };
const HEAD: Subject = { kind: 'institution', id: INSTITUTION, role: 'head' };
const FOUND = cite('interference-provisions', '第十一条第（一）项');
const WITHDRAWN = cite('interference-provisions', '第十一条', '认定撤回');

const found = (subject: Subject, measures: Measure[] = ['order-to-correct', 'integrity-entry']) =>
  heard(
    BreachFound,
    {
      finding: FINDING,
      subject,
      institution: INSTITUTION,
      bureau: 'made-justice',
      breach: 'did-not-record',
      acts: 1,
      counted: 1,
      threshold: 2,
      measures,
      correction: { start: '2026-03-09', rawDue: '2026-03-30', legalDue: '2026-03-30', alertDue: '2026-03-30', beyondCalendar: false },
      foundOn: '2026-03-09',
      basis: FOUND,
    },
    { occurredOn: '2026-03-09' },
  );
const withdrawn = (subject: Subject, measures: Measure[] = ['order-to-correct', 'integrity-entry']) =>
  heard(
    FindingWithdrawn,
    {
      finding: FINDING,
      subject,
      institution: INSTITUTION,
      bureau: 'made-justice',
      breach: 'did-not-record',
      acts: 1,
      measures,
      released: [],
      reviewLater: false,
      withdrawnOn: '2026-04-01',
      basis: WITHDRAWN,
    },
    { id: WITHDRAWAL, occurredOn: '2026-04-01' },
  );

const opened = (subject: Subject) =>
  EntryOpened.of({ subject, institution: INSTITUTION, cause: FINDING, about: 'BreachFound/did-not-record', enteredOn: '2026-03-09', basis: FOUND });
const compensated = (subject: Subject) => EntryCompensated.of({ subject, cause: FINDING, because: WITHDRAWAL, compensatedOn: '2026-04-01', basis: WITHDRAWN });

const inputOf = (reaction: typeof openOn, event: Parameters<typeof openOn.targets>[0]) => {
  const targets = reaction.targets(event);
  expect(targets).toHaveLength(1);
  return targets[0];
};

describe('第十一条: a finding is entered in the file', () => {
  test('given a finding that asks for it, then an entry stands from the day of the finding, with its cause and its basis', () => {
    given(entry)
      .when(openOn.command, inputOf(openOn, found(APPRAISER)))
      .thenEvents(opened(APPRAISER));
  });

  test('given a finding whose measures do not ask for it, then nothing is entered', () => {
    expect(openOn.targets(found(HEAD, ['order-to-correct']))).toEqual([]);
  });

  test('given the entry, when the finding comes again, then nothing follows', () => {
    given(entry, opened(APPRAISER))
      .when(openOn.command, inputOf(openOn, found(APPRAISER)))
      .thenNothing();
  });
});

describe('X7: a withdrawn finding compensates the entry that rested on it', () => {
  test('given the entry, when its finding is withdrawn, then it is compensated and names the withdrawal', () => {
    given(entry, opened(APPRAISER))
      .when(compensateOn.command, inputOf(compensateOn, withdrawn(APPRAISER)))
      .thenEvents(compensated(APPRAISER));
  });

  test('given a withdrawn finding that was never entered, then nothing is compensated', () => {
    expect(compensateOn.targets(withdrawn(HEAD, ['order-to-correct']))).toEqual([]);
  });

  test('given a compensated entry, when the withdrawal comes again, then nothing follows', () => {
    given(entry, opened(APPRAISER), compensated(APPRAISER))
      .when(compensateOn.command, inputOf(compensateOn, withdrawn(APPRAISER)))
      .thenNothing();
  });

  test('both reactions name one stream: subject and finding', () => {
    const context = { actor: { agency: '', kind: 'court' as const, division: '', person: '', roles: [] }, pseudonym: () => '', callId: '', province: '310000' };
    const key = [`institution:${INSTITUTION}`, FINDING];
    expect(openOn.command.key(inputOf(openOn, found(HEAD)), context)).toEqual(key);
    expect(compensateOn.command.key(inputOf(compensateOn, withdrawn(HEAD)), context)).toEqual(key);
  });

  test('it is not deleted: it stays in the file and says that it stands no longer', () => {
    const stream = streamOf(entry);
    stream.write(opened(APPRAISER));
    expect(stream.rows().map(({ item }) => item.standing)).toEqual([true, true]);
    stream.write(compensated(APPRAISER));
    expect(stream.rows().map(({ item }) => [item.standing, item.compensated])).toEqual([
      [false, { because: WITHDRAWAL, compensatedOn: '2026-04-01', basis: WITHDRAWN }],
      [false, { because: WITHDRAWAL, compensatedOn: '2026-04-01', basis: WITHDRAWN }],
    ]);
  });
});

describe('the file', () => {
  test('given an appraiser’s entry, then it stands in his file, and in what his institution may read of it', () => {
    const stream = streamOf(entry);
    stream.write(opened(APPRAISER));
    expect(stream.rows()).toMatchObject([
      { listing: 'integrity/file', partition: `appraiser:${APPRAISER.id}`, sort: `2026-03-09/${FINDING}`, item: { role: 'appraiser', cause: FINDING } },
      { listing: 'integrity/file-at-institution', partition: `appraiser:${APPRAISER.id}@${INSTITUTION}` },
    ]);
    expect(stream.counters()).toEqual({ 'integrity/standing/appraiser': 1 });
  });

  test('given an entry for a head, then it stands in the institution’s file and names the role', () => {
    const stream = streamOf(entry);
    stream.write(opened(HEAD));
    expect(stream.rows()).toMatchObject([{ listing: 'integrity/file', partition: `institution:${INSTITUTION}`, item: { role: 'head' } }]);
    expect(stream.counters()).toEqual({ 'integrity/standing/institution': 1 });
  });

  test('given a compensation alone, then nothing stands in the file', () => {
    const stream = streamOf(entry);
    stream.write(compensated(APPRAISER));
    expect(stream.rows()).toEqual([]);
    expect(stream.counters()).toEqual({});
  });
});

test('in whatever order and however often finding and withdrawal are heard, the stream ends the same', () => {
  const outcome = (order: readonly ('open' | 'compensate')[], subject: Subject) => {
    const stream = streamOf(entry);
    for (const each of order) {
      const [reaction, event] = each === 'open' ? [openOn, found(subject)] : [compensateOn, withdrawn(subject)];
      stream.decide(reaction.command, inputOf(reaction, event));
    }
    const events = stream.events().map((event) => JSON.stringify(event));
    return { state: stream.state(), events: events.toSorted(), rows: stream.rows(), counters: stream.counters() };
  };
  fc.assert(
    fc.property(
      fc
        .array(fc.constantFrom('open' as const, 'compensate' as const), { maxLength: 6 })
        .chain((more) => fc.shuffledSubarray(['open' as const, 'compensate' as const, ...more], { minLength: more.length + 2 })),
      fc.constantFrom(APPRAISER, HEAD),
      (order, subject) => {
        const expected = outcome(['open', 'compensate'], subject);
        expect(outcome(order, subject)).toEqual(expected);
        expect(expected.counters).toEqual({});
        expect(expected.events).toHaveLength(2);
      },
    ),
  );
});
