import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cite } from '../../events/documents.ts';
import type { DataOf } from '../../events/event.ts';
import { RectificationOrdered } from '../../events/proficiency.ts';
import { CancellationDecided } from '../../events/registry.ts';
import { type DocumentNumbered, MeasuresIssued, MeasuresRevoked } from '../../events/sanctions.ts';
import { isRefusal } from '../../functions/kernel/decision.ts';
import { execute } from '../../functions/kernel/execute.ts';
import { decodeCommit } from '../../functions/kernel/ledger.ts';
import { toCloudEvent } from '../../functions/kernel/publish.ts';
import { react } from '../../functions/kernel/react.ts';
import { makeKeyRing } from '../../functions/kernel/seal.ts';
import issueMeasures from '../../functions/sanctions/commands/issue-measures.ts';
import numberDecision from '../../functions/sanctions/commands/number-decision.ts';
import numberDocument from '../../functions/sanctions/commands/number-document.ts';
import numberDecisions from '../../functions/sanctions/reactions/number-decisions.ts';
import numberDocuments from '../../functions/sanctions/reactions/number-documents.ts';
import { numberText, series, seriesWord } from '../../functions/sanctions/series.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { fact, streamOf } from '../support/given.ts';
import { heard, id } from '../support/heard.ts';
import { memoryStores } from '../support/in-process-host.ts';
import { MASTER } from '../support/key-ring.ts';
import { Province, SetClock } from '../support/province.ts';

const BUREAU = 'made-justice';
const basis = cite('interference-provisions', '第十一条第（一）项');
const correction = { start: '2026-03-10', rawDue: '2026-03-31', legalDue: '2026-03-31', alertDue: '2026-03-31', beyondCalendar: false };
const subject = { kind: 'appraiser' as const, id: id('abc') };
const order = (finding: string, change: object = {}) => ({
  finding,
  of: id(`e${finding.slice(0, 8)}`),
  institution: 'made-institution',
  bureau: BUREAU,
  document: { kind: 'order', subject, correction },
  measures: ['order-to-correct'],
  decidedOn: '2026-03-10',
  basis,
  ...change,
});
const facts = { bureau: fact({ name: '虚构市司法局' }), institution: fact({ name: '虚构鉴定所' }) };
const numbersOf = (stream: ReturnType<typeof streamOf>) => stream.events().map(({ data }) => data.number);

