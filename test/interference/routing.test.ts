import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RoutingAct, routingAct, type Situation, situation } from '../../events/interference.ts';
import { type Established, type Organ, type RoutedCase, route } from '../../functions/interference/routing.ts';
import { isRefusal } from '../../functions/kernel/decision.ts';

const court: Organ = { id: 'court', kind: 'court', superior: 'high-court' };
const insurer: Organ = { id: 'insurer', kind: 'organ', superior: 'insurance-regulator' };
const neighbour: Organ = { id: 'neighbour-bureau', kind: 'justice-bureau', superior: 'province' };
const bureau: RoutedCase['bureau'] = { id: 'bureau', kind: 'justice-bureau', superior: 'province', discipline: 'discipline' };
const about: RoutedCase = { bureau, institution: 'institution', commissioner: { kind: 'organ', organ: court } };
const ofCompany: RoutedCase = { ...about, commissioner: { kind: 'company' } };
const ofPerson: RoutedCase = { ...about, commissioner: { kind: 'person' } };

const one = (situation: Situation, organ?: Organ, separable = true): Established => ({ situation, organ, separable });
const organOf = (name: Situation): Organ | undefined =>
  name === 'bureau-staff' ? neighbour : name === 'other-organ' || name === 'other-organ-staff' ? insurer : undefined;

const acts = (established: readonly Established[], routed = about): readonly RoutingAct[] => {
  const decided = route(established, routed);
  if (isRefusal(decided)) throw new Error(`${decided.code} ${decided.pointer}`);
  return decided;
};
const lines = (established: readonly Established[], routed = about) =>
  acts(established, routed).map(({ act, recipient, situations }) => `${act} ${recipient} ${situations.join('+')}`);
const refusal = (established: readonly Established[], routed = about) => {
  const decided = route(established, routed);
  return isRefusal(decided) ? `${decided.code} ${decided.basis?.article} ${decided.pointer}` : decided;
};
const basisOf = (established: readonly Established[], act: RoutingAct['act'], routed = about) =>
  acts(established, routed).find((one) => one.act === act)?.basis;

describe('art. 8 line by line', () => {
  test.each([
    ['第（一）项', one('insider-head'), ['investigate bureau insider-head', 'tell-commissioner court insider-head']],
    ['第（一）项', one('insider-serious'), ['investigate bureau insider-serious', 'tell-commissioner court insider-serious']],
    ['第六条, reading', one('insider-ordinary'), ['return-to-institution institution insider-ordinary']],
    ['第（二）项', one('bureau-staff', bureau), ['handle bureau bureau-staff', 'tell-commissioner court bureau-staff']],
    ['第（二）项', one('bureau-staff', neighbour), ['handle neighbour-bureau bureau-staff', 'tell-commissioner court bureau-staff']],
    [
      '第（二）项, reading',
      one('bureau-head'),
      ['inform-superior province bureau-head', 'tell-commissioner court bureau-head', 'inform-discipline discipline bureau-head'],
    ],
    ['第（三）项', one('commissioning-organ'), ['inform-superior high-court commissioning-organ']],
    ['第（三）项', one('commissioning-organ-staff'), ['inform-superior high-court commissioning-organ-staff']],
    ['第（四）项, reading', one('other-organ', insurer), ['inform-superior insurance-regulator other-organ', 'tell-commissioner court other-organ']],
    ['第（四）项', one('other-organ-staff', insurer), ['inform-superior insurance-regulator other-organ-staff', 'tell-commissioner court other-organ-staff']],
    ['第（五）项', one('individual'), ['tell-commissioner court individual']],
  ] as const)('%s %o', (_, established, expected) => {
    expect(lines([established]).toSorted()).toEqual([...expected].toSorted());
  });

  test.each([
    ['insider-head', 'investigate', '第八条第（一）项', false],
    ['insider-head', 'tell-commissioner', '第八条第（一）项、第八条第二款', false],
    ['insider-serious', 'investigate', '第八条第（一）项', false],
    ['insider-serious', 'tell-commissioner', '第八条第（一）项、第八条第二款', false],
    ['insider-ordinary', 'return-to-institution', '第六条', true],
    ['bureau-staff', 'handle', '第八条第（二）项', false],
    ['bureau-staff', 'tell-commissioner', '第八条第（二）项、第八条第二款', false],
    ['bureau-head', 'inform-superior', '第八条第（二）项', true],
    ['bureau-head', 'inform-discipline', '第八条第（二）项', true],
    ['bureau-head', 'tell-commissioner', '第八条第（二）项、第八条第二款', true],
    ['commissioning-organ', 'inform-superior', '第八条第（三）项', false],
    ['commissioning-organ-staff', 'inform-superior', '第八条第（三）项', false],
    ['other-organ', 'inform-superior', '第八条第（四）项', true],
    ['other-organ', 'tell-commissioner', '第八条第（四）项、第八条第二款', true],
    ['other-organ-staff', 'inform-superior', '第八条第（四）项', false],
    ['other-organ-staff', 'tell-commissioner', '第八条第（四）项、第八条第二款', false],
    ['individual', 'tell-commissioner', '第八条第（五）项', false],
  ] as const)('%s: %s cites %s (a reading: %s)', (name, act, article, reading) => {
    const basis = basisOf([one(name, organOf(name))], act);
    expect(basis).toMatchObject({ document: '司办通〔2020〕56号', article, status: 'law' });
    expect(basis?.reading !== undefined).toBe(reading);
  });
});

