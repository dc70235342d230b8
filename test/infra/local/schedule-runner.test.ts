import { expect, test } from 'vitest';
import { ScheduleRunner } from '../../../infra/local/schedule-runner.ts';
import { SetClock } from '../../support/province.ts';
import { quietLog } from '../../support/quiet-log.ts';

const HOUR = 3_600_000;
const settled = async (runner: ScheduleRunner) => {
  while (!runner.idle) await new Promise((resolve) => setImmediate(resolve));
};

function stage(answer: () => Promise<unknown> = async () => undefined) {
  const clock = new SetClock('2026-03-10T01:00:00.000Z');
  const positions = new Map<string, string>();
  const dead: string[] = [];
  let runs = 0;
  const make = () =>
    new ScheduleRunner({
      schedules: [{ name: 'hourly', everyMs: HOUR, function: 'jianheng-36-deadlines-schedule-sweep', retries: 2, deadLetters: 'dead' }],
      functions: {
        invoke: () => {
          runs += 1;
          return answer();
        },
      },
      looking: { invoke: answer },
      positions: { get: (name) => positions.get(name), set: async (name, value) => void positions.set(name, value) },
      giveUp: async (queue) => void dead.push(queue),
      clock,
      log: quietLog,
    });
  return { clock, dead, make, runs: () => runs };
}

test('runs at first, then once an interval by the clock that may be moved', async () => {
  const { clock, make, runs } = stage();
  const runner = make();
  const look = async () => {
    runner.look();
    await settled(runner);
    return runs();
  };
  expect(await look()).toBe(1);
  expect(await look()).toBe(1);
  clock.at += HOUR - 1;
  expect(await look()).toBe(1);
  clock.at += 1;
  expect(await look()).toBe(2);
  clock.at -= 10 * HOUR;
  expect(await look()).toBe(2);
});

test('knows after a restart when it last ran', async () => {
  const { make, runs } = stage();
  for (const runner of [make(), make()]) {
    runner.look();
    await settled(runner);
  }
  expect(runs()).toBe(1);
});

test('tries a run that failed as often as the schedule says, then keeps it among the dead letters', async () => {
  const { make, runs, dead } = stage(() => Promise.reject(new Error('made')));
  await expect(make().runAll()).rejects.toThrow('a schedule did not succeed');
  expect([runs(), dead]).toEqual([3, ['dead']]);
});

test('does not begin a run while the one before is at work', async () => {
  const ends: (() => void)[] = [];
  const { clock, make, runs } = stage(() => new Promise<void>((end) => ends.push(end)));
  const runner = make();
  runner.look();
  clock.at += 2 * HOUR;
  runner.look();
  expect(runs()).toBe(1);
  for (const end of ends) end();
  await settled(runner);
});

test('one that lingers is begun at each look and keeps no place; who waits for consequences does not wait for it', async () => {
  const positions = new Map<string, string>();
  const looks: (() => void)[] = [];
  const runner = new ScheduleRunner({
    schedules: [{ name: 'lingering', everyMs: 60_000, lingers: true, function: 'jianheng-36-deliveries-dispatch-deliver', retries: 2 }],
    functions: { invoke: async () => Promise.reject(new Error('nobody waits for it')) },
    looking: { invoke: () => new Promise((resolve) => looks.push(() => resolve(undefined))) },
    positions: { get: (name) => positions.get(name), set: async (name, value) => void positions.set(name, value) },
    giveUp: async () => undefined,
    clock: new SetClock('2026-03-10T01:00:00.000Z'),
    log: quietLog,
  });
  runner.look();
  runner.look();
  expect(looks).toHaveLength(1);
  expect(runner.idle).toBe(true);
  const all = runner.runAll();
  looks[0]?.();
  await all;
  runner.look();
  expect(looks).toHaveLength(2);
  expect(positions.size).toBe(0);
  looks[1]?.();
  await runner.stop();
});
