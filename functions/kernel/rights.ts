import type { AnyCommand, Right } from './command.ts';
import { forbidden, type Refusal } from './decision.ts';
import { type Actor, type AgencyKind, ROLES_OF, type Role } from './identity.ts';

/** Everyone who is signed in, whatever the agency: for what is public among agencies. */
export const everyKind: readonly Right<unknown, unknown, unknown>[] = Object.entries(ROLES_OF).map(([kind, roles]) => ({ kind: kind as AgencyKind, roles }));

/** Roles that deal with an agency's mail and its deadlines; who only runs its systems, keeps the roster or appraises does not (司办通〔2020〕56号 art. 10). */
const DESK: ReadonlySet<Role> = new Set(['officer', 'leader', 'head', 'staff', 'clerk']);

/** 经办人员 of every kind of agency. */
export const desk = everyKind.map(({ kind, roles }) => ({ kind, roles: roles.filter((each) => DESK.has(each)) }));

type About = { state: unknown; input: unknown; facts: unknown; actor: Actor; province: string };

type Rights = { readonly who: AnyCommand['who'] | readonly Right<unknown, unknown, unknown>[] };

const linesFor = ({ who }: Rights, { kind, roles }: Actor): readonly Right<unknown, unknown, unknown>[] =>
  who === 'system'
    ? []
    : (who as readonly Right<unknown, unknown, unknown>[]).filter((line) => line.kind === kind && line.roles.some((role) => roles.includes(role)));

/** Kind and role alone, before anything is read: to whom no line applies learns nothing of what is there. */
export function checkRole(command: Rights, actor: Actor): Refusal | undefined {
  if (command.who === 'system') return forbidden('此操作由系统自动办理');
  return linesFor(command, actor).length === 0 ? forbidden('您的单位或者身份没有办理此事的权限') : undefined;
}

/** The table of rights: a line with the actor's kind and one of the roles, and its relation where it names one. */
export function checkRights(command: Rights, about: About): Refusal | undefined {
  const stranger = checkRole(command, about.actor);
  if (stranger) return stranger;
  const lines = linesFor(command, about.actor);
  if (lines.some(({ relation }) => relation === undefined || relation.holds(about))) return undefined;
  return forbidden(`仅限：${lines.map(({ relation }) => relation?.title).join('；')}`);
}
