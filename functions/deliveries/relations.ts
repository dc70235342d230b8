import { AgencyFact } from '../../events/agencies.ts';
import { InstitutionFact } from '../../events/registry.ts';
import type { Division } from '../kernel/codes/division.ts';
import { lookUp, type Relation, type Right } from '../kernel/command.ts';
import { type AgencyKind, ROLES_OF, type Role } from '../kernel/identity.ts';

/** 端点所属单位 */
export const ownEndpoint: Relation<unknown, { readonly agency: string }, unknown> = {
  title: '端点所属单位',
  holds: ({ input, actor }) => input.agency === actor.agency,
};

/** Who runs an agency's systems: the operator where a kind has one, the head of an institution, else the clerk. */
const RUNS: readonly Role[] = ['operator', 'head', 'clerk'];

type Input = { readonly agency: string };
type Facts = { readonly directory: { readonly state?: { readonly division: string } }; readonly register: { readonly state?: { readonly division: string } } };

/** Where the endpoint's agency is: by the directory, or by the register of institutions. */
export const whereabouts = ({ agency }: Input) => ({ directory: lookUp(AgencyFact, agency), register: lookUp(InstitutionFact, agency) });

const divisionOf = ({ facts }: { readonly facts: Facts }): Division => (facts.directory.state ?? facts.register.state)?.division ?? '';

/** 本单位系统运行人员, or on its behalf the operator of the bureau that may enter it in the directory; the agency is told. */
export const ownOrOnBehalf: readonly Right<unknown, Input, Facts>[] = [
  ...(Object.keys(ROLES_OF) as AgencyKind[]).map((kind) => ({ kind, roles: RUNS.filter((role) => ROLES_OF[kind].includes(role)), relation: ownEndpoint })),
  { kind: 'justice-bureau', roles: ['operator'], within: { division: divisionOf } },
  { kind: 'justice-bureau', roles: ['operator'], within: 'province-level' },
];
