import type * as z from 'zod';
import { DelegationFact } from '../../events/delegation.ts';
import { type AnyCommand, lookUp } from './command.ts';
import { forbidden, type Refusal } from './decision.ts';
import { type FactRead, type Reads, readFacts } from './facts.ts';
import { type Actor, ROLES_OF } from './identity.ts';
import type { CommitActor } from './ledger.ts';

/** Among a delegation's commands: every one that the delegator may give. */
const ALL = 'all';

type Delegation = z.infer<typeof DelegationFact.schema>;

/** 受委托办理: who acts, with the delegator's roles, and what the commit says of it. */
export interface Delegated {
  readonly actor: Actor;
  readonly onBehalfOf: NonNullable<CommitActor['onBehalfOf']>;
  /** Guarded: a revocation at the same moment comes first. */
  readonly read: FactRead;
  readonly from: string;
  readonly until: string;
}

/** Why a delegation does not serve (403), by code. */
export const REFUSALS = {
  delegation_not_possible: '此事须由本人办理，不能受委托办理',
  delegation_unknown: '没有委托您办理的此项委托',
  delegation_revoked: '此项委托已撤销',
  delegation_not_in_force: '今天不在此项委托的期间内',
  delegation_not_covering: '所办事项不在此项委托的范围内',
} as const satisfies Record<`delegation_${string}`, string>;

const no = (code: keyof typeof REFUSALS): Refusal => forbidden(REFUSALS[code], code);

/** A delegation of another agency, or to another person, is answered as one that does not exist. */
const isFor = ({ agency, kind, delegate }: Delegation, actor: Actor): boolean => agency === actor.agency && kind === actor.kind && delegate === actor.person;

/** The actor under a delegation, or why not. Whether its time has come is for {@link outsideOf} to say. */
export async function takeDelegation(reads: Reads, command: AnyCommand, actor: Actor, id: string): Promise<Delegated | Refusal> {
  if (command.inPerson || command.sealsActor) return no('delegation_not_possible');
  const { facts, reads: read } = await readFacts(reads, { delegation: lookUp(DelegationFact, id, { guard: true }) });
  const given = facts.delegation.state;
  if (!given || !isFor(given, actor)) return no('delegation_unknown');
  if (given.revokedOn !== null) return no('delegation_revoked');
  if (![ALL, command.name].some((name) => given.commands.includes(name))) return no('delegation_not_covering');
  return {
    actor: { ...actor, roles: ROLES_OF[actor.kind].filter((role) => given.roles.includes(role)) },
    onBehalfOf: { person: given.delegator, roles: given.roles, delegation: id },
    read: read[0] as FactRead,
    from: given.from,
    until: given.until,
  };
}

/** Refused where the day of the decision (Asia/Shanghai) lies outside the delegation's time. */
export const outsideOf = ({ from, until }: Delegated, today: string): Refusal | undefined =>
  today < from || today > until ? no('delegation_not_in_force') : undefined;
