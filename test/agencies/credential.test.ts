import { describe, expect, test } from 'vitest';
import { CredentialRegistered, CredentialRevoked } from '../../events/agencies.ts';
import type { NewEvent } from '../../events/event.ts';
import { CREDENTIAL } from '../../functions/agencies/articles.ts';
import registerCredential from '../../functions/agencies/commands/register-credential.ts';
import revokeCredential from '../../functions/agencies/commands/revoke-credential.ts';
import { credential, systemRoleOf } from '../../functions/agencies/credential.ts';
import credentials from '../../functions/agencies/queries/credentials.ts';
import { type Actor, agencyKind } from '../../functions/kernel/identity.ts';
import { goodAt } from '../../functions/kernel/kept-secret.ts';
import type { ListingRow } from '../../functions/kernel/ports.ts';
import { eventId, fact, given, streamOf, TODAY } from '../support/given.ts';
import { webhookSecretOf } from '../support/webhook-secret.ts';

const operator = (division: string): Actor => ({ agency: 'made-bureau', kind: 'justice-bureau', division, person: 'made', roles: ['operator'] });
const PROVINCES = operator('310000');
const COURT = { kind: 'court', division: '310115' } as const;
const holds = (agency: object | undefined, institution?: object) => ({
  agency: fact(agency, agency ? 1 : 0),
  institution: fact(institution, institution ? 1 : 0),
});
const input = { agency: 'made-court', secret: webhookSecretOf('虚构') };
const registered = (change: object = {}) =>
  CredentialRegistered.of(
    {
      ...COURT,
      agency: 'made-court',
      roles: ['clerk'],
      registeredBy: 'made-bureau',
      rotates: false,
      registeredOn: TODAY,
      basis: CREDENTIAL,
      ...change,
    },
    { secret: input.secret },
  );
const revoked = CredentialRevoked.of({ agency: 'made-court', revokedBy: 'made-bureau', revokedOn: TODAY, basis: CREDENTIAL });
const NOW = `${TODAY}T01:00:00.000Z`;
const TOMORROW = '2026-03-11T01:00:00.000Z';

describe('接入凭证: a bureau’s operator registers an agency’s system', () => {
  const when = (facts: ReturnType<typeof holds>, actor = PROVINCES) => given(credential).when(registerCredential, input, { actor, facts });

  test('as what the directory says it is, in the one role that systems of its kind have', () => {
    when(holds({ id: 'made-court', name: '虚构法院', level: 'county', superior: null, discipline: null, ...COURT })).thenEvents(registered());
  });

  test('an institution as the register has it, in the role of its staff', () => {
    when(holds(undefined, { division: '310115' })).thenEvents(registered({ kind: 'institution', roles: ['staff'] }));
  });

  test('the secret stands in the restricted part alone', () => {
    const decided = streamOf(credential).decide(registerCredential, input, { actor: PROVINCES, facts: holds(COURT) });
    const [event] = decided as unknown as [{ data: object; restricted: object }];
    expect(event.restricted).toEqual({ secret: input.secret });
    expect(JSON.stringify(event.data)).not.toContain(input.secret);
  });

  test.each(['justice-bureau', 'ministry'])('but not of a %s: what is decided there is a named officer’s', (kind) => {
    when(holds({ ...COURT, kind })).thenRefused({ code: 'no_system_of_a_bureau', pointer: '/agency' });
  });

  test('nor of who stands in neither', () => {
    when(holds(undefined)).thenRefused({ refused: 'not-found', pointer: '/agency' });
  });

  test.each([
    ['the district’s', operator('310115'), true],
    ['another district’s', operator('310104'), false],
    ['the province’s', PROVINCES, true],
    ['the ministry’s', { ...operator('100000'), kind: 'ministry' as const }, true],
    ['an officer of the district', { ...operator('310115'), roles: ['officer' as const] }, false],
  ])('%s may: %s', (_, actor, may) => {
    const decided = streamOf(credential).decide(registerCredential, input, { actor, facts: holds(COURT) });
    expect('refused' in decided).toBe(!may);
  });

  test('each kind of agency has one role for its system, or none', () => {
    const without = agencyKind.options.filter((kind) => systemRoleOf(kind) === undefined);
    expect(without.sort()).toEqual(['justice-bureau', 'ministry']);
    expect(agencyKind.options.filter((kind) => systemRoleOf(kind) === 'staff')).toEqual(['institution']);
  });

  test.each(['', 'whsec_', 'whsec_c2hvcnQ=', webhookSecretOf('虚构').replace('whsec_', ''), `whsec_${'A'.repeat(44)}`])(
    'a secret like %s is malformed',
    (secret) => {
      expect(registerCredential.input.safeParse({ ...input, secret }).error?.issues.map(({ path }) => path)).toEqual([['secret']]);
    },
  );
});

