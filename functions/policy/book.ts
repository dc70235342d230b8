import type * as z from 'zod';
import { calendarDay, type Day } from '../kernel/calendar.ts';
import type { Division } from '../kernel/codes/division.ts';
import { type Policy, type PolicyOverride, policy, policyOverride } from './policy.ts';

/** One set of rules and the days on which it is in force 施行期间. */
export interface EffectiveRule<Values> {
  /** First day in force. */
  readonly from: Day;
  /** Last day in force; without it, until the next rule begins. */
  readonly until?: Day;
  /** For a province the whole difference from the national rules: an earlier rule of its own does not carry over. */
  readonly values: Values;
}

export interface ProvinceRules {
  /** The province's two digits, and its part of the version. */
  readonly province: string;
  readonly rules: readonly EffectiveRule<PolicyOverride>[];
}

/** The rules of a place on a day. */
export interface PolicyInForce {
  readonly ok: true;
  /** Names both parts: `national/2020-07-01+36/2025-07-24`. */
  readonly version: string;
  readonly values: Policy;
}

/** Before the first national rule, or in a gap between two, nothing can be decided. */
export interface NoRuleInForce {
  readonly ok: false;
  readonly code: 'no-rule-in-force';
  readonly province: Division;
  readonly day: Day;
  readonly detail: string;
}

export type PolicyAnswer = PolicyInForce | NoRuleInForce;

/** Why rules cannot be used, and where. */
export interface PolicyFault {
  /** `national/2020-07-01`, `36/2025-07-24`, and both where they fail together. */
  readonly place: string;
  readonly reason: 'not-a-day' | 'ends-before-it-begins' | 'unordered' | 'overlap' | 'late-adoption' | 'twice' | 'invalid-values';
  readonly detail: string;
}

/** Rules that contradict themselves; nothing starts with them. */
export class UnsoundPolicy extends Error {
  override readonly name = 'UnsoundPolicy';
  readonly faults: readonly PolicyFault[];
  constructor(faults: readonly PolicyFault[]) {
    super(faults.map(({ place, reason, detail }) => `${place}: ${reason}: ${detail}`).join('\n'));
    this.faults = faults;
  }
}

/**
 * Answers what is in force for a province (two or six digits of any division in it) on a day (X5): the national rules of that day,
 * over them the province's of that day, section by section; lists are replaced. Throws {@link UnsoundPolicy} at once for unsound rules,
 * RangeError for a malformed province or day.
 */
export function policyBook(national: readonly EffectiveRule<Policy>[], provinces: readonly ProvinceRules[]): (province: Division, day: Day) => PolicyAnswer {
  const faults = checkPolicies(national, provinces);
  if (faults.length > 0) throw new UnsoundPolicy(faults);
  return (province, day) => {
    if (!/^\d{2}(\d{4})?$/.test(province) || !calendarDay.safeParse(day).success) throw new RangeError(`not a province and a day: ${province}, ${day}`);
    const base = inForce(national, day);
    if (base === undefined)
      return { ok: false, code: 'no-rule-in-force', province, day, detail: `${day} 无施行中的全国规则，最早自 ${national[0]?.from} 起施行。` };
    const own = provinces.find((candidate) => candidate.province === province.slice(0, 2));
    const override = own && inForce(own.rules, day);
    if (!own || !override) return { ok: true, version: placeOf('national', base), values: base.values };
    return { ok: true, version: versionOf(base, own.province, override), values: merge(base.values, override.values) };
  };
}

/** What is wrong with a set of rules, all of it; nothing for sound ones. */
export function checkPolicies(national: readonly EffectiveRule<Policy>[], provinces: readonly ProvinceRules[]): readonly PolicyFault[] {
  const names = provinces.map(({ province }) => province);
  return [
    ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => fault(name, 'twice', '同一省份的规则出现两次')),
    ...[{ name: 'national', rules: national }, ...provinces.map(({ province, rules }) => ({ name: province, rules }))].flatMap(({ name, rules }) =>
      rules.flatMap((rule, at) => [...datesOf(name, rule, rules[at - 1]), ...adoptionsOf(name, rule)]),
    ),
    ...national.flatMap((rule) => problems(placeOf('national', rule), policy.safeParse(rule.values))),
    ...provinces.flatMap((own) => own.rules.flatMap((rule) => valuesOf(own, rule, national))),
  ];
}

const placeOf = (name: string, { from }: { readonly from: Day }): string => `${name}/${from}`;

const versionOf = (base: { readonly from: Day }, province: string, override: { readonly from: Day }): string =>
  `${placeOf('national', base)}+${placeOf(province, override)}`;

const fault = (place: string, reason: PolicyFault['reason'], detail: string): PolicyFault => ({ place, reason, detail });

/** The last rule that has begun, unless it has ended. */
function inForce<Values>(rules: readonly EffectiveRule<Values>[], day: Day): EffectiveRule<Values> | undefined {
  const begun = rules.findLast(({ from }) => from <= day);
  return begun?.until !== undefined && begun.until < day ? undefined : begun;
}

function datesOf(name: string, rule: EffectiveRule<unknown>, before: EffectiveRule<unknown> | undefined): PolicyFault[] {
  const place = placeOf(name, rule);
  const { from, until } = rule;
  if (![from, until ?? from].every((day) => calendarDay.safeParse(day).success)) return [fault(place, 'not-a-day', `${from} 至 ${until ?? '—'}`)];
  return [
    ...(until !== undefined && until < from ? [fault(place, 'ends-before-it-begins', `止于 ${until}，早于 ${from}`)] : []),
    ...(before !== undefined && from < before.from ? [fault(place, 'unordered', `排在 ${placeOf(name, before)} 之后却先施行`)] : []),
    ...(before !== undefined && from >= before.from && from <= (before.until ?? before.from)
      ? [fault(place, 'overlap', `与 ${placeOf(name, before)} 重叠，后者至 ${before.until ?? before.from} 仍施行`)]
      : []),
  ];
}

const adoptionsOf = (name: string, rule: EffectiveRule<PolicyOverride>): PolicyFault[] =>
  (rule.values.adoptions ?? [])
    .filter(({ from }) => from > rule.from)
    .map(({ document, from }) => fault(placeOf(name, rule), 'late-adoption', `${document} 自 ${from} 起采用，晚于规则施行日`));

/** A province's values alone, and over each national rule that they meet. */
function valuesOf({ province, rules }: ProvinceRules, rule: EffectiveRule<PolicyOverride>, national: readonly EffectiveRule<Policy>[]): PolicyFault[] {
  const own = problems(placeOf(province, rule), policyOverride.safeParse(rule.values));
  if (own.length > 0) return own;
  const beginnings = [rule.from, ...national.map(({ from }) => from)].filter((day) => inForce(rules, day) === rule);
  const met = new Set(beginnings.map((day) => inForce(national, day)));
  return [...met].flatMap((base) => (base ? problems(versionOf(base, province, rule), policy.safeParse(merge(base.values, rule.values))) : []));
}

function problems(place: string, parsed: z.ZodSafeParseResult<unknown>): PolicyFault[] {
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => fault(place, 'invalid-values', `${path.join('.')}: ${message}`));
}

/** Field by field within a section, so a term replaces a term of another unit; a list replaces a list. */
function merge(base: Policy, override: PolicyOverride): Policy {
  const merged = Object.entries(override).map(([section, values]) => {
    const below = base[section as keyof Policy];
    return [section, Array.isArray(values) ? values : { ...below, ...values }];
  });
  return { ...base, ...Object.fromEntries(merged) };
}
