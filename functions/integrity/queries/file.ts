import * as z from 'zod';
import type { Right } from '../../kernel/command.ts';
import type { Actor, AgencyKind, Role } from '../../kernel/identity.ts';
import { page, pageParameters, query } from '../../kernel/query.ts';
import { subjectAt, subjectKey } from '../entry.ts';

const parameters = z.strictObject({
  kind: z.enum(['appraiser', 'institution']),
  /** Pseudonym or unified social credit code; absent: one's own. */
  id: z.string().min(1).max(64).optional().meta({ title: '责任主体编号' }),
  ...pageParameters,
});
type Asked = z.infer<typeof parameters>;

/** Where a line of the table lets its reader look; absent: nowhere. */
interface Line {
  readonly kind: AgencyKind;
  readonly roles: readonly Role[];
  /** 与档案主体的关系 */
  readonly title: string;
  readonly place: (asked: Asked, actor: Actor) => { readonly listing: string; readonly partition: string } | undefined;
}

const whole = (kind: Asked['kind'], id: string) => ({ listing: 'integrity/file', partition: subjectKey({ kind, id }) });

/** An institution reads of its appraisers what arose with it; what they bring from elsewhere is the bureau's to know [default]. */
const LINES: readonly Line[] = [
  {
    kind: 'institution',
    roles: ['appraiser'],
    title: '鉴定人本人',
    place: ({ kind, id = '' }, { person }) => (kind === 'appraiser' && (id === '' || id === person) ? whole(kind, person) : undefined),
  },
  {
    kind: 'institution',
    roles: ['head', 'staff'],
    title: '本机构及在本机构执业时形成的鉴定人记录',
    place: ({ kind, id }, { agency }) => {
      if (kind === 'appraiser') return id === undefined ? undefined : { listing: 'integrity/file-at-institution', partition: subjectAt({ kind, id }, agency) };
      return id === undefined || id === agency ? whole(kind, agency) : undefined;
    },
  },
  {
    kind: 'justice-bureau',
    roles: ['officer', 'leader', 'registrar'],
    title: '指明主体的司法行政机关',
    place: ({ kind, id }) => (id === undefined ? undefined : whole(kind, id)),
  },
];

const placeFor = (asked: Asked, actor: Actor) =>
  LINES.filter(({ kind, roles }) => kind === actor.kind && roles.some((role) => actor.roles.includes(role)))
    .map(({ place }) => place(asked, actor))
    .find((place) => place !== undefined);

/** 诚信档案 of a subject, newest entry first; what was compensated stays in it and says so. */
export default query({
  name: 'integrity/file',
  title: '诚信档案',
  parameters,
  who: LINES.map(
    ({ kind, roles, title, place }): Right<unknown, Asked, unknown> => ({
      kind,
      roles,
      relation: { title, holds: ({ input, actor }) => place(input, actor) !== undefined },
    }),
  ),
  read: async (asked, { views, actor }) => {
    const place = placeFor(asked, actor);
    if (!place) return { items: [], next: null };
    return page(views, place.listing, place.partition, asked, 'newest-first');
  },
});
