import { expect, test } from 'vitest';
import { BackPressure } from '../../../infra/local/back-pressure.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** So many commands that ask for room, by number as they go on. */
async function stage({ outstanding, commands, patience = 60_000 }: { outstanding: number; commands: number; patience?: number }) {
  const state = { outstanding };
  const gone: number[] = [];
  const pressure = new BackPressure(() => state.outstanding, { most: 3, patience });
  const ask = async (number: number) => {
    await pressure.room();
    gone.push(number);
  };
  const asked = Array.from({ length: commands }, (_, at) => ask(at + 1));
  await turn();
  return { state, gone, pressure, ask, asked };
}

test('a command goes on at once while fewer consequences are outstanding than may be', async () => {
  expect((await stage({ outstanding: 2, commands: 2 })).gone).toEqual([1, 2]);
});

test('commands wait while they lie too thick, and go on in order, as many as there is room for', async () => {
  const { state, gone, pressure, ask, asked } = await stage({ outstanding: 3, commands: 4 });
  expect(gone).toEqual([]);
  pressure.look();
  await turn();
  expect(gone).toEqual([]);
  state.outstanding = 1;
  const late = ask(5);
  pressure.look();
  await turn();
  expect(gone).toEqual([1, 2]);
  state.outstanding = 0;
  pressure.look();
  await Promise.all([...asked, late]);
  expect(gone).toEqual([1, 2, 3, 4, 5]);
});

test('consequences that nobody can work off hold no command up for longer than patience lasts', async () => {
  const { gone, asked, ask } = await stage({ outstanding: 9, commands: 2, patience: 20 });
  expect(gone).toEqual([]);
  await Promise.all(asked);
  await ask(3);
  expect(gone).toEqual([1, 2, 3]);
});
