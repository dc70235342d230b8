import { beforeAll, describe, expect, test } from 'vitest';
import { toCloudEvent } from '../../functions/kernel/publish.ts';
import { react } from '../../functions/kernel/react.ts';
import { streamName } from '../../functions/kernel/stream.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { ITEM, SPARE_ITEM } from '../api/made-proficiency.ts';
import { ACTORS, type ActorName, INSTITUTION } from '../api/made-province.ts';
import { InProcessApi } from '../support/api.ts';
import type { HostClaims } from '../support/host.ts';
import { setUpMade } from '../support/made-kernel.ts';

const definitions = await loadDefinitions();

const AGENCIES = [
  ['made-province-bureau', 'justice-bureau', 'province', '360000'],
  ['made-city-bureau', 'justice-bureau', 'city', '360800'],
  ['made-provider', 'provider', 'national', '110000'],
  ['made-high-court', 'court', 'province', '360000'],
  ['made-city-market', 'market-regulator', 'city', '360800'],
  ['made-district-police', 'police', 'county', '360802'],
  ['made-next-court', 'court', 'county', '360803'],
  ['made-next-city-procuratorate', 'procuratorate', 'city', '360100'],
  ['made-health', 'health', 'city', '360800'],
] as const;

/** A province where an institution has failed its rectification, heard within the window, and everything up to the decision is done. */
async function heardOut() {
  const made = await setUpMade({ definitions, now: '2026-03-10T02:00:00.000Z' });
  const api = new InProcessApi(made.kernel, async (authorization) => ({ ok: true, claims: JSON.parse(authorization ?? '{}') }));
  let sent = 0;
  /** Gives a command; what follows of it waits until the province settles. */
  const give = async (who: ActorName | HostClaims, command: string, body: unknown) => {
    sent += 1;
    const claims = typeof who === 'string' ? ACTORS[who] : who;
    const headers = { authorization: JSON.stringify(claims), 'idempotency-key': `k-${sent}`, 'content-type': 'application/json' };
    const answer = await api.request({ method: 'POST', path: `/v1/${command}`, headers, body });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body as { stream: string; events: readonly { id: string; type: string }[] };
  };
  for (const [id, kind, level, division] of AGENCIES)
    await give('operator', 'agencies/register-agency', { id, name: `虚构${id}`, kind, level, division, superior: null, discipline: null });
  await give('registrar', 'registry/register-institution', {
    uscc: INSTITUTION,
    name: '虚构鉴定所',
    division: '360802',
    supervisedBy: 'made-city-bureau',
    scopes: [ITEM, SPARE_ITEM],
  });
  await give('registrar', 'registry/register-appraiser', { institution: INSTITUTION, scopes: [ITEM, SPARE_ITEM], name: '虚构', licence: 'MADE-LICENCE-1' });
  const results: string[] = [];
  let rectification = '';
  for (const year of [2024, 2025]) {
    await give('provider', 'proficiency/open-round', { year, item: ITEM, institutions: [] });
    const result = { by: 'word', word: '不满意' };
    for (const { id, type } of (await give('provider', 'proficiency/record-result', { institution: INSTITUTION, item: ITEM, year, result })).events) {
      if (type === 'ProficiencyTestFailed') results.push(id);
      else rectification = id;
    }
  }
  await made.province.settle();
  const evidence = [{ kind: '虚构', sha256: 'a'.repeat(64), keptAt: '虚构' }];
  await give('officer', 'proficiency/order-rectification', { rectification });
  await give('head', 'proficiency/submit-rectification', { rectification, account: '虚构', evidence });
  await give('officer', 'proficiency/verify-rectification', { rectification, outcome: 'not-in-place', account: '虚构' });
  await give('officer', 'registry/apply-for-cancellation', { rectification });
  await give('registrar', 'registry/give-cancellation-notice', { cancellation: rectification });
  await give('head', 'registry/request-hearing', { cancellation: rectification, statement: '虚构陈述' });
  await give('registrar', 'registry/hold-hearing', { cancellation: rectification, account: '虚构听取' });
  await made.province.settle();
  const ask = async (query: string, parameters: Readonly<Record<string, string>> = {}, who: ActorName = 'clerk') => {
    const headers = { authorization: JSON.stringify(ACTORS[who]) };
    return (await api.request({ method: 'GET', path: `/v1/${query}`, query: new URLSearchParams(parameters).toString(), headers })).body;
  };
  /** Only what one reaction hears of a stream’s last commit. */
  const hear = async (reaction: string, stream: string) => {
    const commit = (await made.commits(stream)).at(-1);
    const heard = definitions.reactions.get(reaction);
    if (!commit || !heard) throw new Error(`${reaction} hears nothing of ${stream}`);
    for (const event of commit.events.filter(({ name }) => heard.hears.some((each) => each.name === name)))
      await react(made.kernel, heard, toCloudEvent(made.kernel.province, commit, event));
  };
  const correct = () =>
    give('provider', 'proficiency/correct-result', {
      institution: INSTITUTION,
      item: ITEM,
      year: 2025,
      corrects: results[1],
      cause: 'reassessed',
      result: { by: 'word', word: '满意' },
    });
  const decide = () => give('registrar', 'registry/decide-cancellation', { cancellation: rectification, outcome: 'cancel' });
  const scopes = async (day?: string) =>
    (await ask('registry/roster', day === undefined ? {} : { day })).items[0].scopes.map(({ item }: { item: string }) => item);
  return { made, ask, hear, correct, decide, scopes, rectification, procedure: streamName('registry/cancellation', [rectification]) };
}

