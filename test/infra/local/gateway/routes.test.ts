import { expect, test } from 'vitest';
import { madeGateway } from './made-gateway.ts';

test('a request with a body reaches its function', async () => {
  const { ask, bearer } = await madeGateway();
  expect(await ask(['POST /v1/made/echo', bearer], '{"a":1}')).toMatchObject({ status: 200, json: { name: 'echo', body: '{"a":1}' } });
});
