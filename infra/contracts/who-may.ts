import type { AnyCommand, Right } from '../../functions/kernel/command.ts';
import { ROLES_OF, role } from '../../functions/kernel/identity.ts';
import type { AnyQuery } from '../../functions/kernel/query.ts';
import { reachOf } from '../../functions/kernel/rights.ts';
import { KIND_WORDS, REACH_WORDS, REST_WORD, ROLE_WORDS, SYSTEM_WORD } from '../../functions/kernel/words.ts';

type Line = Right<unknown, unknown, unknown>;

/** A line of the table of rights in words: 单位类别, 身份, 区划, 与所办事项的关系. */
export type RightWords = readonly [kinds: string, roles: string, within: string, relation: string];

/** Who may (权限) in words, kinds with the same rights in one line. */
export function whoMay(who: AnyCommand['who'] | AnyQuery['who']): readonly RightWords[] {
  if (who === 'system') return [[SYSTEM_WORD, '', '', '']];
  const groups = Map.groupBy(who as readonly Line[], (line) => [rolesOf(line), REACH_WORDS[reachOf(line)], relationOf(line)].join('\n'));
  return [...groups].map(([rest, lines]) => {
    const [roles = '', within = '', relation = ''] = rest.split('\n');
    return [kindsOf(lines.map(({ kind }) => kind)), roles, within, relation];
  });
}

const rolesOf = ({ roles }: Line): string =>
  role.options
    .filter((each) => roles.includes(each))
    .map((each) => ROLE_WORDS[each])
    .join('、');

const relationOf = ({ relation }: Line): string => (relation ? `${relation.title}${relation.unseen ? '；对其他人按不存在答复' : ''}` : '不限');

/** Kinds that have a clerk and nobody else. */
const CLERKED = Object.entries(ROLES_OF)
  .filter(([, roles]) => roles.join() === 'clerk')
  .map(([kind]) => kind);

const kindsOf = (kinds: readonly Line['kind'][]): string =>
  [...kinds].sort().join() === [...CLERKED].sort().join() ? REST_WORD : kinds.map((kind) => KIND_WORDS[kind]).join('、');