describe('第七条第二款: a party member is dealt with by the party as well, a parallel track', () => {
  const member = (situation: Situation, organ?: Organ): Established => ({ ...one(situation, organ), partyMember: true });

  test('an ordinary insider: the institution’s party organization, and 纪检监察 is told', () => {
    expect(lines([member('insider-ordinary')])).toEqual([
      'return-to-institution institution insider-ordinary',
      'inform-discipline discipline insider-ordinary',
      'party-discipline institution insider-ordinary',
    ]);
    expect(basisOf([member('insider-ordinary')], 'party-discipline')).toMatchObject({ article: '第七条第二款', reading: expect.any(String) });
  });
  test.each(['insider-head', 'insider-serious'] as const)('%s: never by way of the institution, which would learn of a direct report', (situation) => {
    expect(lines([member(situation)]).filter((line) => line.includes(' institution '))).toEqual([]);
    expect(lines([member(situation)])).toContain(`inform-discipline discipline ${situation}`);
  });
  test('a justice bureau’s staff: 纪检监察 of the bureau that he belongs to', () => {
    const own = { ...neighbour, discipline: 'neighbour-discipline' };
    expect(lines([member('bureau-staff', own)])).toContain('inform-discipline neighbour-discipline bureau-staff');
    expect(refusal([member('bureau-staff', neighbour)])).toBe('discipline_missing 第八条第（二）项 /established/0');
  });
  test('the head of the receiving bureau: nothing is added, 纪检监察 is told in any case', () => {
    expect(lines([member('bureau-head')])).toEqual(lines([one('bureau-head')]));
  });
  test.each(situation.options.filter((each) => !/^insider|^bureau/.test(each)))('%s: not asked', (each) => {
    expect(refusal([member(each, organOf(each))])).toBe('party_member_not_asked 第七条第二款 /established/0/partyMember');
  });
});

describe('第（五）项, reading: who is unknown is told of as an individual, and identified', () => {
  test('with a commissioning organ, and without', () => {
    expect(lines([one('unknown')]).toSorted()).toEqual(['identify bureau unknown', 'tell-commissioner court unknown']);
    expect(lines([one('unknown')], ofPerson)).toEqual(['identify bureau unknown']);
  });
});

describe('a private commissioner is told nothing (第八条第二款: 司法机关、行政执法机关等委托人)', () => {
  test.each([ofCompany, ofPerson])('$commissioner.kind', (routed) => {
    expect(lines([one('insider-head')], routed)).toEqual(['investigate bureau insider-head']);
    expect(lines([one('bureau-staff', neighbour)], routed)).toEqual(['handle neighbour-bureau bureau-staff']);
    expect(lines([one('other-organ-staff', insurer)], routed)).toEqual(['inform-superior insurance-regulator other-organ-staff']);
    expect(lines([one('bureau-head')], routed).some((line) => line.startsWith('tell-commissioner'))).toBe(false);
  });
  test('第（五）项 with nobody to tell: the bureau handles it itself (reading)', () => {
    expect(lines([one('individual')], ofPerson)).toEqual(['handle bureau individual']);
    expect(basisOf([one('individual')], 'handle', ofCompany)).toMatchObject({ article: '第八条第（五）项', reading: expect.any(String) });
  });
  test('第（三）项 needs a commissioning organ', () => {
    expect(refusal([one('commissioning-organ')], ofCompany)).toBe('commissioner_not_an_organ 第八条第（三）项 /established/0/situation');
    expect(refusal([one('commissioning-organ-staff')], ofPerson)).toBe('commissioner_not_an_organ 第八条第（三）项 /established/0/situation');
  });
});

