import * as z from 'zod';
import { catalogue } from '../../../events/catalogue.ts';
import { opaqueId } from '../../../events/common.ts';
import { notFound } from '../../kernel/decision.ts';
import type { Role } from '../../kernel/identity.ts';
import type { Json } from '../../kernel/ports.ts';
import { query } from '../../kernel/query.ts';
import { readTrace, type TraceNode } from '../../kernel/trace.ts';

const TITLES: ReadonlyMap<string, string> = new Map(catalogue.map(({ name, title }) => [name, title]));
const titleOf = (name: string): string => TITLES.get(name) ?? name;

const ROLES: readonly Role[] = ['officer', 'leader', 'operator'];

/** A step in words, without the ids of commands: what happened is what its events say. */
const told = ({ command, kind, roles, onBehalfOf, occurredOn, recordedAt, policy, events, followed }: TraceNode): { [key: string]: Json } => ({
  command,
  title: [...new Set(events.map(({ name }) => titleOf(name)))].join('；'),
  kind,
  roles,
  ...(onBehalfOf === undefined ? {} : { onBehalfOf: { title: '受委托办理', roles: onBehalfOf.roles } }),
  occurredOn,
  recordedAt,
  policy,
  events: events.map(({ id, name, bases }) => ({ id, name, title: titleOf(name), bases: bases.map((each) => ({ ...each })) })),
  followed: followed.map(told),
});

/**
 * 全过程留痕: what followed from one command, to the last notice, each step with the role, when and by which article.
 *
 * No institution may ask: what passed it by begins a trace of its own. The number is that of the first command's answer and cannot be guessed.
 */
export default query({
  name: 'oversight/trace',
  title: '全过程留痕',
  parameters: z.strictObject({ correlationId: opaqueId }),
  who: [
    { kind: 'justice-bureau', roles: ROLES },
    { kind: 'ministry', roles: ROLES },
  ],
  route: '/v1/trace/{correlationId}',
  read: async ({ correlationId }, { views }) => {
    const { tree, truncated } = await readTrace(views, correlationId);
    if (tree.length === 0) return { ...notFound('留痕', '/correlationId'), detail: '没有此编号的留痕；刚刚办理的，请稍后再查' };
    return { correlationId, tree: tree.map(told), truncated };
  },
});
