import { describe, expect, test } from 'vitest';
import { define } from '../../functions/kernel/definitions.ts';
import { type TraceNode, readTrace as whole } from '../../functions/kernel/trace.ts';
import { BASIS } from '../support/made-aggregates.ts';
import { bounce, copyOfLabel, openBox, PARTS, whisperBox } from '../support/made-context.ts';
import { PEOPLE, setUpMade } from '../support/made-kernel.ts';

const definitions = define({ ...PARTS, reactions: [...PARTS.reactions, copyOfLabel] });

const readTrace = async (...asked: Parameters<typeof whole>) => (await whole(...asked)).tree;
const outline = ({ command, followed }: TraceNode): readonly unknown[] => [command, ...followed.map(outline)];

describe('the trace', () => {
  test('is the whole tree from the first command to the last consequence, siblings in order of time', async () => {
    const made = await setUpMade({ definitions });
    const { correlationId } = await made.done(openBox, { box: '1', shelf: 'a', copies: 2 });
    await made.done(openBox, { box: '2', shelf: 'a', copies: 1 });
    await made.province.settle();
    const trace = await readTrace(made.views, correlationId);
    expect(trace).toHaveLength(1);
    const [name, ...followed] = outline(trace[0] as TraceNode);
    expect(name).toBe('made/open-box');
    expect(followed.map((each) => JSON.stringify(each)).toSorted()).toEqual(
      [['made/make-copy'], ['made/make-copy'], ['made/print-label', ['made/make-copy']]].map((each) => JSON.stringify(each)).toSorted(),
    );
    const times = trace[0]?.followed.map(({ recordedAt, commandId }) => `${recordedAt}/${commandId}`) ?? [];
    expect(times).toEqual(times.toSorted());
  });

  test('tells of each step what, which role, when, by which article and which rules', async () => {
    const made = await setUpMade({ definitions });
    const { correlationId, events } = await made.done(openBox, { box: '1', shelf: 'a', occurredOn: '2026-03-02', story: '虚构' });
    await made.province.settle();
    const [{ followed: _, ...step }] = (await readTrace(made.views, correlationId)) as [TraceNode];
    expect(step).toEqual({
      command: 'made/open-box',
      commandId: correlationId,
      aggregate: 'made/box',
      kind: 'justice-bureau',
      roles: ['officer'],
      occurredOn: '2026-03-02',
      recordedAt: '2026-03-04T02:00:00.000Z',
      policy: expect.stringMatching(/^national\//),
      events: [{ id: events[0]?.id, name: 'BoxOpened', bases: [BASIS] }],
    });
  });

  test('shows roles, not persons: no pseudonym, no agency, no natural key', async () => {
    const made = await setUpMade({ definitions });
    const { correlationId } = await made.done(openBox, { box: 'made-up-key', shelf: 'a', copies: 1 });
    await made.province.settle();
    const told = JSON.stringify(await readTrace(made.views, correlationId));
    for (const hidden of [made.actor('officer').person, PEOPLE.officer.agency, 'made-up-key']) expect(told).not.toContain(hidden);
  });

  test('withholds the role too where who acted is restricted', async () => {
    const made = await setUpMade({ definitions });
    const { correlationId } = await made.done(whisperBox, { box: '1', shelf: 'a', story: '虚构' }, { as: 'appraiser' });
    await made.province.settle();
    expect(await readTrace(made.views, correlationId)).toMatchObject([{ roles: ['withheld'], kind: 'institution' }]);
    const { correlationId: open } = await made.done(openBox, { box: '2', shelf: 'a' }, { as: 'appraiser' });
    await made.province.settle();
    expect(await readTrace(made.views, open)).toMatchObject([{ roles: ['appraiser'] }]);
  });

  test('is whole as far as it has come: a consequence whose cause is not there yet stands at the top', async () => {
    const made = await setUpMade({ definitions });
    const { correlationId } = await made.done(bounce, { ball: 'b', left: 2 });
    await made.province.settle();
    expect(outline((await readTrace(made.views, correlationId))[0] as TraceNode)).toEqual(['made/bounce', ['made/bounce', ['made/bounce']]]);
    const rows = made.views
      .allRows()
      .filter(({ listing, partition, item }) => listing === 'kernel/trace' && partition === correlationId && item.causationId !== undefined);
    const part = await readTrace({ rows: async () => ({ rows }) }, correlationId);
    expect(part.map(outline)).toEqual([['made/bounce', ['made/bounce']]]);
  });

  test('of more than a page is read to its end; of an unknown correlation it is empty', async () => {
    const made = await setUpMade({ definitions });
    const { correlationId } = await made.done(openBox, { box: '1', shelf: 'a', copies: 510 });
    await made.province.settle();
    expect((await readTrace(made.views, correlationId))[0]?.followed).toHaveLength(511);
    expect(await readTrace(made.views, 'none')).toEqual([]);
  });
});