describe('X12: every decision document has a number in its series', () => {
  test('given none of its series, when one is numbered, then it is the first, by the registered name of the bureau', () => {
    const stream = streamOf(series);
    const decided = stream.decide(numberDocument, order(id('1')), { facts });
    expect(isRefusal(decided)).toBe(false);
    expect(stream.events()).toMatchObject([
      { data: { number: '虚构市司法局鉴处〔2026〕1号', series: '虚构市司法局鉴处', year: 2026, ordinal: 1, issuedBy: '虚构市司法局', issuedTo: '虚构鉴定所' } },
    ]);
  });

  test('given ten, then the eleventh is written without leading noughts, and the state holds the next ordinal alone', () => {
    const stream = streamOf(series);
    for (let at = 1; at <= 11; at += 1) stream.decide(numberDocument, order(id(`${at}`)), { facts });
    expect(numbersOf(stream).slice(8)).toEqual(['虚构市司法局鉴处〔2026〕9号', '虚构市司法局鉴处〔2026〕10号', '虚构市司法局鉴处〔2026〕11号']);
    expect(stream.state()).toEqual({ next: 12 });
  });

  test('a bureau, a kind and a year are a series each; the year is that of the decision, not of the numbering', () => {
    const keyOf = (change: object) => numberDocument.key(numberDocument.input.parse(order(id('1'), change)), {} as never);
    const keys = [{}, { bureau: 'made-other' }, { document: { kind: 'revocation' } }, { decidedOn: '2026-12-31' }, { decidedOn: '2027-01-01' }].map((change) =>
      String(keyOf(change)),
    );
    expect(keys).toEqual([
      'made-justice,order,2026',
      'made-other,order,2026',
      'made-justice,revocation,2026',
      'made-justice,order,2026',
      'made-justice,order,2027',
    ]);
    const stream = streamOf(series);
    stream.decide(numberDocument, order(id('1'), { decidedOn: '2026-12-31' }), { facts, today: '2027-01-04', occurredOn: '2026-12-31' });
    expect(numbersOf(stream)).toEqual(['虚构市司法局鉴处〔2026〕1号']);
  });

  test('a province’s word for a bureau stands in place of its name, and an order and a revocation never share a number', () => {
    const policy = { agencies: { [BUREAU]: '虚司' }, kinds: { order: '鉴处', revocation: '鉴撤', rectification: '鉴改', cancellation: '鉴注' } };
    const word = (bureau: string, kind: 'order' | 'revocation') => seriesWord(policy, { bureau, name: '虚构市司法局', kind });
    expect([word(BUREAU, 'order'), word(BUREAU, 'revocation'), word('made-other', 'order')]).toEqual(['虚司鉴处', '虚司鉴撤', '虚构市司法局鉴处']);
    expect(numberText({ series: word(BUREAU, 'order'), year: 2026, ordinal: 120 })).toBe('虚司鉴处〔2026〕120号');
  });

  test('a bureau or an institution that is in no register is called by its id: no decision stays unserved for want of a name', () => {
    const stream = streamOf(series);
    const absent = fact(undefined, 0);
    stream.decide(numberDocument, order(id('1')), { facts: { bureau: absent, institution: absent } });
    expect(stream.events()).toMatchObject([{ data: { number: 'made-justice鉴处〔2026〕1号', issuedTo: 'made-institution' } }]);
  });

  test('given an order and a revocation, then each asks for a number of its own, by its event and the day of the decision', () => {
    const found = { finding: id('f'), institution: 'made-institution', bureau: BUREAU };
    const issued = heard(
      MeasuresIssued,
      { ...found, subject, breach: 'leaked', acts: 1, measures: ['order-to-correct'], correction, basis },
      { id: id('1'), occurredOn: '2026-03-10' },
    );
    const revoked = heard(MeasuresRevoked, { ...found, measures: ['order-to-correct'], because: id('f'), basis }, { id: id('2'), occurredOn: '2026-03-20' });
    expect(numberDocuments.targets(issued)).toEqual([order(id('f'), { of: id('1') })]);
    expect(numberDocuments.targets(revoked)).toEqual([order(id('f'), { of: id('2'), document: { kind: 'revocation' }, decidedOn: '2026-03-20' })]);
  });
});

const REGISTRAR = 'made-province-bureau';
const plan = cite('jian-reform-plan', '第12项');
const rectification = { kind: 'rectification', failedYear: 2025, dates: correction } as const;
const decision = (change: object = {}) => ({
  of: id('e1'),
  institution: 'made-institution',
  bureau: BUREAU,
  matter: id('d'),
  item: 'medicine-0201',
  document: rectification,
  toTell: [REGISTRAR],
  decidedOn: '2026-03-10',
  basis: plan,
  ...change,
});