const recipients = async ({ made }: Awaited<ReturnType<typeof heardOut>>, event: string) =>
  (await made.commits())
    .flatMap(({ events }) => events)
    .filter(({ name, data }) => name === 'NoticeSent' && (data as { event: string }).event === event)
    .map(({ data }) => (data as { recipient: string }).recipient)
    .toSorted();

describe('P-2, P-3, R-7: an item is struck off', () => {
  let played: Awaited<ReturnType<typeof heardOut>>;
  beforeAll(async () => {
    played = await heardOut();
    played.made.clock.at = Date.parse('2026-03-12T02:00:00.000Z');
    await played.decide();
    await played.made.province.settle();
  });

  test('then the roster has it until the day before, and its other items on', async () => {
    expect(await played.scopes('2026-03-11')).toEqual([ITEM, SPARE_ITEM]);
    expect(await played.scopes('2026-03-12')).toEqual([SPARE_ITEM]);
    expect(await played.ask('registry/roster', {})).toMatchObject({ items: [{ appraisers: 1, scopes: [{ item: SPARE_ITEM, appraisers: 1 }] }] });
  });

  test('then those whom the roster concerns are told at the level that concerns them, and nobody beside', async () => {
    expect(await recipients(played, 'BusinessScopeCancelled')).toEqual(['made-city-market', 'made-district-police', 'made-high-court']);
  });

  test('then bureau, registrar and institution see how it ended, and nobody else sees anything', async () => {
    for (const who of ['officer', 'registrar', 'head'] as const)
      expect(await played.ask('registry/cancellations', {}, who)).toMatchObject({ items: [{ cancellation: played.rectification, statusText: '已决定注销' }] });
    for (const who of ['otherOfficer', 'otherHead'] as const) expect((await played.ask('registry/cancellations', {}, who)).items).toEqual([]);
  });

  test('then a result that is corrected afterwards restores it, from that day, and the same agencies are told', async () => {
    played.made.clock.at = Date.parse('2026-04-01T02:00:00.000Z');
    await played.correct();
    await played.made.province.settle();
    expect(await played.scopes('2026-03-31')).toEqual([SPARE_ITEM]);
    expect(await played.scopes('2026-04-01')).toEqual([ITEM, SPARE_ITEM]);
    expect(await recipients(played, 'BusinessScopeRestored')).toEqual(
      [...['made-city-bureau', 'made-city-market', 'made-district-police', 'made-high-court', 'made-province-bureau'], INSTITUTION].toSorted(),
    );
    expect(await played.ask('registry/cancellations', {}, 'head')).toMatchObject({ items: [{ statusText: '已撤销' }] });
  });
});

describe('X7: decision and withdrawal are heard in any order', () => {
  const RECORD = streamName('proficiency/record', [INSTITUTION, ITEM]);
  /** Decided and corrected at once, before anything of either is heard. */
  const both = async () => {
    const played = await heardOut();
    await played.decide();
    await played.correct();
    await played.hear('proficiency/cancel-rectification', RECORD);
    return { ...played, rectified: streamName('proficiency/rectification', [played.rectification]) };
  };

  test.each<[string, number | undefined, (played: Awaited<ReturnType<typeof both>>) => Promise<void>]>([
    [
      'the decision first',
      1,
      async ({ hear, procedure, rectified }) => {
        await hear('registry/cancel-scope', procedure);
        await hear('registry/withdraw-cancellation', rectified);
        await hear('registry/restore-scope', procedure);
      },
    ],
    [
      'the withdrawal first',
      0,
      async ({ hear, procedure, rectified }) => {
        await hear('registry/withdraw-cancellation', rectified);
        await hear('registry/restore-scope', procedure);
      },
    ],
    ['as they come', undefined, async () => {}],
  ])('given %s, then the item stands registered in the end, with what was opened compensated', async (_, struckOff, hear) => {
    const played = await both();
    await hear(played);
    await played.made.province.settle();
    expect(await played.scopes()).toEqual([ITEM, SPARE_ITEM]);
    const events = (await played.made.commits()).flatMap((commit) => commit.events.map(({ name }) => name));
    const count = (name: string) => events.filter((each) => each === name).length;
    expect(count('CancellationWithdrawn')).toBe(1);
    if (struckOff !== undefined) expect(count('BusinessScopeCancelled')).toBe(struckOff);
    expect(count('BusinessScopeRestored')).toBe(count('BusinessScopeCancelled'));
    expect(count('EntryCompensated')).toBe(count('EntryOpened') - 1);
  });

  test('given the result was corrected and only the rectification knows, then it can no longer be decided', async () => {
    const played = await heardOut();
    await played.correct();
    await played.hear('proficiency/cancel-rectification', RECORD);
    await expect(played.decide()).rejects.toThrow('cancellation_withdrawn');
  });
});