describe('密钥轮换', () => {
  const stateAfter = (...events: readonly NewEvent[]) => {
    const stream = streamOf(credential, ['made-court']);
    for (const event of events) stream.write(event);
    return stream.state() as NonNullable<typeof credential.initial>;
  };
  const goodIn = (state: NonNullable<typeof credential.initial>, at: string) => goodAt(state.secrets, at).map(({ event }) => event);

  test('a second secret is good at once, the first one for a day more', () => {
    const state = stateAfter(registered(), registered({ rotates: true }));
    expect(goodIn(state, NOW)).toEqual([eventId(2), eventId(1)]);
    expect(goodIn(state, TOMORROW)).toEqual([eventId(2)]);
  });

  test('a third one ends the first', () => {
    expect(goodIn(stateAfter(registered(), registered(), registered()), NOW)).toEqual([eventId(3), eventId(2)]);
  });

  test('what was revoked is good no longer, also when another is registered later', () => {
    expect(goodIn(stateAfter(registered(), registered(), revoked), NOW)).toEqual([]);
    const state = stateAfter(registered(), revoked, registered());
    expect(goodIn(state, NOW)).toEqual([eventId(3)]);
    expect(state.revokedOn).toBeNull();
  });

  test('the event says whether there was one before', () => {
    const facts = holds(COURT);
    given(credential, registered())
      .when(registerCredential, input, { actor: PROVINCES, facts })
      .thenEvents(registered({ rotates: true }));
    given(credential, registered(), revoked).when(registerCredential, input, { actor: PROVINCES, facts }).thenEvents(registered());
  });
});

describe('撤销', () => {
  test('ends it once; a second time nothing follows', () => {
    given(credential, registered()).when(revokeCredential, { agency: 'made-court' }, { actor: PROVINCES }).thenEvents(revoked);
    given(credential, registered(), revoked).when(revokeCredential, { agency: 'made-court' }, { actor: PROVINCES }).thenNothing();
  });

  test('what was never registered is not there', () => {
    given(credential).when(revokeCredential, { agency: 'made-court' }, { actor: PROVINCES }).thenRefused({ refused: 'not-found', pointer: '/agency' });
  });

  test.each([
    ['310115', true],
    ['310104', false],
  ])('the bureau of %s may: %s', (division, may) => {
    const stream = streamOf(credential);
    stream.write(registered());
    expect('refused' in stream.decide(revokeCredential, { agency: 'made-court' }, { actor: operator(division) })).toBe(!may);
  });
});

describe('接入凭证一览', () => {
  const stream = streamOf(credential, ['made-court']);
  stream.write(registered());
  stream.write(registered({ rotates: true }));
  const seenBy = async (actor: Actor) => {
    const rows = async (listing: string, partition: string) => ({
      rows: stream.rows().filter((row: ListingRow) => row.listing === listing && row.partition === partition),
    });
    const { items } = (await credentials.read({}, { actor, views: { rows } } as never)) as { items: unknown[] };
    return items;
  };

  test('tells since when, until when the secret before is good, and nothing of the secrets', async () => {
    expect(await seenBy(PROVINCES)).toEqual([
      { ...COURT, agency: 'made-court', roles: ['clerk'], registeredOn: TODAY, revokedOn: null, formerUntil: '2026-03-11T01:00:00.000Z' },
    ]);
  });

  test.each([
    ['the agency itself', { ...operator('310115'), agency: 'made-court', kind: 'court' as const }, 1],
    ['another agency', { ...operator('310115'), agency: 'made-other-court', kind: 'court' as const }, 0],
    ['its district’s bureau', operator('310115'), 1],
    ['another district’s bureau', operator('310104'), 0],
    ['the bureau of the city that it lies in', operator('310100'), 1],
    ['the province’s bureau', PROVINCES, 1],
    ['the ministry', { ...operator('100000'), kind: 'ministry' as const }, 1],
  ])('%s sees %s', async (_, actor, count) => {
    expect(await seenBy(actor)).toHaveLength(count);
  });
});
