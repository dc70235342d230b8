import { describe, expect, test } from 'vitest';
import { DeliveryGivenUp, EndpointAnswered, EndpointDisabled, EndpointEnabled, EndpointRegistered, EndpointSecretRotated } from '../../events/deliveries.ts';
import type { NewEvent } from '../../events/event.ts';
import { DELIVERED } from '../../functions/deliveries/articles.ts';
import disableEndpoint from '../../functions/deliveries/commands/disable-endpoint.ts';
import disableFailing from '../../functions/deliveries/commands/disable-failing-endpoint.ts';
import enableEndpoint from '../../functions/deliveries/commands/enable-endpoint.ts';
import noteAnswer from '../../functions/deliveries/commands/note-answer.ts';
import pingEndpoint from '../../functions/deliveries/commands/ping-endpoint.ts';
import registerEndpoint from '../../functions/deliveries/commands/register-endpoint.ts';
import rotateSecret from '../../functions/deliveries/commands/rotate-endpoint-secret.ts';
import { endpoint } from '../../functions/deliveries/endpoint.ts';
import onGivenUp from '../../functions/deliveries/reactions/disable-failing-endpoint.ts';
import { endpointUrl } from '../../functions/deliveries/url.ts';
import { goodAt, type KeptSecret } from '../../functions/kernel/kept-secret.ts';
import { eventId, fact, given, streamOf, TODAY } from '../support/given.ts';
import { heard } from '../support/heard.ts';

const COURT = 'made-court';
const CLERK = { agency: COURT, kind: 'court', division: '360802', person: 'made', roles: ['clerk'] } as const;
const facts = { directory: fact({ division: '360802' }), register: fact(undefined, 0) };
const URL = 'https://court.example/notices';
const SECRET = `whsec_${Buffer.from(Array.from({ length: 32 }, (_, at) => at * 5)).toString('base64')}`;
const registered = EndpointRegistered.of(
  { agency: COURT, host: 'court.example', registeredBy: COURT, registeredOn: TODAY, basis: DELIVERED },
  { url: URL, secret: SECRET },
);
const disabled = (reason: 'asked' | 'failing' | 'gone', disabledBy = COURT) =>
  EndpointDisabled.of({ agency: COURT, host: 'court.example', reason, disabledBy, disabledOn: TODAY, basis: DELIVERED });
const enabled = EndpointEnabled.of({ agency: COURT, host: 'court.example', enabledBy: COURT, enabledOn: TODAY, basis: DELIVERED });
const asClerk = { actor: CLERK, facts };
const body = { agency: COURT, url: URL, secret: SECRET };

describe('an endpoint is registered', () => {
  test('with its host open, its address and secret restricted', () => {
    const { decision } = given(endpoint).when(registerEndpoint, body, asClerk).thenEvents(registered);
    expect(decision).toMatchObject([{ restricted: { url: URL, secret: SECRET } }]);
    expect(JSON.stringify((decision as readonly NewEvent[])[0]?.data)).not.toContain('/notices');
  });
  test.each([
    ['not-https', 'endpoint_not_https'],
    ['private-address', 'endpoint_private_address'],
    ['unknown-host', 'endpoint_unknown_host'],
  ] as const)('unless it may not be sent to: %s', (unreachable, code) => {
    given(endpoint)
      .when(registerEndpoint, body, { ...asClerk, unreachable })
      .thenRefused({ code, pointer: '/url' });
  });
  test('unless nobody knows the agency', () => {
    given(endpoint)
      .when(registerEndpoint, body, { ...asClerk, facts: { ...facts, directory: fact(undefined, 0) } })
      .thenRefused({ code: 'not_found', pointer: '/agency' });
  });
  test('anew, which enables it and keeps the secret before for a day', () => {
    const stream = streamOf(endpoint, [COURT]);
    for (const event of [registered, disabled('failing'), registered]) stream.write(event);
    expect(stream.state()).toMatchObject({ disabled: null, secrets: [{ version: 1 }, { version: 3, until: null }] });
  });
});

describe('an address is one', () => {
  test.each([URL, 'https://court.example/', 'https://xn--fiq228c.example/a/b', 'http://127.0.0.1:9/'])('%s', (url) => {
    expect(endpointUrl.safeParse(url).success).toBe(true);
  });
  test.each([
    'https://court.example',
    'https://COURT.example/',
    'https://cоurt.example/',
    'https://court.example:443/',
    'https://user@court.example/',
    'https://user:pass@court.example/',
    'https://court.example/?token=1',
    'https://court.example/#part',
    'https://court.example/a/../b',
    'ftp://court.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://',
    'court.example',
    `https://court.example/${'a'.repeat(600)}`,
  ])('not %s', (url) => {
    expect(endpointUrl.safeParse(url).success).toBe(false);
  });
});

