import { describe, expect, test } from 'vitest';
import { audit, auditChains } from '../../functions/kernel/audit.ts';
import { openStream } from '../../functions/kernel/execute.ts';
import { decodeCommit, encodeCommit, load } from '../../functions/kernel/ledger.ts';
import { type CommitRecord, Erased, NotPermitted, SealBroken } from '../../functions/kernel/ports.ts';
import { rebuild } from '../../functions/kernel/project.ts';
import { publish } from '../../functions/kernel/publish.ts';
import { box } from '../support/made-aggregates.ts';
import { moveBox, openBox, showBox, whisperBox } from '../support/made-context.ts';
import { type MadeOptions, post, refusal, setUpMade } from '../support/made-kernel.ts';

const MARK = '虚构的具体情况：某人请托';
const SHOW = { box: '1', purpose: '办理' };

async function told(options: MadeOptions = {}) {
  const made = await setUpMade(options);
  await made.done(openBox, { box: '1', shelf: 'a', copies: 2, story: MARK });
  await made.province.settle();
  return made;
}

describe('what is restricted', () => {
  test('is ciphertext from the first commit, and stands nowhere else: not in states, receipts, views, on the bus, in logs', async () => {
    const made = await told();
    await made.province.sweep();
    const places = { ...made.snapshot(), bus: made.province.onBus, logs: made.province.lines };
    for (const [place, content] of Object.entries(places)) expect(JSON.stringify(content), place).not.toContain(MARK.slice(0, 3));
    const event = (await made.commits('made/box/1'))[0]?.events[0];
    expect(event?.sealed).toMatch(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(JSON.stringify(places.bus)).not.toContain(String(event?.sealed).slice(0, 20));
    for (const { state } of places.ledger) expect(state).not.toContain('sealed');
    expect(await openStream(made.kernel, 'made/box/1')).toEqual([{ id: event?.id, name: 'BoxOpened', occurredOn: '2026-03-04', restricted: { story: MARK } }]);
  });

  test('is not told by a refusal or a fault either', async () => {
    const made = await setUpMade();
    for (const body of [
      { box: '1', shelf: 'none', story: MARK },
      { box: '1', shelf: 'a', story: MARK, extra: MARK },
      { box: '1', shelf: 'a', story: [MARK] },
      { box: '1', shelf: 'a', story: MARK.repeat(3000) },
    ]) {
      const answer = await post(made, 'open-box', body);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(JSON.stringify(answer)).not.toContain(MARK);
    }
    expect(made.province.lines.join('\n')).not.toContain(MARK);
  });

  test('stands under one data key a scope; what has nothing restricted makes none', async () => {
    const made = await told();
    expect([...made.dataKeys.entries.keys()]).toEqual(['box/1']);
    await made.done(openBox, { box: '2', shelf: 'a' });
    expect([...made.dataKeys.entries.keys()]).toEqual(['box/1']);
    await made.done(openBox, { box: '3', shelf: 'a', story: MARK });
    expect([...made.dataKeys.entries.keys()]).toEqual(['box/1', 'box/3']);
  });

  test('opens at its own event only: moved to another, it is broken', async () => {
    const made = await told();
    const [record] = (await made.ledger.read('made/box/1')) as [CommitRecord];
    const commit = decodeCommit(record);
    const moved = encodeCommit({ ...commit, events: commit.events.map((event) => ({ ...event, id: 'f'.repeat(32) })) });
    const ledger = { ...made.kernel.ledger, read: async (stream: string) => (stream === 'made/box/1' ? [{ ...record, ...moved }] : []) };
    await expect(openStream({ ...made.kernel, ledger }, 'made/box/1')).rejects.toThrow(SealBroken);
  });

  test('opens in its own scope only: an event copied to another box is broken', async () => {
    const made = await told();
    await made.done(openBox, { box: '2', shelf: 'a', story: '另一虚构' });
    const [record] = (await made.ledger.read('made/box/1')) as [CommitRecord];
    const ledger = { ...made.kernel.ledger, read: async () => [record] };
    await expect(openStream({ ...made.kernel, ledger }, 'made/box/2')).rejects.toThrow(SealBroken);
  });
});

describe('who acts where that is restricted', () => {
  test('stands nowhere in clear: the role does, the person is ciphertext', async () => {
    const made = await setUpMade();
    const { person } = made.actor('colleague');
    await made.done(whisperBox, { box: '1', shelf: 'a', copies: 2, story: MARK }, { as: 'colleague' });
    await made.province.settle();
    const [commit] = await made.commits('made/box/1');
    expect(commit?.actor).toEqual({ agency: 'made-bureau', kind: 'justice-bureau', roles: ['officer'], sealed: expect.stringContaining('..') });
    expect(JSON.stringify([made.snapshot(), made.province.onBus, made.province.lines])).not.toContain(person);
    const scope = 'box/1';
    expect(await made.keyRing.open(scope, `${commit?.command.id}/actor`, String(commit?.actor.sealed))).toBe(person);
    await expect(made.keyRing.open(scope, String(commit?.events[0]?.id), String(commit?.actor.sealed))).rejects.toThrow(SealBroken);
  });

  test('elsewhere stands as a keyed pseudonym, never as the number', async () => {
    const made = await told();
    const [commit] = await made.commits('made/box/1');
    expect(commit?.actor.person).toBe(made.keyRing.pseudonym('person', 'made-up-officer'));
    expect(JSON.stringify(made.snapshot())).not.toContain('made-up-officer');
  });
});

describe('reading', () => {
  test('leaves an event that says who, when, why and to whom', async () => {
    const made = await told();
    await made.done(showBox, SHOW);
    expect((await made.commits('made/box/1')).at(-1)).toMatchObject({
      command: { name: 'made/show-box' },
      actor: { agency: 'made-bureau', roles: ['officer'], person: made.actor('officer').person },
      recordedAt: '2026-03-04T02:00:00.000Z',
      events: [{ name: 'BoxShown', data: SHOW }],
    });
  });

  test('is for who may: another division, another kind of agency get a 403, and nothing is written or opened', async () => {
    const made = await told();
    const before = made.snapshot();
    for (const authorization of ['stranger', 'clerk', 'appraiser']) expect((await post(made, 'show-box', SHOW, { authorization })).status).toBe(403);
    expect(made.snapshot()).toEqual(before);
  });

  test('is for who holds the right to open: a function without it publishes, projects and reacts, but discloses nothing', async () => {
    const made = await told({ may: { open: false } });
    expect(await made.commits('made/label/1')).toHaveLength(1);
    expect(made.views.allRows().length).toBeGreaterThan(0);
    const before = made.snapshot();
    await expect(made.run(showBox, SHOW)).rejects.toThrow(NotPermitted);
    await expect(openStream(made.kernel, 'made/box/1')).rejects.toThrow(NotPermitted);
    expect(made.snapshot()).toEqual(before);
  });
});

describe('erasure', () => {
  async function erased() {
    const made = await told();
    await made.keyRing.destroy('box/1');
    return made;
  }

  test('is the end of disclosure: a 422 that says so, and no event that says it was made', async () => {
    const made = await erased();
    const before = made.snapshot();
    expect(await post(made, 'show-box', SHOW)).toMatchObject({ status: 422, body: { code: 'erased' } });
    await expect(openStream(made.kernel, 'made/box/1')).rejects.toThrow(Erased);
    expect(made.snapshot()).toEqual(before);
  });

  test('also under the key of a call that disclosed before', async () => {
    const made = await told();
    expect((await post(made, 'show-box', SHOW)).status).toBe(201);
    await made.keyRing.destroy('box/1');
    const again = await post(made, 'show-box', SHOW);
    expect(again).toMatchObject({ status: 422, body: { code: 'erased' } });
    expect(JSON.stringify(again)).not.toContain(MARK);
  });

  test('changes no byte of the ledger: chains hold, streams fold, publish, project, audit and further commands go on', async () => {
    const made = await told();
    const ledger = made.snapshot().ledger;
    await made.keyRing.destroy('box/1');
    expect(made.snapshot().ledger).toEqual(ledger);
    expect(await auditChains(made.kernel)).toEqual([]);
    expect((await load(made.ledger, box, 'another', 'made/box/1')).state).toMatchObject({ shelf: 'a' });
    expect(await publish(made.kernel, (await made.ledger.feed(undefined, 100)).records)).toEqual([]);
    expect(await rebuild(made.kernel)).toBe(ledger.length);
    expect((await audit(made.kernel)).missing).toEqual([]);
    await made.done(moveBox, { box: '1', shelf: 'b' });
  });

  test('is for ever: nothing is sealed in that scope again, and nothing is written of what was tried', async () => {
    const made = await setUpMade();
    await made.keyRing.destroy('box/1');
    const before = made.snapshot();
    expect(await post(made, 'open-box', { box: '1', shelf: 'a', story: MARK })).toMatchObject({ status: 422, body: { code: 'erased' } });
    expect(made.snapshot()).toEqual(before);
  });

  test('touches no other scope', async () => {
    const made = await erased();
    await made.done(openBox, { box: '2', shelf: 'a', story: MARK });
    expect(await made.run(showBox, { ...SHOW, box: '2' })).toMatchObject({ outcome: 'done', disclosed: [{ story: MARK }] });
    expect(refusal(await made.run(showBox, { ...SHOW, box: '3' })).code).toBe('not_found');
  });
});
