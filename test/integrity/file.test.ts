import { describe, expect, test } from 'vitest';
import file from '../../functions/integrity/queries/file.ts';
import type { Actor, AgencyKind, Role } from '../../functions/kernel/identity.ts';
import type { ListingRow } from '../../functions/kernel/ports.ts';
import { checkRights } from '../../functions/kernel/rights.ts';
import { TODAY } from '../support/given.ts';
import { id } from '../support/heard.ts';
import { viewsOf } from '../support/views.ts';

const ME = id('a');
const OTHER = id('b');
const INSTITUTION = 'made-institution';
const row = (listing: string, partition: string, cause: string): ListingRow => ({ listing, partition, sort: `2026-03-09/${cause}`, item: { cause } });
const views = viewsOf([
  row('integrity/file', `appraiser:${ME}`, 'here'),
  row('integrity/file', `appraiser:${ME}`, 'elsewhere'),
  row('integrity/file', `appraiser:${OTHER}`, 'other'),
  row('integrity/file-at-institution', `appraiser:${ME}@${INSTITUTION}`, 'here'),
  row('integrity/file', `institution:${INSTITUTION}`, 'institution'),
  row('integrity/file', 'institution:made-other', 'other-institution'),
]);
const actor = (kind: AgencyKind, roles: Role[], agency = INSTITUTION): Actor => ({ agency, kind, division: '310000', person: ME, roles });
const appraiser = actor('institution', ['appraiser']);
const head = actor('institution', ['head']);
const both = actor('institution', ['head', 'appraiser']);
const officer = actor('justice-bureau', ['officer'], 'made-justice');
const clerk = actor('court', ['clerk'], 'made-court');

const read = async (by: Actor, parameters: Record<string, string>): Promise<string[] | 'forbidden'> => {
  const input = file.parameters.parse(parameters);
  if (checkRights(file, { state: undefined, input, facts: {}, actor: by, province: '310000' })) return 'forbidden';
  const answer = (await file.read(input, { actor: by, views, now: '', today: TODAY, pseudonym: () => '' })) as { items: { cause: string }[] };
  return answer.items.map(({ cause }) => cause).toSorted();
};

describe('C-1, 第十一条: who may read an integrity file', () => {
  test.each<[string, Actor, Record<string, string>, string[] | 'forbidden']>([
    ['an appraiser reads his own, whole', appraiser, { kind: 'appraiser' }, ['elsewhere', 'here']],
    ['an appraiser names himself', appraiser, { kind: 'appraiser', id: ME }, ['elsewhere', 'here']],
    ['an appraiser reads no other’s', appraiser, { kind: 'appraiser', id: OTHER }, 'forbidden'],
    ['an appraiser does not read the institution’s', appraiser, { kind: 'institution' }, 'forbidden'],
    ['a head reads the institution’s', head, { kind: 'institution' }, ['institution']],
    ['a head reads no other institution’s', head, { kind: 'institution', id: 'made-other' }, 'forbidden'],
    ['a head reads of an appraiser what arose here', head, { kind: 'appraiser', id: ME }, ['here']],
    ['a head reads of a stranger nothing', head, { kind: 'appraiser', id: OTHER }, []],
    ['a head who names nobody and is no appraiser reads nothing', head, { kind: 'appraiser' }, 'forbidden'],
    ['a head who appraises reads his own, whole', both, { kind: 'appraiser' }, ['elsewhere', 'here']],
    ['an officer reads any appraiser’s', officer, { kind: 'appraiser', id: OTHER }, ['other']],
    ['an officer reads any institution’s', officer, { kind: 'institution', id: 'made-other' }, ['other-institution']],
    ['an officer has to name whose', officer, { kind: 'institution' }, 'forbidden'],
    ['an operator of a bureau does not read it', actor('justice-bureau', ['operator']), { kind: 'institution', id: INSTITUTION }, 'forbidden'],
    ['a court does not read it', clerk, { kind: 'institution', id: INSTITUTION }, 'forbidden'],
  ])('%s', async (_, by, parameters, expected) => {
    expect(await read(by, parameters)).toEqual(expected);
  });
});