describe('a secret is rotated', () => {
  const secrets = (stream: ReturnType<typeof streamOf>, at: string) =>
    goodAt((stream.state() as { secrets: readonly KeptSecret[] }).secrets, at).map(({ version }) => version);
  const rotated = EndpointSecretRotated.of({ agency: COURT, rotatedBy: COURT, rotatedOn: TODAY, basis: DELIVERED }, { secret: SECRET });
  test('and the agency told', () => {
    given(endpoint, registered).when(rotateSecret, { agency: COURT, secret: SECRET }, asClerk).thenEvents(rotated);
  });
  test('both are good for a day, the newer first; then the newer alone; never three', () => {
    const stream = streamOf(endpoint, [COURT]);
    for (const event of [registered, rotated]) stream.write(event);
    const { secrets: kept } = stream.state() as { secrets: readonly KeptSecret[] };
    const until = kept[0]?.until as string;
    expect(secrets(stream, new Date(Date.parse(until) - 1).toISOString())).toEqual([2, 1]);
    expect(secrets(stream, until)).toEqual([2]);
    stream.write(rotated);
    expect(secrets(stream, new Date(Date.parse(until) - 1).toISOString())).toEqual([3, 2]);
  });
  test('not of an endpoint that there is not', () => {
    given(endpoint).when(rotateSecret, { agency: COURT, secret: SECRET }, asClerk).thenRefused({ code: 'not_found', pointer: '/agency' });
  });
});

describe('an endpoint is disabled and enabled', () => {
  test('when it is asked for, once', () => {
    given(endpoint, registered).when(disableEndpoint, { agency: COURT }, asClerk).thenEvents(disabled('asked'));
    given(endpoint, registered, disabled('gone')).when(disableEndpoint, { agency: COURT }, asClerk).thenNothing();
    given(endpoint, registered, disabled('gone')).when(enableEndpoint, { agency: COURT }, asClerk).thenEvents(enabled);
    given(endpoint, registered).when(enableEndpoint, { agency: COURT }, asClerk).thenNothing();
  });
  test('a test of a disabled one is refused, with what cures it', () => {
    given(endpoint, registered, disabled('asked')).when(pingEndpoint, { agency: COURT }, asClerk).thenRefused({ code: 'endpoint_disabled' });
  });

  const answered = (answeredOn: string) => EndpointAnswered.of({ agency: COURT, answeredOn });
  const failing = { agency: COURT, reason: 'failing', firstOn: '2026-03-11' } as const;
  const later = { today: '2026-03-14' };
  test.each([
    ['it never answered', [registered], true],
    ['it answered before the first attempt', [registered, answered('2026-03-10')], true],
    ['it answered on the day of the first attempt, and on none of the three after', [registered, answered('2026-03-11')], true],
    ['it answered on a later day: that one notice is at fault, not the endpoint', [registered, answered('2026-03-12')], false],
    ['it is disabled already', [registered, disabled('asked')], false],
    ['there is none', [], false],
  ])('after a delivery was given up, %s', (_, events, disables) => {
    const outcome = given(endpoint, ...events).when(disableFailing, failing, later);
    if (!disables) outcome.thenNothing();
    else
      outcome.thenEvents(
        EndpointDisabled.of({ agency: COURT, host: 'court.example', reason: 'failing', disabledBy: 'system', disabledOn: '2026-03-14', basis: DELIVERED }),
      );
  });
  test('what was tried at an endpoint before it was registered anew says nothing of the new one', () => {
    given(endpoint, registered)
      .when(disableFailing, { ...failing, firstOn: '2026-03-09' }, later)
      .thenNothing();
  });
  test('one that says it is gone is believed although it answered today', () => {
    const { decision } = given(endpoint, registered, answered('2026-03-14')).when(disableFailing, { ...failing, reason: 'gone' }, later);
    expect(decision).toMatchObject([{ name: 'EndpointDisabled', data: { reason: 'gone' } }]);
  });

  const givenUp = (event: 'NoticeSent' | 'EndpointPinged', fault: string) =>
    onGivenUp.targets(
      heard(DeliveryGivenUp, { about: eventId(1), recipient: COURT, attempt: 1, status: null, event, fault: fault as never, firstOn: TODAY, givenUpOn: TODAY }),
    );
  test('by a notice that was given up, not by a test nor by an endpoint that was not there', () => {
    expect(givenUp('NoticeSent', 'no-answer')).toEqual([{ agency: COURT, reason: 'failing', firstOn: TODAY }]);
    expect(givenUp('NoticeSent', 'gone')).toEqual([{ agency: COURT, reason: 'gone', firstOn: TODAY }]);
    expect(givenUp('EndpointPinged', 'gone')).toEqual([]);
    expect(givenUp('NoticeSent', 'no-endpoint')).toEqual([]);
  });

  test('that it answers is noted once a day', () => {
    given(endpoint, registered).when(noteAnswer, { agency: COURT, answeredOn: TODAY }).thenEvents(answered(TODAY));
    given(endpoint, registered, answered(TODAY)).when(noteAnswer, { agency: COURT, answeredOn: TODAY }).thenNothing();
    given(endpoint, registered, answered(TODAY)).when(noteAnswer, { agency: COURT, answeredOn: '2026-03-09' }).thenNothing();
    given(endpoint).when(noteAnswer, { agency: COURT, answeredOn: TODAY }).thenNothing();
  });
});
