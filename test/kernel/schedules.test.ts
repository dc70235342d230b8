import { describe, expect, test } from 'vitest';
import { define } from '../../functions/kernel/definitions.ts';
import { LimitExceeded, Throttled } from '../../functions/kernel/ports.ts';
import { runSchedule } from '../../functions/kernel/run-schedule.ts';
import { schedule } from '../../functions/kernel/schedule.ts';
import { buildShelf, openBox, PARTS, remind, remindDue } from '../support/made-context.ts';
import { type Made, setUpMade } from '../support/made-kernel.ts';

async function due(...boxes: string[]): Promise<Made> {
  const made = await setUpMade();
  await made.done(buildShelf, { shelf: 'due' });
  for (const box of boxes) await made.done(openBox, { box, shelf: 'due' });
  await made.province.settle();
  return made;
}

const reminded = async (made: Made) =>
  (await made.commits()).filter(({ stream }) => stream.startsWith('made/reminder/')).map(({ stream, version }) => `${stream.slice(14)}@${version}`);

describe('a schedule', () => {
  test('decides its command for everything due, over several pages', async () => {
    const made = await due('1', '2', '3', '4', '5');
    expect(await runSchedule(made.kernel, remindDue)).toBe(5);
    expect(await reminded(made)).toEqual(['1@1', '2@1', '3@1', '4@1', '5@1']);
  });

  test('at most once for each name, however often it runs, also two at once', async () => {
    const made = await due('1', '2', '3');
    const runs = await Promise.all([runSchedule(made.kernel, remindDue), runSchedule(made.kernel, remindDue)]);
    expect(runs[0] + runs[1]).toBe(3);
    expect(await runSchedule(made.kernel, remindDue)).toBe(0);
    expect(await reminded(made)).toHaveLength(3);
  });

  test('again under a new name: the day is part of this one', async () => {
    const made = await due('1');
    made.clock.at = Date.parse('2026-03-04T15:59:59.999Z');
    expect(await runSchedule(made.kernel, remindDue)).toBe(1);
    made.clock.at += 1;
    expect(await runSchedule(made.kernel, remindDue)).toBe(1);
    expect(await reminded(made)).toEqual(['1@1', '1@2']);
  });

  test('finds with a later run what was listed late', async () => {
    const made = await due('2');
    expect(await runSchedule(made.kernel, remindDue)).toBe(1);
    await made.done(openBox, { box: '1', shelf: 'due' });
    expect(await runSchedule(made.kernel, remindDue)).toBe(0);
    await made.province.settle();
    expect(await runSchedule(made.kernel, remindDue)).toBe(1);
    expect(await reminded(made)).toEqual(['2@1', '1@1']);
  });

  test('acts as the system, at the root of a tree of its own', async () => {
    const made = await due('1');
    await runSchedule(made.kernel, remindDue);
    const [commit] = await made.commits('made/reminder/1');
    expect(commit).toMatchObject({ actor: { agency: 'system', kind: 'system', roles: ['system'] }, depth: 0, correlationId: commit?.command.id });
    expect(commit).not.toHaveProperty('causationId');
  });

  test('a run that died in the middle is made good by the next', async () => {
    const made = await due('1', '2', '3');
    made.rivals.push(
      async () => undefined,
      () => Promise.reject(new Throttled('made up')),
    );
    await expect(runSchedule(made.kernel, remindDue)).rejects.toThrow(Throttled);
    expect(await reminded(made)).toEqual(['1@1']);
    expect(await runSchedule(made.kernel, remindDue)).toBe(2);
  });

  test('one that always fails keeps no other from its turn, and is told of', async () => {
    const made = await due('1', '2', '3');
    made.rivals.push(() => Promise.reject(new LimitExceeded('made up', 1, 2)));
    await expect(runSchedule(made.kernel, remindDue)).rejects.toThrow(LimitExceeded);
    expect(await reminded(made)).toEqual(['2@1', '3@1']);
    expect(made.province.lines.at(-1)).toContain('schedule-failed');
  });

  test('its receipts are told apart from those of another schedule', async () => {
    const made = await due('1');
    const other = schedule({ ...remindDue, name: 'made/remind-too' });
    expect(await runSchedule(made.kernel, remindDue)).toBe(1);
    expect(await runSchedule(made.kernel, other)).toBe(1);
    expect(await reminded(made)).toEqual(['1@1', '1@2']);
    expect(define({ ...PARTS, schedules: [remindDue, other] }).schedules.size).toBe(2);
    expect(remind.who).toBe('system');
  });
});
