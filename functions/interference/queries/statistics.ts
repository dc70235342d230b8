import * as z from 'zod';
import { agencyId } from '../../../events/common.ts';
import { month } from '../../../events/interference.ts';
import { forbidden, isRefusal, notFound, type Refusal } from '../../kernel/decision.ts';
import type { Actor } from '../../kernel/identity.ts';
import type { Json } from '../../kernel/ports.ts';
import { type QueryContext, query } from '../../kernel/query.ts';
import { ACT_FIGURES, BUREAU, FIGURES } from '../figures.ts';
import { ofOwnInstitution } from '../relations.ts';
import { type BureauLine, type Institution, lengthOf, MOST_MONTHS, type Period, type Statistics, sum, totalsOf } from '../statistics.ts';
import { statisticsPage } from '../statistics-page.ts';
import { agencyOf, bureauLines, institutionOf, institutionsOf, knownLines, overdueOf } from './views/statistics.ts';

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

/** Whose lines are asked for, and which bureaus' own figures stand beside them: an institution sees none. */
interface Scope {
  readonly institutions: readonly Institution[];
  readonly bureaus: readonly string[] | null;
  /** Every bureau of the province. */
  readonly every: boolean;
}

async function scopeOf({ institution }: Asked, { agency, kind }: Actor, views: QueryContext['views']): Promise<Scope | Refusal> {
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
