import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import discloseRecord from '../../functions/interference/commands/disclose-record.ts';
import { recordReading } from '../../functions/interference/record-reading.ts';
import { decodeCommit } from '../../functions/kernel/ledger.ts';
import { inThisProcess, type MadeHost } from '../api/made-hosts.ts';
import { ACTORS, type ActorName, interferenceBy, type MadeProvince, madeProvince, type Played, playSlice } from '../api/made-province.ts';
import { fact, given } from '../support/given.ts';
import { id } from '../support/heard.ts';

let made: MadeProvince;
let played: Played;
beforeAll(async () => {
  made = await madeProvince(inThisProcess);
  played = await playSlice(made, (field) => `虚构${field}`);
});
afterAll(() => made.close());

interface Block {
  readonly number: number;
  readonly row: string;
  readonly signer: string;
  readonly sealed: boolean;
  readonly account?: string | null;
}

const read = async (who: ActorName, number = played.case) => {
  const { body } = await made.post(who, 'interference/disclose-record', { case: number, purpose: '虚构目的' });
  return { body, blocks: body.disclosed.blocks as readonly Block[] };
};
const shown = async (who: ActorName, number?: string) => (await read(who, number)).blocks.filter(({ sealed }) => !sealed).map(({ number: each }) => each);
const signed = async (who: ActorName, content: unknown, more: object = {}) => made.post(who, 'interference/sign-row', { case: played.case, content, ...more });
const commitsOf = (stream: string) =>
  (made.host as MadeHost)
    .stored()
    .commits.filter((each) => each.stream.startsWith(stream))
    .map(decodeCommit);

describe('第五条、第十条: a record is shown row by row', () => {
  // Rows of the made case: 1 the colleague’s “none”; 2 the appraiser’s, not reported; 3 to 5 reported to the institution; 6 reported straight to the bureau;
  // 7 and 8 of insiders, reported to the institution; 9 reported to it and withdrawn; 10 reported to it.
  test('a signer sees his own rows, sealed ones too; the others are signed, and no more', async () => {
    expect(await shown('appraiser')).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await shown('colleague')).toEqual([1]);
  });
  test('the institution sees the rows whose report reached it, and neither “none” nor what was reported past it', async () => {
    expect(await shown('head')).toEqual([3, 4, 5, 7, 8, 10]);
    const { blocks } = await read('head');
    const [none, unreported, direct] = [blocks[0], blocks[1], blocks[5]] as [Block, Block, Block];
    const shapes = [none, unreported, direct].map((block) => Object.keys(block).sort().join());
    expect(new Set(shapes)).toEqual(new Set(['number,row,sealed,signedOn,signer']));
  });
  test('the supervising bureau sees all, officer and leader alike', async () => {
    expect(await shown('officer')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await shown('leader')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
  test.each<ActorName>(['otherOfficer', 'provinceOfficer', 'otherHead', 'stranger', 'clerk'])('%s sees nothing', async (who) => {
    await expect(read(who)).rejects.toThrow(/403/);
  });
  test('given a report that its reporter withdrew, then its row is shown no more', () => {
    const [mine, other] = [id('1'), id('2')];
    const head = { agency: 'made', kind: 'institution' as const, division: '360000', person: id('a'), roles: ['head' as const] };
    const rows = [mine, other].map((row) => ({ row, signer: id('b'), signedOn: '2026-03-09' }));
    const facts = { case: fact({ case: '1', institution: 'made' }), record: fact({ rows }) };
    const shownWith = (status: string) => {
      const more = { institution: fact({ supervisedBy: 'made-bureau' }), [mine]: fact({ status }), [other]: fact(undefined, 0) };
      const { decision } = given(recordReading).when(discloseRecord, { case: '1', purpose: '虚构' }, { actor: head, facts, more });
      return (decision as unknown as { restricted: { rows: string[] } }[])[0]?.restricted.rows;
    };
    for (const status of ['at-institution', 'dealt-with', 'at-bureau', 'routed', 'closed']) expect(shownWith(status)).toEqual([mine]);
    expect(shownWith('withdrawn')).toEqual([]);
  });
  test('the head’s own report of another’s row to the bureau shows him nothing', async () => {
    const content = interferenceBy([{ box: 'insider' }]);
    const row = (await signed('appraiser', content)).body.correlationId;
    await made.post('head', 'interference/report-interference', { case: played.case, row, to: 'bureau', content, insider: 'head', seriousConsequences: false });
    expect(await shown('head')).toEqual([3, 4, 5, 7, 8, 10]);
  });
  test('a record that nobody has signed is an empty form', async () => {
    expect((await read('officer', '（2026）虚构受字第3号')).body.disclosed).toEqual({
      case: '（2026）虚构受字第3号',
      number: 'matter',
      matter: '虚构鉴定事项',
      blocks: [],
    });
  });
});

describe('第十条: a reading is known, and tells nobody anything', () => {
  test('the record’s own version, which signing answers, does not move when the bureau reads', async () => {
    const before = (await signed('colleague', { answer: 'none' })).body.version;
    await read('officer');
    await read('leader');
    expect((await signed('colleague', { answer: 'none' })).body.version).toBe(before + 1);
  });
  test('it is on record who, of which agency, by which article; why and which rows were shown is sealed', async () => {
    const { body } = await read('head');
    const [commit] = commitsOf(body.stream);
    expect(commit?.events).toMatchObject([
      {
        name: 'RecordDisclosed',
        data: { case: played.case, institution: ACTORS.head.agency, toAgency: ACTORS.head.agency, toRole: 'head', basis: { article: '第十条' } },
        sealed: expect.any(String),
      },
    ]);
    expect(Object.keys(commit?.events[0]?.data ?? {})).not.toContain('rows');
    expect(commit?.actor).toMatchObject({ person: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });
  test('which reports were looked up is not recorded: the commit of a head reads like any other’s', async () => {
    const facts = async (who: ActorName) => commitsOf((await read(who)).body.stream)[0]?.facts.map(({ stream }) => stream.split('/').slice(0, 2).join('/'));
    expect(await facts('head')).toEqual(['commissions/case', 'interference/record', 'registry/institution']);
    expect(await facts('officer')).toEqual(await facts('head'));
  });
  test('the same call again gives the same answer, and is one reading', async () => {
    const ask = () => made.post('officer', 'interference/disclose-record', { case: played.case, purpose: '虚构目的' }, 'read-once');
    const [first, again] = [await ask(), await ask()];
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(commitsOf(first.body.stream)).toHaveLength(1);
  });
});
