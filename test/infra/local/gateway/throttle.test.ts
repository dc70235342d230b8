import { expect, test } from 'vitest';
import { Throttle } from '../../../../infra/local/gateway/throttle.ts';
import { madeGateway } from './made-gateway.ts';

test('so many at once, then so many a second', () => {
  let now = 1_000;
  const throttle = new Throttle({ rate: 4, burst: 3 }, () => now);
  const take = (times: number) => Array.from({ length: times }, () => throttle.take());
  expect(take(4)).toEqual([0, 0, 0, 1]);
  now += 250;
  expect(take(2)).toEqual([0, 1]);
  now += 60_000;
  expect(take(4)).toEqual([0, 0, 0, 1]);
});

test('a slow rate tells for how long', () => {
  const throttle = new Throttle({ rate: 0.1, burst: 1 }, () => 0);
  expect([throttle.take(), throttle.take()]).toEqual([0, 10]);
});

test('beyond it 429 with retry-after, over all routes, and good again later', async () => {
  let now = 0;
  const { ask, bearer, invoked } = await madeGateway({ api: { throttle: { rate: 1, burst: 2 } }, monotonic: () => now });
  expect(await ask(['GET /v1/made/list', bearer])).toMatchObject({ status: 200 });
  expect(await ask(['GET /v1/trace/x', bearer])).toMatchObject({ status: 200 });
  expect(await ask(['POST /v1/made/echo', bearer], '{}')).toMatchObject({
    status: 429,
    json: { code: 'throttled', retryAfter: 1 },
    headers: { 'retry-after': '1' },
  });
  expect(await ask(['GET /nowhere'])).toMatchObject({ status: 404 });
  expect(invoked).toHaveLength(2);
  now += 1_000;
  expect(await ask(['GET /v1/made/list', bearer])).toMatchObject({ status: 200 });
});
