import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routesOf } from '../../functions/kernel/http/routes.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { type ApiAnswer, requestFor } from '../support/api.ts';
import { webhookSecretOf } from '../support/webhook-secret.ts';
import { HOSTS, type MakeMadeHost } from './made-hosts.ts';
import { ITEM } from './made-proficiency.ts';
import { ACTORS, type ActorName, INSTITUTION, interferenceBy, type MadeProvince, madeProvince, type Played, playSlice } from './made-province.ts';
import { PLANTS, RESTRICTED_TEXTS, RESTRICTED_WORDS } from './plants.ts';
import { samplesOf } from './samples.ts';

const definitions = await loadDefinitions();
const routes = routesOf(definitions);

/** What was planted, by name; and where each may stand. */
const sought: { text: string; name: string; except: readonly string[]; encoded: boolean }[] = [];
const planted = new Set<string>();
let made: MadeProvince;
let played: Played;

const plant = (field: string): string => {
  const text = `plant-${field}-${sought.length}-${hash('sha256', `${field}${sought.length}`).slice(0, 12)}`;
  planted.add(field);
  seek(SAID_AS[field]?.(text) ?? text, field);
  return text;
};

/** What stands in the body for a text that is planted. */
const SAID_AS: Readonly<Record<string, (text: string) => string>> = {
  'evidence.sha256': (text) => hash('sha256', text),
  'credential.secret': webhookSecretOf,
  'endpoint.secret': webhookSecretOf,
  'endpoint.next': webhookSecretOf,
};

const seek = (text: string, name: string, except: readonly string[] = []): void => {
  const encoded = [Buffer.from(text).toString('base64url').slice(0, -2), Buffer.from(text).toString('hex')];
  sought.push({ text, name, except, encoded: false }, ...encoded.map((form) => ({ text: form, name, except, encoded: true })));
};

async function setUp(makeHost: MakeMadeHost): Promise<void> {
  sought.length = 0;
  planted.clear();
  made = await madeProvince(makeHost);
  played = await playSlice(made, plant);
  const lead = interferenceBy([{ box: 'insider', name: plant('interferers.name') }], plant);
  const row = (await made.post('head', 'interference/sign-row', { case: played.case, content: lead })).body.correlationId;
  await made.post('head', 'interference/report-interference', {
    case: played.case,
    row,
    to: 'bureau',
    content: lead,
    insider: 'head',
    seriousConsequences: false,
  });

  const values = {
    reporter: made.host.pseudonym('person', ACTORS.appraiser.person),
    row: played.directRow,
    organ: 'made-hospital',
    laterOrgan: 'made-clinic',
    protected: made.host.pseudonym('person', ACTORS.appraiser.person),
    protectedRow: played.protectedRow,
    standing: '第五条第二款',
    reading: '第二款未列鉴定机构',
  };
  for (const [field, how] of Object.entries(PLANTS)) if ('value' in how) seek(values[how.value], field, how.except);
  for (const { person } of [ACTORS.appraiser, ACTORS.colleague, ACTORS.stranger]) seek(person, 'licence');
  for (const word of RESTRICTED_WORDS) seek(word, `the word ${word}`);
  planted.add('licence');
}

/** Names of what is found in clear. */
const foundIn = (text: string, place: string): string[] =>
  sought.filter((each) => text.includes(each.text) && !each.except.some((start) => place.startsWith(start))).map(({ name }) => name);

