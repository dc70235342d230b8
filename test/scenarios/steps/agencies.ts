import * as z from 'zod';
import { directoryFor } from '../../../functions/agencies/directories.ts';
import { type Directory, justiceBureauOf, superiorOf } from '../../../functions/agencies/directory.ts';
import type { HostClaims } from '../../support/host.ts';
import { nearest } from '../nearest.ts';
import type { Stage } from '../stage.ts';
import { act, Misstated } from '../step.ts';
import { AGENCY_KINDS, apiWord, CLERK, LEVELS, oneOf, ROLES } from '../words.ts';

/** Who keeps the province's directory and register: its own bureau. */
export function ofProvince(stage: Stage, role: 'operator' | 'registrar'): HostClaims {
  const bureau = justiceBureauOf(directoryFor(stage.province), stage.province);
  if (!bureau) throw new Misstated('该省没有名录');
  return { agency: bureau.id, kind: bureau.kind, division: bureau.division, person: `made-${role}`, roles: [role] };
}

async function register(
  stage: Stage,
  body: { id: string; name: string; kind: string; level: string; division: string; superior: string | null; discipline: string | null },
): Promise<boolean> {
  await stage.post(ofProvince(stage, 'operator'), 'agencies/register-agency', body);
  if (stage.accepted) stage.agencies.set(body.name, { id: body.id, kind: body.kind, division: body.division });
  return stage.accepted;
}

/** From the public directory, and first whoever stands above it. */
async function enter(stage: Stage, directory: Directory, id: string): Promise<boolean> {
  const agency = directory.get(id);
  if (!agency || stage.has(agency.name)) return true;
  const superior = superiorOf(directory, id)?.id ?? null;
  for (const above of [superior, agency.discipline]) if (above != null && !(await enter(stage, directory, above))) return false;
  const { name, kind, level, division, discipline } = agency;
  if (!(await register(stage, { id, name, kind, level, division, superior, discipline: discipline ?? null }))) return false;
  stage.name('单位', name, id);
  return true;
}

export const agencies = [
  act('名录中登入下列单位', z.strictObject({ 单位: z.array(z.string()) }), async (stage, _, { 单位: names }) => {
    const directory = directoryFor(stage.province);
    for (const name of names) {
      const found = directory.values().find((each) => each.name === name);
      if (!found)
        throw new Misstated(
          `公开名录中没有“${name}”，最接近的是“${nearest(
            name,
            [...directory.values()].map((each) => each.name),
          )}”`,
        );
      if (!(await enter(stage, directory, found.id))) return;
    }
  }),
  act(
    '名录中另登入{单位}',
    z.strictObject({ 类别: oneOf(AGENCY_KINDS), 层级: oneOf(LEVELS), 区划: z.string(), 上级: z.string().optional() }),
    async (stage, { 单位: name }, { 类别: kind, 层级: level, 区划: division, 上级: superior }) => {
      const id = `made-organ-${stage.agencies.size}`;
      const above = superior === undefined ? null : stage.id('单位', superior);
      if (await register(stage, { id, name, kind, level, division, superior: above, discipline: null })) stage.name('单位', name, id);
    },
  ),
  act('{人员}是{单位}的{身份}', z.strictObject({}), async (stage, { 人员: people, 单位: agency, 身份: role }) => {
    const { id, kind, division } = stage.agency(agency);
    const word = apiWord(ROLES[kind] ?? CLERK, role);
    for (const name of people.split('、')) {
      const licence = `MADE-${division}-${String(stage.people.size + 1).padStart(4, '0')}`;
      if (word === 'appraiser') {
        const answer = await stage.post(ofProvince(stage, 'registrar'), 'registry/register-appraiser', {
          institution: id,
          scopes: ['medicine-0201'],
          name: `虚构${name}`,
          licence,
        });
        if (!stage.accepted) return;
        stage.name('人员', name, String(answer.body.stream).split('/').at(-1) ?? '');
      }
      stage.people.set(name, { agency: id, kind, division, person: licence, roles: [word] });
    }
  }),
];
