import { describe, expect, test } from 'vitest';
import { completeUscc } from '../../functions/kernel/codes/uscc.ts';
import registerInstitution from '../../functions/registry/commands/register-institution.ts';
import { institution } from '../../functions/registry/institution.ts';
import { fact, given } from '../support/given.ts';
import { BUREAU, DAY, ITEM, OTHER_ITEM, REGISTRAR, registrar } from './made.ts';

const input = { uscc: completeUscc('34360802MADE0009'), name: '虚构鉴定所', division: '360802', supervisedBy: BUREAU, scopes: [ITEM, OTHER_ITEM] };

describe('关于司法鉴定管理问题的决定 第三条: an institution is registered for official items', () => {
  test('given official items, then it is registered for them, and by whom', () => {
    given(institution)
      .when(registerInstitution, input, { actor: registrar, today: DAY, facts: { bureau: fact({ kind: 'justice-bureau' }) } })
      .thenState({ ...input, registeredBy: REGISTRAR, registeredOn: DAY, struckOff: [], strikes: [] });
  });

  test.each([
    ['a number without its class', ['0201'], ['scopes', 0]],
    ['a number that no document gives', [ITEM, 'medicine-0299'], ['scopes', 1]],
    ['a field alone', ['medicine-02'], ['scopes', 0]],
    ['a class that no document knows', ['finance-0101'], ['scopes', 0]],
    ['an item twice', [ITEM, ITEM], ['scopes']],
    ['no item', [], ['scopes']],
  ])('given %s, then the body is malformed there', (_, scopes, path) => {
    expect(registerInstitution.input.safeParse({ ...input, scopes }).error?.issues.map((issue) => issue.path)).toEqual([path]);
  });
});