describe.each(HOSTS)('what is restricted, %s', (_, makeHost) => {
  beforeAll(() => setUp(makeHost));
  afterAll(() => made.close());

  test('is planted field by field: a field without a plant, or a plant without a field, fails', () => {
    expect(Object.keys(PLANTS).sort()).toEqual([...RESTRICTED_TEXTS].sort());
    const marks = Object.values(PLANTS).flatMap((how) => ('mark' in how ? [how.mark] : []));
    expect([...planted].sort()).toEqual([...new Set(marks)].sort());
    expect(RESTRICTED_WORDS).toEqual(expect.arrayContaining(['insider-head', 'party-or-agent', 'other-organ-staff']));
  });

  test('stands in clear nowhere: ledger, states, receipts, views, counters, key names, bus, log', () => {
    const pieces = made.pieces();
    expect(pieces.length).toBeGreaterThan(300);
    expect(pieces.flatMap(({ place, text }) => foundIn(text, place).map((name) => `${name} at ${place}`))).toEqual([]);
  });

  test('the search finds what it looks for where it may stand', () => {
    const text = made.pieces().map((piece) => piece.text);
    for (const each of sought.filter(({ except, encoded }) => except.length > 0 && !encoded)) {
      expect({ name: each.name, stands: text.some((one) => one.includes(each.text)) }).toEqual({ name: each.name, stands: true });
    }
  });

  test('is in no answer to anybody, whatever is asked and whoever asks; only who may read it is shown it', async () => {
    const samples = samplesOf(played);
    const shown: string[] = [];
    const leaks: string[] = [];
    const direct = [played.directContent.account, ...played.directContent.evidence.map(({ sha256 }) => sha256)];
    const look = (who: ActorName, what: string, answer: ApiAnswer) => {
      // The form names every box, ticked or not.
      const found = foundIn(JSON.stringify([answer.headers, answer.body]), `answer ${what}`).filter(
        (name) => what !== 'interference/disclose-record' || !name.startsWith('the word '),
      );
      const sealedFromHead =
        what === 'interference/disclose-record' && who === 'head' ? direct.filter((text) => JSON.stringify(answer.body).includes(text)) : [];
      leaks.push(...sealedFromHead.map((text) => `${text} of the direct report in ${what} to ${who}`));
      const may = MAY_READ.filter((line) => line.what === what && line.who.includes(who)).map(({ fields }) => fields);
      for (const name of found) {
        if (may.some((fields) => fields.test(name))) shown.push(`${what} to ${who}: ${name}`);
        else leaks.push(`${name} in ${what} to ${who}: ${answer.status}`);
      }
    };
    const headersOf = async (who: ActorName) => ({ authorization: `Bearer ${await made.host.token(ACTORS[who])}`, 'content-type': 'application/json' });
    const names = Object.keys(ACTORS) as ActorName[];
    for (const who of names) {
      const headers = await headersOf(who);
      for (const route of routes) {
        if (!('query' in route)) continue;
        for (const parameters of WAYS[route.query.name]?.(played) ?? [{}]) {
          const ownRow = [played.directRow, played.protectedRow].includes(parameters.correlationId ?? '');
          look(who, ownRow ? `${route.query.name}/row` : route.query.name, await made.request({ ...requestFor(route.query, parameters), headers }));
        }
      }
    }
    for (const round of ['preview=true', '', '']) {
      for (const who of names) {
        const headers = await headersOf(who);
        for (const route of routes) {
          if (!('command' in route)) continue;
          const { name } = route.command;
          const body = samples[name]?.body;
          look(
            who,
            name,
            await made.request({ method: 'POST', path: route.path, query: round, headers: { ...headers, 'idempotency-key': `look-${name}` }, body }),
          );
        }
      }
    }
    expect(leaks).toEqual([]);
    for (const { what, who, fields } of MAY_READ)
      for (const each of who)
        expect(
          shown.filter((line) => line.startsWith(`${what} to ${each}: `)).some((line) => fields.test(line.split(': ')[1] ?? '')),
          `${what} to ${each}`,
        ).toBe(true);
    expect(made.pieces().flatMap(({ place, text }) => foundIn(text, place).map((name) => `${name} at ${place}`))).toEqual([]);
  });
});

const CONTENT = /^(interferers|contents|evidence)\.|^account$|^insider\.outcome$/;
/** Who may read what (可以查阅的范围): anything else in any answer is a leak. */
const MAY_READ: readonly { readonly what: string; readonly who: readonly ActorName[]; readonly fields: RegExp }[] = [
  { what: 'interference/disclose-report', who: ['officer', 'leader'], fields: CONTENT },
  {
    what: 'interference/disclose-report',
    who: ['officer', 'leader'],
    fields: /^disclosure\.purpose$|^InterferenceReported\.standing|\.established\[\]\.organ$|^the word /,
  },
  { what: 'interference/disclose-report', who: ['head'], fields: CONTENT },
  { what: 'interference/disclose-reporter', who: ['officer', 'leader'], fields: /\.reporter$/ },
  { what: 'interference/disclose-protection', who: ['officer', 'leader'], fields: /^protection\.|^evidence\.|\.reporter$|^ProtectionSought\.row$/ },
  // The head sees his own rows of a record and those whose report reached the institution.
  { what: 'interference/disclose-record', who: ['officer', 'leader', 'appraiser', 'head'], fields: CONTENT },
  // Both sides of a rectification read what was submitted and what was found.
  { what: 'proficiency/disclose-rectification', who: ['officer', 'leader', 'head'], fields: /^rectification|^evidence\./ },
  // What was said in a hearing is read by the registrar and both sides.
  { what: 'registry/disclose-hearing', who: ['registrar', 'officer', 'leader', 'head'], fields: /^hearing\./ },
  { what: 'notifications/disclose-reply', who: ['officer', 'leader'], fields: /^reply\.text$/ },
];

/** Ways to ask a query that needs telling what. */
const WAYS: Readonly<Record<string, (played: Played) => readonly Readonly<Record<string, string>>[]>> = {
  'agencies/directory': () => [{ province: '14' }],
  'integrity/file': ({ person }) => [
    { kind: 'appraiser' },
    { kind: 'appraiser', id: person },
    { kind: 'institution' },
    { kind: 'institution', id: INSTITUTION },
  ],
  'interference/circular': ({ circular }) => [{ circular }],
  'interference/statistics': () => [{}, { institution: INSTITUTION }],
  'deliveries/agency-log': () => [{ agency: 'made-district-court' }],
  'deliveries/log': () => [{ show: 'all' }, { show: 'undelivered' }],
  'notifications/inbox': () => [{ show: 'all' }, { show: 'open' }],
  'interference/own-records': ({ case: number }) => [{ case: number }],
  'notifications/sent': () => [{ show: 'all' }, { show: 'open' }],
  'sanctions/order': ({ finding }) => [{ finding }],
  'proficiency/round': () => [{ year: '2025', item: ITEM, provider: 'made-provider' }],
  'oversight/trace': () =>
    [...new Set(made.host.bus.map(({ detail }) => JSON.parse(detail).correlationid as string))].map((correlationId) => ({ correlationId })),
};