describe('X12: what proficiency and registry decide has a number in its series too', () => {
  const numbered = (stream: ReturnType<typeof streamOf>, change: object = {}) => stream.decide(numberDecision, decision(change), { facts });

  test.each([
    ['an order to rectify', {}, '虚构市司法局鉴改'],
    ['a decision to strike off', { document: { kind: 'cancellation', outcome: 'cancel' } }, '虚构市司法局鉴注'],
    ['a decision not to', { document: { kind: 'cancellation', outcome: 'keep' } }, '虚构市司法局鉴注'],
  ])('given none of its series, when %s is numbered, then it is the first of its kind, and keeps what its notice needs', (_, change, word) => {
    const stream = streamOf(series);
    expect(isRefusal(numbered(stream, change))).toBe(false);
    expect(stream.events()).toEqual([
      {
        name: 'DecisionNumbered',
        data: { ...decision(change), number: `${word}〔2026〕1号`, series: word, year: 2026, ordinal: 1, issuedBy: '虚构市司法局', issuedTo: '虚构鉴定所' },
      },
    ]);
  });

  test('given one, then the next is the second', () => {
    const stream = streamOf(series);
    numbered(stream);
    numbered(stream, { of: id('e2') });
    expect(numbersOf(stream)).toEqual(['虚构市司法局鉴改〔2026〕1号', '虚构市司法局鉴改〔2026〕2号']);
    expect(stream.state()).toEqual({ next: 3 });
  });

  test('who issued it, its kind and the year of the decision are a series each', () => {
    const changes = [{}, { bureau: REGISTRAR }, { document: { kind: 'cancellation', outcome: 'keep' } }, { decidedOn: '2027-01-01' }];
    expect(changes.map((change) => String(numberDecision.key(numberDecision.input.parse(decision(change)), {} as never)))).toEqual([
      'made-justice,rectification,2026',
      'made-province-bureau,rectification,2026',
      'made-justice,cancellation,2026',
      'made-justice,rectification,2027',
    ]);
  });

  const ordered = (registrar: string | null) =>
    heard(
      RectificationOrdered,
      {
        rectification: id('d'),
        institution: 'made-institution',
        item: 'medicine-0201',
        year: 2025,
        bureau: BUREAU,
        registrar,
        dates: correction,
        orderedOn: '2026-03-10',
        basis: plan,
      },
      { id: id('e1') },
    );

  test.each([
    ['the registrar, which is another', REGISTRAR, [REGISTRAR]],
    ['nobody, where the bureau is the registrar', BUREAU, []],
    ['nobody, where the register names none', null, []],
  ])('given an order to rectify, then it is numbered as the bureau’s, and who else is told is %s', (_, registrar, toTell) => {
    expect(numberDecisions.targets(ordered(registrar))).toEqual([decision({ toTell })]);
  });

  test.each([
    ['the bureau that applied', BUREAU, [BUREAU]],
    ['nobody, where the registrar supervises it itself', REGISTRAR, []],
  ])('given a decision on striking off, then it is numbered as the registrar’s, and who else is told is %s', (_, bureau, toTell) => {
    const decided = heard(
      CancellationDecided,
      {
        cancellation: id('c'),
        institution: 'made-institution',
        item: 'medicine-0201',
        bureau,
        registrar: REGISTRAR,
        outcome: 'keep',
        decidedOn: '2026-06-30',
        basis: plan,
      },
      { id: id('e2') },
    );
    const document = { kind: 'cancellation', outcome: 'keep' };
    expect(numberDecisions.targets(decided)).toEqual([
      decision({ of: id('e2'), bureau: REGISTRAR, matter: id('c'), document, toTell, decidedOn: '2026-06-30' }),
    ]);
  });
});

describe('X12: numbers in order of arrival', () => {
  const definitions = loadDefinitions();

  async function issuedAtOnce(count: number) {
    const clock = new SetClock('2026-03-10T02:00:00.000Z');
    const { ledger, views, dataKeys } = memoryStores();
    const province = new Province({ definitions: await definitions, ledger, views, clock, keyRing: makeKeyRing({ dataKeys, master: MASTER, clock }) });
    const { kernel } = province;
    const { finding: _, of: __, document: ___, decidedOn: ____, ...rest } = order(id('1'));
    for (let at = 1; at <= count; at += 1) {
      const input = issueMeasures.input.parse({ ...rest, finding: id(`${at}a`), subject, breach: 'leaked', acts: 1, correction });
      await execute(kernel, issueMeasures, input, { actor: 'system', receipt: `schedule/made/${at}` });
    }
    const details = (await ledger.feed(undefined, 1000)).records.flatMap((record) => {
      const commit = decodeCommit(record);
      return commit.events.map((event) => toCloudEvent(kernel.province, commit, event));
    });
    const numbered = async (): Promise<DataOf<typeof DocumentNumbered>[]> =>
      (await ledger.read(`sanctions/series/${BUREAU}/order/2026`)).flatMap((record) => decodeCommit(record).events.map(({ data }) => data as never));
    return { province, kernel, details, numbered };
  }

  test('whoever comes at the same moment and however often: 1 to n without a gap or a double, one an event', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 5 }), async (deliveries, count) => {
        const { province, kernel, details, numbered } = await issuedAtOnce(count);
        await province.settle();
        await Promise.all(deliveries.map((pick) => react(kernel, numberDocuments, details[pick % details.length])));
        const given = await numbered();
        expect(given.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: count }, (_, at) => at + 1));
        expect(new Set(given.map(({ of }) => of)).size).toBe(count);
      }),
      { numRuns: 15 },
    );
  });

  test('two that arrive together, before either has a number: both get one, and they differ', async () => {
    const { kernel, details, numbered } = await issuedAtOnce(2);
    await Promise.all([...details, ...details].map((detail) => react(kernel, numberDocuments, detail)));
    expect((await numbered()).map(({ number }) => number)).toEqual(['made-justice鉴处〔2026〕1号', 'made-justice鉴处〔2026〕2号']);
  });
});
