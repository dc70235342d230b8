import { ITEM } from './made-proficiency.ts';
import { type ActorName, INSTITUTION, type Played } from './made-province.ts';

export type Parameters = Readonly<Record<string, string>>;

/** How a query is asked rightly (查询样例): who asks a listing of more than one row, and who of elsewhere asks what is not his. */
interface Asked {
  readonly who: ActorName;
  readonly parameters: (played: Played) => Parameters;
  readonly other: ActorName;
}

/** By query name: every query. */
export const ASKED: Readonly<Record<string, Asked>> = {
  'agencies/credentials': { who: 'operator', parameters: () => ({}), other: 'otherHead' },
  'agencies/delegations': { who: 'officer', parameters: () => ({}), other: 'otherOfficer' },
  'agencies/directory': { who: 'clerk', parameters: () => ({ province: '36' }), other: 'otherHead' },
  'deadlines/agenda': { who: 'officer', parameters: () => ({}), other: 'otherOfficer' },
  'deliveries/agency-log': { who: 'operator', parameters: () => ({ agency: 'made-district-court' }), other: 'otherOfficer' },
  'deliveries/endpoint': { who: 'clerk', parameters: () => ({}), other: 'otherHead' },
  'deliveries/endpoints': { who: 'operator', parameters: () => ({}), other: 'otherOfficer' },
  'deliveries/log': { who: 'clerk', parameters: () => ({ show: 'all' }), other: 'otherHead' },
  'integrity/file': { who: 'officer', parameters: ({ person }) => ({ kind: 'appraiser', id: person }), other: 'otherHead' },
  'interference/circular': { who: 'officer', parameters: ({ circular }) => ({ circular }), other: 'otherOfficer' },
  'interference/circulars': { who: 'officer', parameters: () => ({}), other: 'otherOfficer' },
  'interference/own-records': { who: 'appraiser', parameters: (played) => ({ case: played.case }), other: 'stranger' },
  'interference/missing-rows': { who: 'officer', parameters: () => ({}), other: 'otherOfficer' },
  'interference/records': { who: 'head', parameters: () => ({}), other: 'otherHead' },
  'interference/reports': { who: 'officer', parameters: () => ({}), other: 'otherOfficer' },
  'interference/statistics': { who: 'officer', parameters: () => ({ from: '2026-01', to: '2026-12' }), other: 'otherOfficer' },
  'notifications/inbox': { who: 'officer', parameters: () => ({ show: 'all' }), other: 'otherOfficer' },
  'notifications/sent': { who: 'officer', parameters: () => ({ show: 'all' }), other: 'otherOfficer' },
  'oversight/trace': { who: 'officer', parameters: ({ routing }) => ({ correlationId: routing }), other: 'otherOfficer' },
  'proficiency/order': { who: 'officer', parameters: ({ proficiency }) => ({ rectification: proficiency.rectifications.ordered }), other: 'otherOfficer' },
  'proficiency/rectifications': { who: 'officer', parameters: () => ({}), other: 'otherOfficer' },
  'proficiency/round': { who: 'provider', parameters: () => ({ year: '2025', item: ITEM, provider: 'made-provider' }), other: 'otherProvider' },
  'proficiency/rounds': { who: 'provider', parameters: () => ({}), other: 'otherProvider' },
  'proficiency/chart': { who: 'officer', parameters: () => ({ institution: INSTITUTION, item: ITEM }), other: 'otherHead' },
  'proficiency/history': { who: 'officer', parameters: () => ({ institution: INSTITUTION }), other: 'otherHead' },
  'registry/cancellations': { who: 'registrar', parameters: () => ({}), other: 'otherOfficer' },
  'registry/decision': { who: 'registrar', parameters: ({ proficiency }) => ({ cancellation: proficiency.rectifications.decided }), other: 'otherOfficer' },
  'registry/roster': { who: 'clerk', parameters: () => ({}), other: 'otherHead' },
  'sanctions/order': { who: 'officer', parameters: ({ finding }) => ({ finding }), other: 'otherOfficer' },
  'sanctions/orders': { who: 'officer', parameters: () => ({}), other: 'otherOfficer' },
};
