import { describe, expect, test } from 'vitest';
import type { Division } from '../../functions/kernel/codes/division.ts';
import { lookUp, type Right } from '../../functions/kernel/command.ts';
import { notFound } from '../../functions/kernel/decision.ts';
import { define } from '../../functions/kernel/definitions.ts';
import { type Actor, agencyKind, ROLES_OF } from '../../functions/kernel/identity.ts';
import { page } from '../../functions/kernel/query.ts';
import { checkRights, desk, everyKind, ownAgency } from '../../functions/kernel/rights.ts';
import { boxes, buildShelf, moveBox, openBox, PARTS, printLabel } from '../support/made-context.ts';
import { ShelfFact } from '../support/made-events.ts';
import { post, setUpMade } from '../support/made-kernel.ts';

const actor = (kind: Actor['kind'], ...roles: Actor['roles']): Actor => ({ agency: 'made-bureau', kind, division: '360000', person: 'p', roles });
const ofDivision = (title: string, division: string) => ({ title, holds: (about: { actor: Actor }) => about.actor.division === division });
const about = (who: Actor, state: unknown = null) => ({ state, input: {}, facts: {}, actor: who, province: '360000' });
const may = (who: Parameters<typeof checkRights>[0]['who'], each: Actor) => checkRights({ who }, about(each)) === undefined;

const BUREAU = { kind: 'justice-bureau', roles: ['officer', 'leader'] } as const;

describe('the table of rights', () => {
  test.each<[string, Actor, boolean]>([
    ['the kind and one of the roles', actor('justice-bureau', 'officer'), true],
    ['the kind and another of the roles', actor('justice-bureau', 'leader'), true],
    ['the kind and a role among others', actor('justice-bureau', 'registrar', 'leader'), true],
    ['the kind without a role of the line', actor('justice-bureau', 'registrar'), false],
    ['the kind without any role', actor('justice-bureau'), false],
    ['the role at another kind', actor('ministry', 'officer'), false],
    ['neither', actor('court', 'clerk'), false],
  ])('one line, held by %s', (_, who, holds) => {
    expect(may([BUREAU], who)).toBe(holds);
  });

  test('roles of one line do not serve another', () => {
    const lines = [BUREAU, { kind: 'institution', roles: ['appraiser'] } as const];
    expect(may(lines, actor('institution', 'appraiser'))).toBe(true);
    expect(may(lines, actor('institution', 'head'))).toBe(false);
    expect(may(lines, actor('justice-bureau', 'registrar'))).toBe(false);
  });

  test('a relation must hold where a line names one; any line that holds is enough', () => {
    const here = { ...BUREAU, relation: ofDivision('本省', '360000') };
    const elsewhere = { ...BUREAU, relation: ofDivision('外省', '310000') };
    const officer = actor('justice-bureau', 'officer');
    expect(may([here], officer)).toBe(true);
    expect(may([elsewhere], officer)).toBe(false);
    expect(may([elsewhere, here], officer)).toBe(true);
    expect(may([elsewhere, BUREAU], officer)).toBe(true);
    expect(checkRights({ who: [elsewhere, { ...elsewhere, relation: ofDivision('他省', '500000') }] }, about(officer))).toMatchObject({
      refused: 'forbidden',
      detail: '仅限：外省；他省',
    });
  });

  test('a relation is asked only where kind and role fit, with state, input, facts and the province', () => {
    const asked: unknown[] = [];
    const relation = { title: '问', holds: (all: unknown) => asked.push(all) > 0 };
    expect(may([{ ...BUREAU, relation }], actor('court', 'clerk'))).toBe(false);
    expect(asked).toEqual([]);
    const officer = actor('justice-bureau', 'officer');
    checkRights({ who: [{ ...BUREAU, relation }] }, about(officer, { box: '1' }));
    expect(asked).toEqual([{ state: { box: '1' }, input: {}, facts: {}, actor: officer, province: '360000' }]);
  });

  test('no line at all is nobody; what is the system’s is no agency’s, whatever it is', () => {
    for (const kind of agencyKind.options) {
      expect(may([], actor(kind, ...ROLES_OF[kind]))).toBe(false);
      expect(may('system', actor(kind, ...ROLES_OF[kind]))).toBe(false);
    }
    expect(may('system', actor('justice-bureau', 'system'))).toBe(false);
  });

  test('everyKind is everyone who is signed in, and not the system', () => {
    for (const kind of agencyKind.options) for (const role of ROLES_OF[kind]) expect(may(everyKind, actor(kind, role))).toBe(true);
    expect(may(everyKind, actor('justice-bureau', 'system'))).toBe(false);
  });
});

