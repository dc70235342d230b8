import { describe, expect, test } from 'vitest';
import type { CallContext } from '../../functions/kernel/command.ts';
import { actorFrom } from '../../functions/kernel/identity.ts';
import { appraiser } from '../../functions/registry/appraiser.ts';
import registerAppraiser from '../../functions/registry/commands/register-appraiser.ts';
import { given } from '../support/given.ts';
import { DAY, INSTITUTION, ITEM, OTHER_ITEM, registered, registrar } from './made.ts';

/** Keeps what it is given, so that two spellings of one number are seen to be one person. */
const keyRing = { pseudonym: (kind: string, value: string) => `${kind}:${value}` };

test.each(['MADE-LICENCE-1', '36080219000101001x', '36080219000101001X'])('who is registered under %s is who acts under it', (licence) => {
  const actor = actorFrom({ agency: 'made-institution', kind: 'institution', division: '360800', person: licence, roles: ['appraiser'] }, keyRing);
  const input = { institution: 'made-institution', scopes: [], name: '虚构', licence };
  const context = { ...keyRing, actor, callId: '', province: '360000' } as CallContext;
  expect(registerAppraiser.key(input, context)).toBe('refused' in actor ? undefined : actor.person);
});

describe('司法鉴定人登记管理办法 第三条: within what the institution is registered for', () => {
  const input = (scopes: readonly string[]) => ({ institution: INSTITUTION, scopes, name: '虚构', licence: 'MADE-LICENCE-1' });
  const when = (scopes: readonly string[], institution = registered()) =>
    given(appraiser).when(registerAppraiser, input(scopes), { actor: registrar, today: DAY, facts: { institution } });

  test('given items of the institution, then the appraiser is registered for them from that day', () => {
    expect(when([OTHER_ITEM, ITEM]).stream.state()).toMatchObject({ institution: INSTITUTION, scopes: [OTHER_ITEM, ITEM], registeredOn: DAY });
  });

  test('given an item that the institution never had, or that was struck off, then it is refused with its place', () => {
    const refused = { refused: 'rule', code: 'outside_institution', pointer: '/scopes/1', basis: { article: '第三条', document: '司法部令第96号' } } as const;
    when([ITEM, 'medicine-0101']).thenRefused(refused as never);
    when([OTHER_ITEM, ITEM], registered({ scopes: [OTHER_ITEM], struckOff: [ITEM] })).thenRefused(refused as never);
  });

  test('given what is no official item, or one twice, then the body is malformed there', () => {
    const paths = (scopes: readonly string[]) => registerAppraiser.input.safeParse(input(scopes)).error?.issues.map(({ path }) => path);
    expect(paths([ITEM, '0201'])).toEqual([['scopes', 1]]);
    expect(paths([ITEM, ITEM])).toEqual([['scopes']]);
  });
});
