import { type Division, isWithin } from './codes/division.ts';
import type { AnyCommand, Relation, Right, Within } from './command.ts';
import { forbidden, type Refusal } from './decision.ts';
import { type Actor, type AgencyKind, ROLES_OF, type Role } from './identity.ts';
import type { ViewStore } from './ports.ts';
import { REACH_WORDS, type Reach } from './words.ts';

type Line = Right<unknown, unknown, unknown>;

/** Everyone who is signed in, whatever the agency and wherever it is: for what is public among agencies. */
export const everyKind: readonly (Line & { readonly within: 'anywhere' })[] = Object.entries(ROLES_OF).map(([kind, roles]) => ({
  kind: kind as AgencyKind,
  roles,
  within: 'anywhere',
}));

/** Roles that deal with an agency's mail and its deadlines; who only runs its systems, keeps the roster or appraises does not (司办通〔2020〕56号 art. 10). */
const DESK: ReadonlySet<Role> = new Set(['officer', 'leader', 'head', 'staff', 'clerk']);

/** 经办人员 of every kind of agency, of anywhere: art. 8 has superiors and bureaus told that may lie in another province. */
export const desk = everyKind.map((line) => ({ ...line, roles: line.roles.filter((each) => DESK.has(each)) }));

/** 本单位: whoever asks is told of his own agency, and of no other. For queries. */
export const ownAgency: Relation<unknown, unknown, unknown> = { title: '本单位', holds: () => true, ownViews: true };

/**
 * 区划 of a line that names none. What a justice bureau or an institution does here it does as of this province: the register is the province's
 * (关于司法鉴定管理问题的决定 第三条). Courts commission and organs are told from anywhere; the ministry is the whole country's.
 */
const USUAL: Readonly<Partial<Record<AgencyKind, 'province'>>> = { 'justice-bureau': 'province', institution: 'province' };

const withinOf = ({ kind, within }: Line): Within<unknown, unknown, unknown> => within ?? USUAL[kind] ?? 'anywhere';

/** How far a line reaches, by its word. */
export const reachOf = (line: Line): Reach => {
  const within = withinOf(line);
  return typeof within === 'string' ? within : 'own-division';
};

type About = { state: unknown; input: unknown; facts: unknown; actor: Actor; province: Division };
type Rights = { readonly who: AnyCommand['who'] | readonly Line[] };

const linesFor = ({ who }: Rights, { kind, roles }: Actor): readonly Line[] =>
  who === 'system' ? [] : (who as readonly Line[]).filter((line) => line.kind === kind && line.roles.some((role) => roles.includes(role)));

/** By the actor's division alone. */
const REACHES: Readonly<Record<Reach, (division: Division, province: Division) => boolean>> = {
  anywhere: () => true,
  province: isWithin,
  'province-level': (division, province) => division === province,
  'own-division': isWithin,
};

type Asker = Pick<About, 'actor' | 'province'>;
const reaching = (rights: Rights, { actor, province }: Asker): readonly Line[] =>
  linesFor(rights, actor).filter((line) => REACHES[reachOf(line)](actor.division, province));

/** By the division of what is asked about, where the line names it. */
const covers = (line: Line, about: About): boolean => {
  const within = withinOf(line);
  return typeof within === 'string' || isWithin(within.division(about), about.actor.division);
};

const holds = (line: Line, about: About): boolean => covers(line, about) && (line.relation?.holds(about) ?? true);

const words = (lines: readonly Line[], wordOf: (line: Line) => string | undefined): string =>
  [...new Set(lines.map(wordOf).filter((word) => word !== undefined))].join('；');

/** Kind, role and the actor's division alone, before anything is read: to whom no line applies learns nothing of what is there. */
export function checkRole(rights: Rights, asker: Asker): Refusal | undefined {
  if (rights.who === 'system') return forbidden('此操作由系统自动办理');
  if (reaching(rights, asker).length > 0) return undefined;
  const lines = linesFor(rights, asker.actor);
  if (lines.length === 0) return forbidden('您的单位或者身份没有办理此事的权限');
  return forbidden(`仅限下列区划的单位：${words(lines, (line) => REACH_WORDS[reachOf(line)])}`);
}

/** What only those concerned may know to exist: for the others the answer is that to what does not, and it is given before anything more is read. */
export function checkUnseen(rights: Rights, about: About): Refusal | undefined {
  const lines = reaching(rights, about);
  if (lines.some((line) => line.relation?.unseen === undefined || holds(line, about))) return undefined;
  return lines[0]?.relation?.unseen;
}

/** The table of rights: a line with the actor's kind, one of the roles and the division, and its relation where it names one. */
export function checkRights(rights: Rights, about: About): Refusal | undefined {
  const stranger = checkRole(rights, about);
  if (stranger) return stranger;
  const lines = reaching(rights, about);
  if (lines.some((line) => holds(line, about))) return undefined;
  const unseen = lines.find(({ relation }) => relation?.unseen !== undefined)?.relation?.unseen;
  if (unseen) return unseen;
  const lacking = (line: Line) => (covers(line, about) ? line.relation?.title : REACH_WORDS['own-division']);
  return forbidden(`仅限：${words(lines, lacking)}`);
}

type Views = Pick<ViewStore, 'row' | 'rows' | 'counter' | 'counters'>;

/** A query reads its own agency's rows and counters, and cannot read others, where all lines that the actor may ask by say so. */
export function viewsFor(rights: Rights, asker: Asker, views: Views): Views {
  const { agency } = asker.actor;
  if (!reaching(rights, asker).every(({ relation }) => relation?.ownViews)) return views;
  const own = <T>(mine: boolean, read: () => T): T => {
    if (!mine) throw new TypeError('a query that declares its own agency’s views reads another’s');
    return read();
  };
  return {
    row: async (listing, partition, sort) => own(partition === agency, () => views.row(listing, partition, sort)),
    rows: async (listing, partition, options) => own(partition === agency, () => views.rows(listing, partition, options)),
    counter: async (counter) => own(counter.endsWith(`/${agency}`), () => views.counter(counter)),
    counters: async (prefix) => own(prefix.includes(`/${agency}/`), () => views.counters(prefix)),
  };
}
