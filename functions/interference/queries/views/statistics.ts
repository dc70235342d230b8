import type * as z from 'zod';
import { institutionFigures } from '../../../../events/interference.ts';
import type { Json } from '../../../kernel/ports.ts';
import type { QueryContext } from '../../../kernel/query.ts';
import { ACT_FIGURES, BUREAU, KNOWN, PLACES } from '../../figures.ts';
import {
  agencyItem,
  type BureauLine,
  type Institution,
  institutionItem,
  type KnownLine,
  monthsOf,
  type Overdue,
  type Period,
  sum,
  tallied,
} from '../../statistics.ts';

type Views = QueryContext['views'];

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

export async function agencyOf(views: Views, id: string): Promise<z.infer<typeof agencyItem> | undefined> {
  const row = await views.row('agencies/by-id', 'all', id);
  return row && agencyItem.parse(row.item);
}

export async function institutionOf(views: Views, id: string): Promise<Institution | undefined> {
  const row = await views.row('registry/by-code', 'all', id);
  return row && institutionItem.parse(row.item);
}

export const institutionsOf = async (views: Views, bureau: string | 'all'): Promise<Institution[]> =>
  (await (bureau === 'all' ? itemsOf(views, 'registry/by-code', 'all') : itemsOf(views, 'registry/supervised', bureau))).map((item) =>
    institutionItem.parse(item),
  );

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

/** Deadlines of a holder that have passed and are not met. */
export const overdueOf = async (views: Views, holder: string): Promise<Overdue> =>
  tallied((await itemsOf(views, 'deadlines/overdue', holder)).map(({ kind }) => kind ?? null));

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
