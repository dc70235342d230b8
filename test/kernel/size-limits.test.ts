import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../functions/kernel/limits.ts';
import { LimitExceeded } from '../../functions/kernel/ports.ts';
import { count, fill } from '../support/made-context.ts';
import { post, setUpMade } from '../support/made-kernel.ts';

/** Bytes of a Filled event beside its text. */
const EVENT_FRAME = Buffer.byteLength(JSON.stringify({ id: '0'.repeat(32), name: 'Filled', version: 1, data: { sack: '1', text: '' } }));
/** Longest text of one event. */
const LONGEST = LIMITS.event - EVENT_FRAME;

/** Bytes of a first commit with events of these lengths, with the state beside it. */
async function sizeOf(sizes: readonly number[]): Promise<number> {
  const made = await setUpMade();
  await made.done(fill, { sack: '1', sizes });
  const head = await made.ledger.head('made/sack/1');
  return (head?.bytes.byteLength ?? 0) + (head?.state.length ?? 0);
}

describe('an event, a commit, a state', () => {
  test('an event takes 64 KB and not a byte more', async () => {
    const made = await setUpMade();
    await made.done(fill, { sack: '1', sizes: [LONGEST] });
    await expect(made.run(fill, { sack: '2', sizes: [LONGEST + 1] })).rejects.toMatchObject({ what: 'event Filled', limit: 65_536, actual: 65_537 });
  });

  test('characters count as UTF-8', async () => {
    const made = await setUpMade();
    await made.done(fill, { sack: '1', texts: ['案'.repeat(Math.floor(LONGEST / 3))] });
    await expect(made.run(fill, { sack: '2', texts: ['案'.repeat(Math.floor(LONGEST / 3) + 1)] })).rejects.toThrow(LimitExceeded);
  });

  test('a commit takes 200 KB, its state included, and not a byte more', async () => {
    const rest = LIMITS.commit - (await sizeOf([60_000, 60_000, 60_000, 0]));
    const made = await setUpMade();
    await made.done(fill, { sack: '1', sizes: [60_000, 60_000, 60_000, rest] });
    await expect(made.run(fill, { sack: '2', sizes: [60_000, 60_000, 60_000, rest + 1] })).rejects.toMatchObject({
      what: 'commit',
      limit: 204_800,
      actual: 204_801,
    });
  });

  test('a state takes 32 KB and not a byte more', async () => {
    const made = await setUpMade();
    const quotes = 2;
    await made.done(fill, { sack: '1', texts: [`keep:${'x'.repeat(LIMITS.state - quotes)}`] });
    expect((await made.ledger.head('made/sack/1'))?.state).toHaveLength(32_768);
    await expect(made.run(fill, { sack: '1', texts: ['keep:x'] })).rejects.toMatchObject({ what: 'state', limit: 32_768, actual: 32_769 });
  });

  test('a state with more rows than a stream may have is refused while it can be: afterwards it could never be projected', async () => {
    const made = await setUpMade();
    await made.done(fill, { sack: '1', texts: [`keep:rows=${LIMITS.rows}`] });
    await made.province.settle();
    await expect(made.run(fill, { sack: '2', texts: [`keep:rows=${LIMITS.rows + 1}`] })).rejects.toMatchObject({ what: 'rows', actual: LIMITS.rows + 1 });
  });

  test.each([
    ['an event', { sizes: [LIMITS.event] }],
    ['a commit', { sizes: Array(4).fill(60_000) }],
    ['a state', { texts: [`keep:${'x'.repeat(LIMITS.state)}`] }],
    ['rows', { texts: ['keep:rows=41'] }],
  ])('%s too large is a 413 over the API, and nothing is written; the preview says so too', async (_, input) => {
    const made = await setUpMade();
    const before = made.snapshot();
    for (const query of ['', 'preview=true']) {
      const { status, body } = await post(made, 'fill', { sack: '1', ...input }, {}, query);
      expect({ status, code: body.code }).toEqual({ status: 413, code: 'too_large' });
      expect(body.detail).toMatch(/超过/);
    }
    expect(made.snapshot()).toEqual(before);
    expect((await post(made, 'fill', { sack: '1', sizes: [1] })).status).toBe(201);
  });
});

describe('at any age', () => {
  test('a counting aggregate is as small after 10,000 commits as after one, and costs the same', async () => {
    const made = await setUpMade();
    for (let at = 0; at < 10_000; at += 1) await made.done(count, { tally: 't', by: 1 });
    const head = await made.ledger.head('made/tally/t');
    expect(head).toMatchObject({ version: 10_000, state: '{"count":10000}' });
    made.calls.length = 0;
    await made.done(count, { tally: 't', by: 1 });
    expect(made.calls).toEqual(['head made/tally/t', 'append made/tally/t']);
  });
});