describe('the division', () => {
  const at = (kind: Actor['kind'], division: Division): Actor => ({ ...actor(kind, ...ROLES_OF[kind]), division });
  const reached = (line: Right<unknown, unknown, unknown>, divisions: readonly Division[], province = '360000', input: unknown = {}) =>
    divisions.filter((division) => checkRights({ who: [line] }, { ...about(at(line.kind, division)), input, province }) === undefined);
  const HERE = ['360000', '360100', '360800', '360802'];
  const ELSEWHERE = ['310000', '310101', '350800', '660000', '100000', '000000', '036000', '999999'];
  const everywhere = [...HERE, ...ELSEWHERE];
  const line = (kind: Actor['kind']) => ({ kind, roles: ROLES_OF[kind] });

  test.each(['justice-bureau', 'institution'] as const)('a line that names none is the province’s, for a %s', (kind) => {
    expect(reached(line(kind), everywhere)).toEqual(HERE);
  });

  test.each(agencyKind.options.filter((kind) => kind !== 'justice-bureau' && kind !== 'institution'))('… and anywhere’s, for a %s', (kind) => {
    expect(reached(line(kind), everywhere)).toEqual(everywhere);
    expect(reached({ ...line(kind), within: 'province' }, everywhere)).toEqual(HERE);
  });

  test('anywhere is so for a bureau too; of the province’s level is its own alone', () => {
    expect(reached({ ...line('justice-bureau'), within: 'anywhere' }, everywhere)).toEqual(everywhere);
    expect(reached({ ...line('justice-bureau'), within: 'province-level' }, everywhere)).toEqual(['360000']);
  });

  test('own division and below: the province all of it, a city its counties, nobody what lies elsewhere, and no other province anything', () => {
    const own = { ...line('justice-bureau'), within: { division: ({ input }: { input: unknown }) => (input as { at: Division }).at } };
    const ask = (place: Division, province = '360000', divisions: readonly Division[] = everywhere) => reached(own, divisions, province, { at: place });
    expect(ask('360802')).toEqual(['360000', '360800', '360802']);
    expect(ask('360800')).toEqual(['360000', '360800']);
    expect(ask('360000')).toEqual(['360000']);
    expect(ask('310101')).toEqual([]);
    expect(ask('100000')).toEqual([]);
    expect(ask('310101', '310000', ['310000', '310101', '310104', '360000'])).toEqual(['310000', '310101']);
  });

  test('who may not is told which division would, and what lies elsewhere', () => {
    const detail = (right: object, division: Division) =>
      checkRights({ who: [{ ...line('justice-bureau'), ...right }] }, { ...about(at('justice-bureau', division)), input: { at: '360100' } })?.detail;
    expect(detail({}, '310000')).toBe('仅限下列区划的单位：本省');
    expect(detail({ within: 'province-level' }, '360800')).toBe('仅限下列区划的单位：本省省级');
    expect(detail({ within: { division: () => '360100' } }, '360800')).toBe('仅限：本行政区域及以下');
  });

  test('mail and what is public reach an agency wherever it is', () => {
    for (const each of [...desk, ...everyKind]) expect(reached({ ...each, roles: ROLES_OF[each.kind] }, everywhere)).toEqual(everywhere);
  });

  test('another province’s bureau is refused before anything is read', async () => {
    const made = await setUpMade();
    await made.done(openBox, { box: '1', shelf: 'a' });
    made.calls.length = 0;
    const ask = (box: string) => post(made, 'move-box', { box, shelf: 'b' }, { authorization: 'stranger' });
    expect(await ask('1')).toEqual(await ask('none'));
    expect(await ask('1')).toMatchObject({ status: 403, body: { code: 'forbidden', detail: '仅限下列区划的单位：本省' } });
    expect(made.calls).toEqual([]);
  });
});

describe('what only those concerned may know to exist', () => {
  const unseen = notFound('箱', '/box');
  const hidden = {
    ...moveBox,
    who: [
      { ...BUREAU, relation: { title: '该架所属机关', holds: ({ state }: { state: unknown }) => (state as { shelf: string } | null)?.shelf === 'a', unseen } },
    ],
    moreFacts: ({ state }: { state: unknown }) => ({ shelf: lookUp(ShelfFact, (state as { shelf: string } | null)?.shelf) }),
  };
  const definitions = define({ ...PARTS, commands: [...PARTS.commands.filter(({ name }) => name !== moveBox.name), hidden] });
  const setUp = async () => {
    const made = await setUpMade({ definitions });
    for (const shelf of ['b', 'c']) await made.done(buildShelf, { shelf });
    await made.done(openBox, { box: 'own', shelf: 'a' });
    await made.done(openBox, { box: 'other', shelf: 'b' });
    made.calls.length = 0;
    return made;
  };

  test('is answered like what there is not: status, headers, body, and what was read for it', async () => {
    const made = await setUp();
    const before = made.snapshot();
    const ask = async (box: string, headers: Record<string, string> = {}) => {
      made.calls.length = 0;
      const answer = await post(made, 'move-box', { box, shelf: 'c' }, headers);
      return { answer, calls: made.calls.map((call) => call.replace(box, '')) };
    };
    for (const headers of [{}, { 'if-match': '7' }, { 'idempotency-key': 'key-1' }]) expect(await ask('other', headers)).toEqual(await ask('none', headers));
    expect((await ask('other')).answer).toMatchObject({ status: 404, body: { code: 'not_found', detail: '箱不存在' } });
    expect(made.snapshot()).toEqual(before);
    expect((await ask('own')).answer.status).toBe(201);
  });

  test('a preview tells no more, nor a call under another key; the very call that was accepted is answered as at first', async () => {
    const made = await setUp();
    const move = (box: string, query = '', key = `move-${box}`) => post(made, 'move-box', { box, shelf: 'c' }, { 'idempotency-key': key }, query);
    expect(await move('other', 'preview=true')).toEqual(await move('none', 'preview=true'));
    const first = await move('own');
    expect(first.status).toBe(201);
    expect((await move('own', '', 'anew')).body).toEqual((await move('none')).body);
    expect(await move('own')).toMatchObject({ status: 200, body: first.body });
  });

  test('one line that says so is enough to hide it from whom that line fits', () => {
    const other = { ...BUREAU, relation: ofDivision('外省', '310000') };
    const ask = (state: unknown) => checkRights({ who: [other, ...hidden.who] }, about(actor('justice-bureau', 'officer'), state));
    expect(ask({ shelf: 'b' })).toBe(unseen);
    expect(ask(null)).toBe(unseen);
    expect(ask({ shelf: 'a' })).toBeUndefined();
  });
});