describe('several interferers, each by himself (分别作出处理)', () => {
  test('the same act towards the same recipient is one act for all its situations', () => {
    expect(lines([one('individual'), one('insider-serious'), one('individual'), one('insider-head')])).toEqual([
      'investigate bureau insider-head+insider-serious',
      'tell-commissioner court insider-head+insider-serious+individual',
    ]);
  });
  test('its basis names every article once, in the order of the text', () => {
    const all = [one('individual'), one('bureau-staff', neighbour), one('insider-head'), one('insider-serious')];
    expect(basisOf(all, 'tell-commissioner')?.article).toBe('第八条第（一）项、第八条第（二）项、第八条第（五）项、第八条第二款');
  });
  test('its basis keeps every reading once', () => {
    const readings = basisOf([one('bureau-head'), one('other-organ', insurer), one('other-organ', insurer)], 'tell-commissioner')?.reading?.split('；');
    expect(readings).toHaveLength(2);
  });
  test('the same superior of two organs is told once', () => {
    const other: Organ = { ...insurer, id: 'second-insurer' };
    expect(lines([one('other-organ-staff', insurer), one('other-organ-staff', other)])).toEqual([
      'inform-superior insurance-regulator other-organ-staff',
      'tell-commissioner court other-organ-staff',
    ]);
  });
  test('different recipients of one act stay apart', () => {
    expect(lines([one('bureau-staff', bureau), one('bureau-staff', neighbour)])).toEqual([
      'handle bureau bureau-staff',
      'handle neighbour-bureau bureau-staff',
      'tell-commissioner court bureau-staff',
    ]);
  });
});

describe('the commissioning organ is silent on itself (第（三）项)', () => {
  test('it is told of those who can be told apart', () => {
    expect(lines([one('commissioning-organ-staff'), one('individual')])).toEqual([
      'inform-superior high-court commissioning-organ-staff',
      'tell-commissioner court individual',
    ]);
  });
  test('where they cannot, its superior is told in its place (reading)', () => {
    const established = [one('commissioning-organ-staff'), one('individual', undefined, false), one('insider-head')];
    expect(lines(established)).toEqual([
      'investigate bureau insider-head',
      'inform-superior high-court commissioning-organ-staff+individual',
      'tell-commissioner court insider-head',
    ]);
    expect(basisOf(established, 'inform-superior')).toMatchObject({ article: '第八条第（三）项、第八条第（五）项', reading: expect.any(String) });
  });
  test('whether its own part is separable is not asked', () => {
    expect(lines([one('commissioning-organ', undefined, false), one('individual')])).toContain('tell-commissioner court individual');
  });
  test('separable or not has no meaning where the commissioning organ has no part', () => {
    expect(lines([one('individual', undefined, false), one('insider-head', undefined, false)])).toEqual(lines([one('individual'), one('insider-head')]));
  });
  test('an ordinary insider is told to nobody, separable or not', () => {
    expect(lines([one('commissioning-organ'), one('insider-ordinary', undefined, false)])).toEqual([
      'inform-superior high-court commissioning-organ',
      'return-to-institution institution insider-ordinary',
    ]);
  });
  test('as the superior of another organ it is not told what cannot be told apart either', () => {
    const branch: Organ = { id: 'branch', kind: 'organ', superior: 'court' };
    expect(lines([one('commissioning-organ'), one('other-organ-staff', branch, false)])).toEqual([
      'inform-superior high-court commissioning-organ+other-organ-staff',
    ]);
    expect(lines([one('commissioning-organ'), one('other-organ-staff', branch)])).toEqual([
      'inform-superior court other-organ-staff',
      'inform-superior high-court commissioning-organ',
      'tell-commissioner court other-organ-staff',
    ]);
  });
  test('a justice bureau that commissions handles its own staff, and its superior is told in its place', () => {
    const routed: RoutedCase = { ...about, commissioner: { kind: 'organ', organ: neighbour } };
    expect(lines([one('bureau-staff', neighbour)], routed)).toEqual(['handle neighbour-bureau bureau-staff', 'inform-superior province bureau-staff']);
    expect(lines([one('bureau-staff', neighbour), one('individual', undefined, false)], routed)).not.toContainEqual(
      expect.stringMatching(/^tell-commissioner/),
    );
  });
  test('nor is the receiving bureau told as commissioner of its own head', () => {
    const routed: RoutedCase = { ...about, commissioner: { kind: 'organ', organ: bureau } };
    expect(lines([one('bureau-head')], routed).toSorted()).toEqual(['inform-discipline discipline bureau-head', 'inform-superior province bureau-head']);
  });
});

