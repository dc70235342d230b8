import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandType } from '../../functions/kernel/cloud-events.ts';
import { webhookSecretOf } from '../support/webhook-secret.ts';
import { expectProblem } from './expect-problem.ts';
import { anything, mutated } from './fuzz.ts';
import { inThisProcess } from './made-hosts.ts';
import { ACTORS, type MadeProvince, madeProvince, playSlice } from './made-province.ts';
import { samplesOf } from './samples.ts';

const SEED = 20260310;
const RUNS = 300;
/** Where the host's clock stands. */
const NOW = new Date('2026-03-10T01:00:00.000Z');
const SECRET = webhookSecretOf('虚构密钥');
const TYPES = ['application/cloudevents+json', 'application/cloudevents-batch+json', 'application/json'] as const;

let made: MadeProvince;
let events: readonly object[];
let before: string;

/** A valid event of each command that an operator or a provider's clerk may give. */
const eventsOf = (samples: ReturnType<typeof samplesOf>): readonly object[] =>
  Object.entries(samples)
    .filter(([, { who }]) => who === 'operator' || who === 'provider')
    .map(([name, { who, body }]) => ({ specversion: '1.0', id: name, source: `/agency/${ACTORS[who].agency}`, type: commandType(name), data: body }));

beforeAll(async () => {
  made = await madeProvince(inThisProcess);
  events = eventsOf(samplesOf(await playSlice(made)));
  await made.post('operator', 'agencies/register-credential', { agency: 'made-provider', secret: SECRET });
  before = made.everything();
});
afterAll(() => made.close());

/** What was met on the way, so that a test that never came past the door is seen. */
const codes = new Set<string>();

/** Never a 5xx; and what was answered with a 4xx, as a whole or in each of its items, has left nothing behind. */
async function survives(text: string, type: string, signed: boolean, headers: Readonly<Record<string, string>>): Promise<void> {
  const by: Record<string, string> = signed
    ? { 'webhook-id': 'msg_made', 'webhook-timestamp': String(NOW.getTime() / 1000), 'webhook-signature': new Webhook(SECRET).sign('msg_made', NOW, text) }
    : { authorization: `Bearer ${await made.host.token(ACTORS.operator)}` };
  const path = signed ? '/v1/signed-events' : '/v1/events';
  const answer = await made.request({ method: 'POST', path, headers: { ...headers, ...by, 'content-type': type }, body: text });
  const after = made.everything();
  const items: { status: number; problem?: { code: string } }[] = answer.body.items ?? [];
  for (const { status, problem } of items) expect({ status, problem }).toMatchObject({ status: expect.toSatisfy((each: number) => each < 500) });
  for (const problem of [answer.body, ...items.map((item) => item.problem)]) codes.add(problem?.code ?? 'accepted');
  if (answer.status >= 300) expectProblem(answer);
  const accepted = answer.status === 201 || answer.status === 200 ? items.length === 0 || items.some(({ status }) => status < 300) : false;
  if (!accepted) expect(after === before, `${answer.status} ${answer.body.code}, and something was written`).toBe(true);
  before = after;
}

const attributes = fc.dictionary(fc.constantFrom('ce-id', 'ce-source', 'ce-type', 'ce-specversion', 'ce-time', 'ce-made', 'ce-__proto__', 'ce-'), fc.string());

describe.each([
  ['with a token', false],
  ['signed', true],
])('events %s', (_, signed) => {
  test('any text in any mode is taken without a 5xx, and nothing is written that is refused', async () => {
    await fc.assert(
      fc.asyncProperty(anything, fc.constantFrom(...TYPES), attributes, (text, type, headers) => survives(text, type, signed, headers)),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test('so is a valid event, alone or in a batch, with anything in some of its parts', async () => {
    const one = fc.constantFrom(...events).chain((event) => mutated(event));
    await fc.assert(
      fc.asyncProperty(one, (event) => survives(JSON.stringify(event) ?? '', TYPES[0], signed, {})),
      { seed: SEED + 1, numRuns: RUNS },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 5 }), (batch) => survives(JSON.stringify(batch), TYPES[1], signed, {})),
      { seed: SEED + 2, numRuns: RUNS / 3 },
    );
  });
});

test('some came past the door, and some did not', () => {
  expect([...codes]).toEqual(
    expect.arrayContaining(['accepted', 'malformed_json', 'invalid_event', 'foreign_source', 'invalid_body', 'unsupported_media_type']),
  );
});