describe('a query that declares its own agency’s views', () => {
  const asking = async (read: typeof boxes.read) => {
    const own = { ...boxes, who: [{ ...BUREAU, relation: ownAgency }, { kind: 'court', roles: ['clerk'] } as const], read };
    const made = await setUpMade({ definitions: define({ ...PARTS, queries: [own] }) });
    await made.done(openBox, { box: '1', shelf: 'a' });
    await made.province.settle();
    const ask = async (authorization: string) => {
      const { status, body } = await made.api.request({ method: 'GET', path: '/v1/made/boxes', query: 'shelf=a', headers: { authorization } });
      return { status, items: body.items };
    };
    return { own: await ask('officer'), court: await ask('clerk') };
  };

  test('reads these', async () => {
    const listed = await asking((_, { views, actor: { agency } }) => page(views, 'made/boxes', agency, {}));
    expect(listed.own).toEqual({ status: 200, items: [] });
    const counted = await asking(async (_, { views, actor: { agency } }) => {
      await views.row('made/boxes', agency, 's');
      return { items: [await views.counter(`made/boxes/${agency}`), (await views.counters(`made/boxes/${agency}/`)).length] };
    });
    expect(counted.own).toEqual({ status: 200, items: [0, 0] });
  });

  test.each<[string, typeof boxes.read]>([
    ['a listing', ({ shelf }, { views }) => page(views, 'made/boxes', shelf, {})],
    ['a row', async (_, { views }) => ({ items: [(await views.row('made/boxes', 'a', 's')) === undefined] })],
    ['a counter', async (_, { views }) => ({ items: [await views.counter('made/boxes/a')] })],
    ['counters', async (_, { views }) => ({ items: [(await views.counters('made/')).length] })],
  ])('cannot read %s of others, which another line can', async (_, read) => {
    const { own, court } = await asking(read);
    expect(own).toEqual({ status: 503, items: undefined });
    expect(court).toMatchObject({ status: 200, items: expect.any(Array) });
  });
});

describe('over the API', () => {
  test('no right is a 403 with its reason, and nothing is written', async () => {
    const made = await setUpMade();
    const before = made.snapshot();
    const { status, body } = await post(made, 'open-box', { box: '1', shelf: 'a' }, { authorization: 'clerk' });
    expect({ status, code: body.code }).toEqual({ status: 403, code: 'forbidden' });
    expect(body.detail).toMatch(/权限/);
    expect(made.snapshot()).toEqual(before);
    expect(openBox.who).not.toBe('system');
  });

  test('who is nobody gets a 401, before anything is looked at', async () => {
    const made = await setUpMade();
    expect((await post(made, 'open-box', '{', { authorization: 'nobody' })).status).toBe(401);
    expect(made.calls).toEqual([]);
  });

  test('the system’s commands have no route', async () => {
    const made = await setUpMade();
    expect(printLabel.who).toBe('system');
    expect(await post(made, 'print-label', { box: '1', shelf: 'a' })).toMatchObject({ status: 404, body: { code: 'unknown_route' } });
  });

  test('to whom no line applies, nothing is read: whether a thing exists is not told either', async () => {
    const made = await setUpMade();
    const ask = (shelf: string) => post(made, 'open-box', { box: '1', shelf }, { authorization: 'clerk' });
    expect(await ask('a')).toEqual(await ask('none'));
    expect((await ask('none')).status).toBe(403);
    expect(made.calls).toEqual([]);
  });

  test('rights are looked at before the version and the rule: who may not learns nothing of the stream', async () => {
    const made = await setUpMade();
    await made.done(openBox, { box: '1', shelf: 'a' });
    const ask = (box: string) => post(made, 'move-box', { box, shelf: 'b' }, { authorization: 'appraiser', 'if-match': '7' });
    expect(await ask('1')).toEqual(await ask('none'));
    expect((await ask('1')).status).toBe(403);
    expect(moveBox.who).toHaveLength(1);
  });
});
