import { expect, test } from 'vitest';
import agenda from '../../functions/deadlines/queries/agenda.ts';
import type { Actor, AgencyKind, Role } from '../../functions/kernel/identity.ts';
import type { ListingRow } from '../../functions/kernel/ports.ts';
import { checkRights } from '../../functions/kernel/rights.ts';
import { TODAY } from '../support/given.ts';
import { id } from '../support/heard.ts';
import { viewsOf } from '../support/views.ts';
import { COURT, INSTITUTION } from './made.ts';

const actor = (kind: AgencyKind, role: Role, agency: string): Actor => ({ agency, kind, division: '310000', person: id('9'), roles: [role] });
const row = (holder: string, legalDue: string, kind: string, beyondCalendar = false): ListingRow => ({
  listing: 'deadlines/agenda',
  partition: holder,
  sort: `${legalDue}/x`,
  item: { kind, dates: { start: '2026-03-09', rawDue: legalDue, legalDue, alertDue: legalDue, beyondCalendar }, calendar: 'made/2026', status: 'running' },
});
const views = viewsOf(
  [row(INSTITUTION, '2027-03-31', 'correct', true), row(INSTITUTION, '2026-03-10', 'forward-report'), row(COURT, '2026-03-09', 'sign-for-notice')],
  {
    [`deadlines/open/${INSTITUTION}`]: 2,
  },
);

test('given own and others’ deadlines, then one’s own come, the earliest first, in words, with how many are open', async () => {
  const answer = await agenda.read(agenda.parameters.parse({}), {
    actor: actor('institution', 'head', INSTITUTION),
    views,
    now: '',
    today: TODAY,
    pseudonym: () => '',
  });
  expect(answer).toMatchObject({
    items: [
      { kind: 'forward-report', title: expect.stringContaining('向主管司法行政机关报告'), warning: null },
      { kind: 'correct', title: '按行政处理决定改正', warning: expect.stringContaining('2027-03-31') },
    ],
    next: null,
    open: 2,
  });
});

test.each<[AgencyKind, Role, boolean]>([
  ['justice-bureau', 'officer', true],
  ['justice-bureau', 'operator', false],
  ['institution', 'staff', true],
  ['institution', 'appraiser', false],
  ['court', 'clerk', true],
])('of a %s, who as %s may read the agenda: %s', (kind, role, may) => {
  expect(checkRights(agenda, { state: undefined, input: {}, facts: {}, actor: actor(kind, role, INSTITUTION), province: '310000' }) === undefined).toBe(may);
});
