import { expect, test } from 'vitest';
import { SqlitePositions } from '../../../../infra/local/sqlite/sqlite-positions.ts';
import { temporaryDatabase } from './temporary-database.ts';

test('a position is the last value set under its name', async () => {
  const positions = new SqlitePositions(temporaryDatabase());
  expect(positions.get('publish')).toBeUndefined();
  await Promise.all(['1', '2', '3'].map((value) => positions.set('publish', value)));
  await positions.set('project', '');
  expect([positions.get('publish'), positions.get('project'), positions.get('Publish')]).toEqual(['3', '', undefined]);
});
