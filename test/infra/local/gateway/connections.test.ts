import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../../functions/kernel/clock.ts';
import type { HttpResult } from '../../../../functions/kernel/http/middleware.ts';
import { makeLog } from '../../../../functions/kernel/log.ts';
import { makeGateway } from '../../../../infra/local/gateway/gateway.ts';
import { API, madeGateway } from './made-gateway.ts';
import { HOST, headOf, wireTo } from './wire.ts';

const LONG = { headersMs: 120_000, requestMs: 120_000, idleMs: 120_000, silentMs: 120_000 };

describe('listening', () => {
  test('rejects where the port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const gateway = makeGateway({
      api: API,
      invoke: async () => ({ statusCode: 200 }),
      verify: async () => ({ ok: false, code: 'missing_token' }),
      clock: systemClock,
      log: makeLog({ sink: () => {}, clock: systemClock }),
    });
    const { port } = taken.address() as { port: number };
    await expect(gateway.listen(port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    taken.close();
  });

  const outer = Object.values(networkInterfaces())
    .flat()
    .find((each) => each && !each.internal && each.family === 'IPv4')?.address;

  test.skipIf(outer === undefined)('is on the loopback only', async () => {
    const { port } = await madeGateway();
    const [error] = await once(connect(port, outer as string), 'error');
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('closing', () => {
  test('answers what is in work, as the last of its connection, and takes nothing more', async () => {
    const { promise, resolve } = Promise.withResolvers<HttpResult>();
    const began = Promise.withResolvers<void>();
    const made = await madeGateway({
      invoke: () => {
        began.resolve();
        return promise;
      },
    });
    const line = await made.open();
    line.send(headOf('GET /v1/made/list', [HOST, made.bearer]));
    await began.promise;
    const closed = made.close();
    await expect(made.open()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    resolve({ statusCode: 200, body: '1' });
    expect(await line.rest()).toMatchObject([{ status: 200, text: '1', headers: { connection: 'close' } }]);
    await closed;
  });

  test('waits for a function, not for a connection that said nothing beside it', async () => {
    const { promise, resolve } = Promise.withResolvers<HttpResult>();
    const began = Promise.withResolvers<void>();
    const made = await madeGateway({
      limits: { ...LONG, closeMs: 120_000 },
      invoke: () => {
        began.resolve();
        return promise;
      },
    });
    const silent = await made.open();
    const line = await made.open();
    line.send(headOf('GET /v1/made/list', [HOST, made.bearer]));
    await began.promise;
    const closed = made.close();
    resolve({ statusCode: 200, body: '1' });
    expect(await line.rest()).toMatchObject([{ status: 200 }]);
    await closed;
    expect(await silent.rest()).toEqual([]);
  });

  test('waits a bounded time for a function', async () => {
    const began = Promise.withResolvers<void>();
    const made = await madeGateway({
      limits: { closeMs: 50, functionMs: 60_000 },
      invoke: () => {
        began.resolve();
        return new Promise(() => {});
      },
    });
    const line = await made.open();
    line.send(headOf('GET /v1/made/list', [HOST, made.bearer]));
    await began.promise;
    await made.close();
    expect(await line.rest()).toEqual([]);
  });

  test.each<[what: string, bytes: string]>([
    ['that said nothing', ''],
    ['in the middle of its headers', 'GET /v1/made/li'],
    ['in the middle of its body', headOf('POST /v1/made/echo', [HOST, 'content-length: 5'])],
  ])('does not wait longer for a connection %s', async (_, bytes) => {
    const made = await madeGateway({ limits: { ...LONG, closeMs: 100 } });
    const line = await made.open();
    line.send(bytes);
    await made.ask(['GET /v1/made/list', made.bearer]);
    await made.close();
    await line.rest();
  });

  test('ends connections that stand idle, and may be asked twice', async () => {
    const made = await madeGateway({ limits: LONG });
    const line = await made.open();
    line.send(headOf('GET /v1/made/list', [HOST, made.bearer]));
    expect(await line.answer()).toMatchObject({ status: 200 });
    await Promise.all([made.close(), made.close()]);
    expect(await line.rest()).toEqual([]);
  });
});

describe('a connection', () => {
  test('serves many requests', async () => {
    const { open, bearer } = await madeGateway();
    const line = await open();
    for (let each = 0; each < 50; each += 1) {
      line.send(headOf('POST /v1/made/echo', [HOST, bearer, 'content-length: 2']));
      line.send('{}');
      expect(await line.answer()).toMatchObject({ status: 200, json: { body: '{}' } });
    }
    line.socket.destroy();
  });

  test('that stands idle after its answer is ended after a bounded time, without a word', async () => {
    const { open, bearer } = await madeGateway();
    const line = await open();
    line.send(headOf('GET /v1/made/list', [HOST, bearer]));
    expect(await line.rest()).toMatchObject([{ status: 200 }]);
  });

  test('whose other side never reads is ended after a bounded time', async () => {
    const body = JSON.stringify('x'.repeat(10_000_000));
    const began = Promise.withResolvers<void>();
    const made = await madeGateway({
      limits: { ...LONG, silentMs: 300, closeMs: 120_000 },
      invoke: async () => {
        began.resolve();
        return { statusCode: 200, body };
      },
    });
    const line = await made.open();
    line.socket.pause();
    line.send(headOf('GET /v1/made/list', [HOST, made.bearer]));
    await began.promise;
    await made.close();
    line.socket.resume();
    await expect(line.rest()).rejects.toThrow('half an answer');
  });
});

const files = Number((process.report.getReport() as unknown as { userLimits: { open_files: { soft: number | string } } }).userLimits.open_files.soft);
const MANY = Math.min(10_000, (Number.isFinite(files) ? files : 10_000) - 500);

describe(`${MANY} connections that stand idle`, () => {
  test.each<[what: string, answered: boolean]>([
    ['having said nothing', false],
    ['having been answered', true],
  ])('%s, do not keep others from being answered, nor the gateway from closing', async (_, answered) => {
    const made = await madeGateway({ limits: LONG });
    const arguments_ = [String(made.port), String(MANY), ...(answered ? [headOf('GET /nowhere', [HOST])] : [])];
    const child = fork(fileURLToPath(new URL('many-connections.ts', import.meta.url)), arguments_);
    expect((await once(child, 'message'))[0]).toBe('open');
    expect(await made.ask(['POST /v1/made/echo', made.bearer], '{}')).toMatchObject({ status: 200 });
    const closed = once(child, 'message');
    await made.close();
    expect((await closed)[0]).toBe('closed');
    const exit = once(child, 'exit');
    child.disconnect();
    await exit;
  });
});

test.skipIf(process.platform === 'win32')('a process that may open no more files lives, and answers again when connections have ended', async () => {
  const script = fileURLToPath(new URL('few-files.ts', import.meta.url));
  const child = spawn('sh', ['-c', 'ulimit -n 64 && exec "$0" "$1"', process.execPath, script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { open, ask } = wireTo(Number(String((await once(child.stdout, 'data'))[0]).split('\n', 1)[0]));
  const lines = await Promise.all(Array.from({ length: 200 }, () => open()));
  const answers = await Promise.all(lines.map((line) => line.rest().catch(() => [])));
  expect(new Set(answers.flat().map(({ status }) => status))).toEqual(new Set([408]));
  expect(answers.flat().length).toBeLessThan(200);
  expect(await ask(['GET /nowhere'])).toMatchObject({ status: 404 });
  const exit = once(child, 'exit');
  child.stdin.end();
  expect(await exit).toEqual([0, null]);
});