describe('what is established wrongly is refused', () => {
  const wrong: readonly [string, Established][] = [
    ['另一机关 that is the commissioner', one('other-organ', court)],
    ['staff of 另一机关 that is the commissioner', one('other-organ-staff', court)],
    ['委托人 that is another organ', one('commissioning-organ', insurer)],
    ['staff of 委托人 that is another organ', one('commissioning-organ-staff', insurer)],
    ['staff of another organ that is a justice bureau', one('other-organ-staff', neighbour)],
    ['bureau staff of no bureau', one('bureau-staff', insurer)],
    ['head of another bureau', one('bureau-head', neighbour)],
    ['another organ that is the institution', one('other-organ', { id: 'institution', kind: 'institution', superior: 'bureau' })],
    ['staff of another organ that is the institution', one('other-organ-staff', { id: 'institution', kind: 'institution', superior: 'bureau' })],
    ['insider of another organ', one('insider-head', insurer)],
    ['serious insider of another organ', one('insider-serious', insurer)],
    ['ordinary insider of another organ', one('insider-ordinary', insurer)],
  ];
  test.each(wrong)('%s (第八条)', (_, established) => {
    expect(refusal([one('individual'), established])).toBe('situation_misclassified 第八条 /established/1/organ');
  });
  test.each([
    [one('other-organ', court), '第（三）项'],
    [one('commissioning-organ', insurer), '第（四）项'],
    [one('other-organ-staff', neighbour), '第（二）项'],
    [one('commissioning-organ', { id: 'institution', kind: 'institution', superior: null }), '第（一）项'],
  ] as const)('the cure names the proper item: %o', (established, item) => {
    expect(route([established], about)).toMatchObject({ cure: expect.stringContaining(item) });
  });
  test('the organ that the situation itself names may be repeated', () => {
    expect(lines([one('commissioning-organ', court)])).toEqual(lines([one('commissioning-organ')]));
    expect(lines([one('bureau-head', bureau)])).toEqual(lines([one('bureau-head')]));
  });
  test('a justice bureau that itself interferes and is not the commissioner stands under 第（四）项', () => {
    expect(lines([one('other-organ', neighbour)])).toContain('inform-superior province other-organ');
  });
  test.each(['bureau-staff', 'other-organ', 'other-organ-staff'] as const)('%s needs the organ', (name) => {
    expect(refusal([one(name)])).toMatch(/^organ_missing 第八条第（[二四]）项 \/established\/0\/organ$/);
  });
  test('an individual (第（五）项) has none', () =>
    expect(refusal([one('individual', insurer)])).toBe('organ_not_asked 第八条第（五）项 /established/0/organ'));
  test('nothing established', () => expect(refusal([])).toBe('nothing_established 第八条 /established'));
});

describe('a recipient that the directory does not name is refused with its cure', () => {
  const top = (organ: Organ): RoutedCase => ({ ...about, commissioner: { kind: 'organ', organ: { ...organ, superior: null } } });
  test('superior of the commissioning organ (第（三）项)', () => {
    expect(refusal([one('commissioning-organ')], top(court))).toBe('superior_missing 第八条第（三）项 /established/0');
    expect(route([one('commissioning-organ')], top(court))).toMatchObject({ cure: expect.stringContaining('名录') });
    expect(lines([one('individual')], top(court))).toEqual(['tell-commissioner court individual']);
  });
  test('superior of another organ (第（四）项)', () => {
    expect(refusal([one('individual'), one('other-organ-staff', { ...insurer, superior: null })])).toBe('superior_missing 第八条第（四）项 /established/1');
  });
  test('superior told in the place of the commissioner', () => {
    const routed: RoutedCase = { ...about, commissioner: { kind: 'organ', organ: { ...neighbour, superior: null } } };
    expect(refusal([one('bureau-staff', neighbour)], routed)).toBe('superior_missing 第八条第（二）项、第八条第（三）项、第八条第二款 /established/0');
  });
  test('superior and 纪检监察 of the receiving bureau', () => {
    expect(refusal([one('bureau-head')], { ...about, bureau: { ...bureau, superior: null } })).toBe('superior_missing 第八条第（二）项 /established/0');
    expect(refusal([one('bureau-head')], { ...about, bureau: { ...bureau, discipline: null } })).toBe('discipline_missing 第八条第（二）项 /established/0');
  });
});

