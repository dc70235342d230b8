import * as z from 'zod';
import type { HostClaims } from '../../support/host.ts';
import type { Stage } from '../stage.ts';
import { act, check, Misstated } from '../step.ts';
import { same } from './lists.ts';

/** Every query that somebody of an institution may ask, with every way to ask it. A test holds this list against the API's. */
export const INSTITUTION_QUERIES: Readonly<Record<string, (stage: Stage, agency: string) => readonly Readonly<Record<string, string>>[]>> = {
  'agencies/credentials': () => [{}],
  'agencies/directory': ({ province }) => [{ province: province.slice(0, 2) }],
  'deadlines/agenda': () => [{}],
  'deliveries/endpoint': () => [{}],
  'deliveries/log': () => [{ show: 'all' }],
  'integrity/file': (stage, agency) => [
    { kind: 'institution' },
    { kind: 'institution', id: agency },
    { kind: 'appraiser' },
    ...appraisersOf(stage, agency).map((id) => ({ kind: 'appraiser', id })),
  ],
  'interference/circular': (stage) => stage.ids('通报').map((circular) => ({ circular })),
  'interference/circulars': () => [{}],
  'interference/own-records': (stage) => stage.ids('案件').map((number) => ({ case: number })),
  'interference/missing-rows': () => [{}],
  'interference/records': () => [{}],
  'interference/reports': () => [{}],
  'interference/statistics': (_, agency) => [{ from: '2026-03' }, { from: '2026-01', to: '2026-12', institution: agency }],
  'notifications/inbox': () => [{ show: 'open' }, { show: 'all' }],
  'notifications/sent': () => [{ show: 'open' }, { show: 'all' }],
  'proficiency/chart': (_, agency) => [{ institution: agency, item: 'medicine-0201' }],
  'proficiency/history': (_, agency) => [{ institution: agency }],
  'proficiency/order': (stage) => stage.ids('整改').map((rectification) => ({ rectification })),
  'proficiency/rectifications': () => [{}],
  'registry/cancellations': () => [{}],
  'registry/decision': (stage) => stage.ids('整改').map((cancellation) => ({ cancellation })),
  'registry/roster': () => [{ day: '2026-03-09' }],
  'sanctions/order': (stage) => stage.ids('认定').map((finding) => ({ finding })),
  'sanctions/orders': () => [{}],
};

const appraisersOf = (stage: Stage, agency: string): string[] =>
  [...stage.people].filter(([, { agency: own, roles }]) => own === agency && roles.includes('appraiser')).map(([name]) => stage.id('人员', name));

/** Who of the institution may ask: its people in the scenario, and a made one of each role. */
const readersOf = (stage: Stage, name: string): readonly HostClaims[] => {
  const { id, kind, division } = stage.agency(name);
  const own = [...stage.people.values()].filter(({ agency }) => agency === id);
  return [...own, ...['head', 'staff', 'appraiser'].map((role) => ({ agency: id, kind, division, person: `made-${role}`, roles: [role] }))];
};

/** Every answer that anybody of the institution can get; how far the views lag is no answer. */
async function seenBy(stage: Stage, name: string): Promise<Record<string, unknown>> {
  const agency = stage.id('单位', name);
  const seen: Record<string, unknown> = {};
  for (const reader of readersOf(stage, name)) {
    for (const [query, waysOf] of Object.entries(INSTITUTION_QUERIES)) {
      for (const parameters of waysOf(stage, agency)) {
        const { status, body } = await stage.ask(reader, query, parameters);
        const { asOf: _, ...told } = body;
        seen[`${reader.roles[0]} ${reader.person} ${query} ${new URLSearchParams(parameters)}`] = { status, ...told };
      }
    }
  }
  return seen;
}

const memoryOf = (name: string) => `${name}能查到的一切`;

export const visibility = [
  act('记下{机构}能查到的一切', z.strictObject({}), async (stage, { 机构: name }) => {
    stage.remembered.set(memoryOf(name), await seenBy(stage, name));
  }),
  check(
    '{机构}查不到任何变化',
    z.strictObject({
      /** Who reads of his own doing what nobody else does. */
      除本人查询: z.string().optional(),
    }),
    async (stage, { 机构: name }, { 除本人查询: own }) => {
      const before = stage.remembered.get(memoryOf(name));
      if (before === undefined) throw new Misstated(`此前没有“记下${name}能查到的一切”`);
      const mark = own === undefined ? undefined : `${stage.person(own).person} interference/own-records`;
      const others = (seen: unknown) => Object.fromEntries(Object.entries(seen as object).filter(([asked]) => mark === undefined || !asked.includes(mark)));
      same(others(before), others(await seenBy(stage, name)));
    },
  ),
];
