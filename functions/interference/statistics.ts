import * as z from 'zod';
import { type DeadlineKind, deadlineKind } from '../../events/deadlines.ts';
import { type InstitutionFigures, institutionFigures } from '../../events/interference.ts';
import type { Json } from '../kernel/ports.ts';
import type { QueryContext } from '../kernel/query.ts';
import { ACT_FIGURES, BUREAU, type BureauFigure, KNOWN, PLACES } from './figures.ts';
import { OVERDUE_WORDS } from './inspection-words.ts';

type Views = QueryContext['views'];

/** 统计期间: months, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export const MOST_MONTHS = 36;

const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
const monthAt = (number: number): string => `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;

/** How many months a period has; none where its end lies before its beginning. */
export const lengthOf = ({ from, to }: Period): number => Math.max(0, numberOf(to) - numberOf(from) + 1);

export const monthsOf = (period: Period): string[] => Array.from({ length: lengthOf(period) }, (_, at) => monthAt(numberOf(period.from) + at));

const agency = z.object({ id: z.string(), name: z.string(), level: z.string() });
const institution = z.object({ uscc: z.string(), name: z.string(), supervisedBy: z.string() });
export type Institution = z.infer<typeof institution>;

/** 逾期: deadlines that have passed and are not met, by kind. */
export type Overdue = Partial<Record<DeadlineKind, number>>;

/** What an institution may know of itself: only this and {@link institutionFigures} reach its answers. */
export interface KnownLine extends InstitutionFigures {
  readonly institution: string;
  readonly name: string;
  readonly overdueByKind: Overdue;
}

/** What the bureau alone knows of it beside. */
export type BureauLine = Readonly<Record<BureauFigure, number>> & {
  /** 待主管机关处理 */
  readonly waiting: number;
  /** 已处理、未办结 */
  readonly handling: number;
  /** 未处理的保护请求 */
  readonly undecided: number;
};

/** All items of a partition. */
async function itemsOf(views: Views, listing: string, partition: string): Promise<{ readonly [key: string]: Json }[]> {
  const items: { readonly [key: string]: Json }[] = [];
  for (let after: string | undefined; ; ) {
    const { rows, next } = await views.rows(listing, partition, { limit: 1000, ...(after === undefined ? {} : { after }) });
    items.push(...rows.map(({ item }) => item));
    if (next === undefined) return items;
    after = next;
  }
}

export async function agencyOf(views: Views, id: string): Promise<z.infer<typeof agency> | undefined> {
  const row = await views.row('agencies/by-id', 'all', id);
  return row && agency.parse(row.item);
}

export async function institutionOf(views: Views, id: string): Promise<Institution | undefined> {
  const row = await views.row('registry/by-code', 'all', id);
  return row && institution.parse(row.item);
}

export const institutionsOf = async (views: Views, bureau: string | 'all'): Promise<Institution[]> =>
  (await (bureau === 'all' ? itemsOf(views, 'registry/by-code', 'all') : itemsOf(views, 'registry/supervised', bureau))).map((item) => institution.parse(item));

type Sums = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Sums by institution and figure, the last two parts of a counter's name, over all counters that begin so. */
async function sumsOf(views: Views, prefixes: readonly string[]): Promise<Sums> {
  const found = await Promise.all(prefixes.map((prefix) => views.counters(prefix)));
  const sums = new Map<string, Map<string, number>>();
  for (const { counter, value } of found.flat()) {
    const [id = '', figure = ''] = counter.split('/').slice(-2);
    const figures = sums.get(id) ?? new Map<string, number>();
    sums.set(id, figures.set(figure, (figures.get(figure) ?? 0) + value));
  }
  return sums;
}

const valuesOf = <K extends string>(sums: Sums, id: string, figures: readonly K[]): Record<K, number> =>
  Object.fromEntries(figures.map((figure) => [figure, sums.get(id)?.get(figure) ?? 0])) as Record<K, number>;

const LAPSES = deadlineKind.options.filter((kind) => OVERDUE_WORDS[kind] !== null);