describe('for any report', () => {
  const organ = fc.constantFrom(court, insurer, neighbour, bureau, { ...insurer, id: 'branch', superior: 'court' }, { ...insurer, id: 'top', superior: null });
  const established = fc.record({
    situation: fc.constantFrom(...situation.options),
    organ: fc.option(organ, { nil: undefined }),
    separable: fc.boolean(),
  });
  const proper = established.map(({ situation, organ, separable }) => one(situation, organOf(situation) && (organ ?? organOf(situation)), separable));
  const routed = fc.constantFrom<RoutedCase['commissioner']>(
    { kind: 'organ', organ: court },
    { kind: 'organ', organ: neighbour },
    { kind: 'organ', organ: bureau },
    { kind: 'company' },
    { kind: 'person' },
  );
  const report = fc.record({
    established: fc.oneof<fc.Arbitrary<readonly Established[]>[]>(fc.array(established, { maxLength: 6 }), fc.array(proper, { minLength: 1, maxLength: 6 })),
    commissioner: routed,
  });
  const decided = (check: (acts: readonly RoutingAct[], established: readonly Established[], about: RoutedCase) => void) =>
    fc.assert(
      fc.property(report, ({ established, commissioner }) => {
        const routedCase = { ...about, commissioner };
        const decision = route(established, routedCase);
        if (!isRefusal(decision)) check(decision, established, routedCase);
      }),
      { numRuns: 2_000 },
    );

  test('some are decided and some refused', () => {
    const samples = fc.sample(report, 300).map(({ established, commissioner }) => isRefusal(route(established, { ...about, commissioner })));
    expect(new Set(samples)).toEqual(new Set([true, false]));
  });
  test('every situation is answered by at least one act, and no act answers another', () =>
    decided((decision, established) => {
      expect(new Set(decision.flatMap(({ situations }) => situations))).toEqual(new Set(established.map((one) => one.situation)));
    }));
  test('the acts are what the event takes', () =>
    decided((decision) => {
      expect(decision.length).toBeGreaterThan(0);
      for (const act of decision) expect(routingAct.safeParse(act).success).toBe(true);
    }));
  test('recipients of one act are unique, and so are the situations in it', () =>
    decided((decision) => {
      const keys = decision.map(({ act, recipient }) => `${act} ${recipient}`);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { situations } of decision) expect(new Set(situations).size).toBe(situations.length);
    }));
  test('the commissioning organ is never told of itself, its staff, or who cannot be told apart from them', () =>
    decided((decision, established, { commissioner }) => {
      if (commissioner.kind !== 'organ') return expect(decision.every(({ act }) => act !== 'tell-commissioner')).toBe(true);
      const { id } = commissioner.organ;
      const isOwn = ({ situation, organ }: Established) =>
        situation.startsWith('commissioning-organ') || organ?.id === id || (situation === 'bureau-head' && id === bureau.id);
      const ownInvolved = established.some(isOwn);
      const hidden = (one: Established) => isOwn(one) || (ownInvolved && !one.separable);
      const tellable = new Set(established.filter((one) => !hidden(one)).map((one) => one.situation));
      for (const { act, recipient, situations } of decision) {
        if (act === 'tell-commissioner') expect(recipient).toBe(id);
        if (recipient === id && (act === 'tell-commissioner' || act === 'inform-superior')) {
          for (const name of situations) expect(tellable).toContain(name);
        }
      }
      return undefined;
    }));
  test('the order of the interferers changes nothing', () => {
    const shuffled = report.chain(({ established, commissioner }) =>
      fc.record({
        established: fc.constant(established),
        other: fc.shuffledSubarray([...established], { minLength: established.length }),
        commissioner: fc.constant(commissioner),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ established, other, commissioner }) => {
        const before = route(established, { ...about, commissioner });
        const after = route(other, { ...about, commissioner });
        expect(isRefusal(after)).toBe(isRefusal(before));
        if (!isRefusal(before)) expect(after).toEqual(before);
      }),
      { numRuns: 1_000 },
    );
  });
});
