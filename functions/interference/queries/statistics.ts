import * as z from 'zod';
import { agencyId } from '../../../events/common.ts';
import { institutionFigures, month } from '../../../events/interference.ts';
import { forbidden, isRefusal, notFound, type Refusal } from '../../kernel/decision.ts';
import type { Actor } from '../../kernel/identity.ts';
import type { Json } from '../../kernel/ports.ts';
import { type QueryContext, query } from '../../kernel/query.ts';
import { ACT_FIGURES, BUREAU, FIGURES, KNOWN, PLACES } from '../figures.ts';
import { ofOwnInstitution } from '../relations.ts';
import {
  agencyItem,
  type BureauLine,
  type Institution,
  institutionItem,
  type KnownLine,
  lengthOf,
  MOST_MONTHS,
  monthsOf,
  type Overdue,
  type Period,
  type Statistics,
  sum,
  tallied,
  totalsOf,
} from '../statistics.ts';
import { statisticsPage } from '../statistics-page.ts';

const parameters = z
  .strictObject({
    /** First and last month; one of them alone is that month, none the present one. */
    from: month.optional(),
    to: month.optional(),
    institution: agencyId.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, { path: ['to'], error: '截止月份早于起始月份' })
  .refine(({ from, to }) => from === undefined || to === undefined || lengthOf({ from, to }) <= MOST_MONTHS, {
    path: ['to'],
    error: `期间不超过 ${MOST_MONTHS} 个月`,
  });
type Asked = z.infer<typeof parameters>;

/** Columns of what the bureau alone knows. */
const BUREAU_COLUMNS = [...BUREAU, ...ACT_FIGURES, 'waiting', 'handling', 'undecided'] as const;

const asJson = (statistics: Statistics): Json => statistics as unknown as Json;

const periodOf = ({ from, to }: Asked, today: string): Period => ({ from: from ?? to ?? today.slice(0, 7), to: to ?? from ?? today.slice(0, 7) });

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

/** Whose lines are asked for, and which bureaus' own figures stand beside them: an institution sees none. */
interface Scope {
  readonly institutions: readonly Institution[];
  readonly bureaus: readonly string[] | null;
  /** Every bureau of the province. */
  readonly every: boolean;
}

async function scopeOf({ institution }: Asked, { agency, kind }: Actor, views: Views): Promise<Scope | Refusal> {
  if (kind === 'institution') {
    const own = await institutionOf(views, agency);
    return { institutions: own ? [own] : [], bureaus: null, every: false };
  }
  const every = kind === 'ministry' || (await agencyOf(views, agency))?.level === 'province';
  if (institution !== undefined) {
    const found = await institutionOf(views, institution);
    if (!found) return notFound('鉴定机构', '/institution');
    if (!every && found.supervisedBy !== agency) return forbidden('仅限：主管该鉴定机构的司法行政机关，或者省级司法行政机关');
    return { institutions: [found], bureaus: every ? [found.supervisedBy] : [agency], every };
  }
  const institutions = await institutionsOf(views, every ? 'all' : agency);
  const supervisors = institutions.map(({ supervisedBy }) => supervisedBy);
  return { institutions, bureaus: [...new Set([...(kind === 'ministry' ? [] : [agency]), ...supervisors])], every };
}

/**
 * 检查统计: the figures of a period by the month of the fact, what is open and overdue as it stands, an institution a line. A bureau asks of whom
 * it supervises, a province's and the ministry of all; the head of an institution of his own, without anything that passed it by.
 */
export default query({
  name: 'interference/statistics',
  title: '检查统计',
  parameters,
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader'] },
    { kind: 'ministry', roles: ['officer', 'leader'] },
    { kind: 'institution', roles: ['head'], relation: ofOwnInstitution },
  ],
  read: async (asked, { actor, views, today }) => {
    const period = periodOf(asked, today);
    const scope = await scopeOf(asked, actor, views);
    if (isRefusal(scope)) return scope;
    const { institutions, bureaus, every } = scope;
    const known = (await knownLines(views, period, institutions)).toSorted((a, b) => (a.institution < b.institution ? -1 : 1));
    const of = (await agencyOf(views, actor.agency))?.name ?? (bureaus ? actor.agency : (institutions[0]?.name ?? actor.agency));
    const head = { ...period, of };
    if (!bureaus) return asJson({ ...head, items: known, totals: totalsOf(known, FIGURES) });
    const beside = await bureauLines(views, period, bureaus, every, institutions);
    const items = known.map((line) => ({ ...line, atBureau: beside.get(line.institution) as BureauLine }));
    const holders = await Promise.all(
      bureaus.map(async (bureau) => {
        const [found, overdueByKind] = await Promise.all([agencyOf(views, bureau), overdueOf(views, bureau)]);
        return { bureau, name: found?.name ?? bureau, overdue: sum(Object.values(overdueByKind)), overdueByKind };
      }),
    );
    return asJson({ ...head, items, totals: { ...totalsOf(known, FIGURES), atBureau: totalsOf([...beside.values()], BUREAU_COLUMNS) }, bureaus: holders });
  },
  page: (answer) => statisticsPage(answer as unknown as Statistics & { asOf: string | null }),
});