const tallied = (kinds: readonly Json[]): Overdue =>
  Object.fromEntries(
    LAPSES.flatMap((kind) => {
      const count = kinds.filter((each) => each === kind).length;
      return count === 0 ? [] : [[kind, count]];
    }),
  );

/** Deadlines of a holder that have passed and are not met. */
export const overdueOf = async (views: Views, holder: string): Promise<Overdue> =>
  tallied((await itemsOf(views, 'deadlines/overdue', holder)).map(({ kind }) => kind ?? null));

export const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/** As many institutions are read one by one; of more, the whole province's month is. */
const FEW = 8;

/** 机构可知的统计: read without looking at anything that the bureau alone knows. */
export async function knownLines(views: Views, period: Period, institutions: readonly Institution[]): Promise<KnownLine[]> {
  const places = institutions.length > FEW ? [''] : institutions.map(({ uscc }) => `${uscc}/`);
  const sums = await sumsOf(
    views,
    monthsOf(period).flatMap((month) => places.flatMap((place) => [`commissions/by-month/${month}/${place}`, `${PLACES.known}/${month}/${place}`])),
  );
  return Promise.all(
    institutions.map(async ({ uscc, name }) => {
      const [waiting, missing, overdueByKind] = await Promise.all([
        itemsOf(views, 'interference/open-at-institution', uscc),
        itemsOf(views, 'interference/missing-rows', uscc),
        overdueOf(views, uscc),
      ]);
      const figures = institutionFigures.parse({
        ...valuesOf(sums, uscc, ['cases', ...KNOWN]),
        open: waiting.length,
        missing: sum(missing.map((each) => (each.missing as readonly Json[]).length)),
        overdue: sum(Object.values(overdueByKind)),
      });
      return { institution: uscc, name, ...figures, overdueByKind };
    }),
  );
}

/** What these bureaus alone know, by institution; `all`: every bureau of the province. */
export async function bureauLines(
  views: Views,
  period: Period,
  bureaus: readonly string[],
  every: boolean,
  institutions: readonly Institution[],
): Promise<ReadonlyMap<string, BureauLine>> {
  const within = (prefix: string) => (every ? [`${prefix}/`] : bureaus.map((bureau) => `${prefix}/${bureau}/`));
  const all = (listing: string) => Promise.all(bureaus.map((bureau) => itemsOf(views, listing, bureau))).then((found) => found.flat());
  const [sums, open, protections] = await Promise.all([
    sumsOf(
      views,
      monthsOf(period).flatMap((month) => within(`${PLACES.atBureau}/${month}`)),
    ),
    all('interference/open-at-bureau'),
    all('interference/open-protections'),
  ]);
  const count = (id: string, status: string) => open.filter((each) => each.institution === id && each.status === status).length;
  return new Map(
    institutions.map(({ uscc }) => [
      uscc,
      {
        ...valuesOf(sums, uscc, [...BUREAU, ...ACT_FIGURES]),
        waiting: count(uscc, 'at-bureau'),
        handling: count(uscc, 'routed'),
        undecided: protections.filter((each) => each.institution === uscc).length,
      },
    ]),
  );
}

/** 合计 of these columns. */
export const totalsOf = <K extends string>(lines: readonly Readonly<Record<K, number>>[], columns: readonly K[]): Record<K, number> =>
  Object.fromEntries(columns.map((column) => [column, sum(lines.map((line) => line[column]))])) as Record<K, number>;

/** What the query answers, with the `asOf` that the kernel adds. */
export interface Statistics extends Period {
  /** Whose table it is. */
  readonly of: string;
  readonly items: readonly (KnownLine & { readonly atBureau?: BureauLine })[];
  readonly totals: InstitutionFigures & { readonly atBureau?: BureauLine };
  /** Deadlines of the bureaus themselves. */
  readonly bureaus?: readonly { readonly bureau: string; readonly name: string; readonly overdue: number; readonly overdueByKind: Overdue }[];
}
