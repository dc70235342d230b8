import { expect, test } from 'vitest';
import type { CallContext } from '../../functions/kernel/command.ts';
import { actorFrom } from '../../functions/kernel/identity.ts';
import registerAppraiser from '../../functions/registry/commands/register-appraiser.ts';

/** Keeps what it is given, so that two spellings of one number are seen to be one person. */
const keyRing = { pseudonym: (kind: string, value: string) => `${kind}:${value}` };

test.each(['MADE-LICENCE-1', '36080219000101001x', '36080219000101001X'])('who is registered under %s is who acts under it', (licence) => {
  const actor = actorFrom({ agency: 'made-institution', kind: 'institution', division: '360800', person: licence, roles: ['appraiser'] }, keyRing);
  const input = { institution: 'made-institution', scopes: [], name: '虚构', licence };
  const context = { ...keyRing, actor, callId: '', province: '360000' } as CallContext;
  expect(registerAppraiser.key(input, context)).toBe('refused' in actor ? undefined : actor.person);
});
