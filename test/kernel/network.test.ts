import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { makeNetwork } from '../../functions/kernel/network.ts';
import { madeCertificate } from '../support/made-certificate.ts';
import { receiver, withStatus } from '../support/receiver.ts';

const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

const leadingTo = (...addresses: readonly string[]) => makeNetwork({ resolve: async () => addresses });
const MESSAGE = { headers: { 'content-type': 'application/json' }, body: '{"虚构":1}' };
/** The network of a local host, on which a receiver can be made. */
const local = makeNetwork({ loopback: true });

describe('an address that may be sent to is a public one', () => {
  test.each(['1.1.1.1', '223.5.5.5', '2400:3200::1'])('%s', async (address) => {
    expect(await leadingTo(address).check('https://court.example/')).toBeUndefined();
  });

  test.each([
    ['this machine', '127.0.0.1'],
    ['this machine by another number', '127.8.8.8'],
    ['this machine, IPv6', '::1'],
    ['no machine', '0.0.0.0'],
    ['a private network', '10.1.2.3'],
    ['a private network', '172.31.255.255'],
    ['a private network', '192.168.1.1'],
    ['a link, where a cloud tells its credentials', '169.254.169.254'],
    ['a link, IPv6', 'fe80::1'],
    ['a unique local network', 'fd00:ec2::254'],
    ['a provider’s network', '100.64.0.1'],
    ['a measuring network', '198.18.0.1'],
    ['documentation', '203.0.113.5'],
    ['everybody', '255.255.255.255'],
    ['a group', '224.0.0.1'],
    ['a private network, mapped', '::ffff:10.1.2.3'],
    ['a private network, translated', '64:ff9b::a01:203'],
    ['a private network, tunnelled', '2002:a01:203::1'],
  ])('not %s: %s', async (_, address) => {
    expect(await leadingTo(address).check('https://court.example/')).toBe('private-address');
    expect(await leadingTo(address).post({ url: 'https://court.example/', ...MESSAGE })).toEqual({ fault: 'private-address' });
  });

  test('all that a name leads to are looked at', async () => {
    expect(await leadingTo('1.1.1.1', '10.1.2.3').check('https://court.example/')).toBe('private-address');
    expect(await leadingTo('1.1.1.1', '2400:3200::1').check('https://court.example/')).toBeUndefined();
    expect(await leadingTo().check('https://court.example/')).toBe('unknown-host');
  });

  test.each(['https://2130706433/', 'https://0x7f.1/', 'https://[::ffff:7f00:1]/', 'https://0/'])(
    'also where it is written as %s, of which no name server is asked',
    async (url) => {
      const network = makeNetwork({ resolve: async () => ['1.1.1.1'] });
      expect(await network.check(url)).toBe('private-address');
    },
  );

  test('by https; a local host alone lets its own machine through, and nothing else', async () => {
    expect(await leadingTo('1.1.1.1').check('http://court.example/')).toBe('not-https');
    expect(await leadingTo('127.0.0.1').check('http://court.example/')).toBe('not-https');
    expect(await local.check('http://127.0.0.1:9/')).toBeUndefined();
    expect(await makeNetwork({ loopback: true, resolve: async () => ['1.1.1.1'] }).check('http://court.example/')).toBe('not-https');
    expect(await makeNetwork({ loopback: true, resolve: async () => ['10.0.0.1'] }).check('https://court.example/')).toBe('private-address');
    expect(await makeNetwork({ loopback: true, resolve: async () => ['127.0.0.1', '10.0.0.1'] }).check('https://court.example/')).toBe('private-address');
  });

  test('again when it is sent to: a name that leads elsewhere by then gets nothing', async () => {
    const court = await receiver();
    closing.push(court.close);
    const answers = [['1.1.1.1'], ['127.0.0.1']];
    const network = makeNetwork({ resolve: async () => answers.shift() ?? [] });
    const url = court.url.replace('http://127.0.0.1', 'https://court.example');
    expect(await network.check(url)).toBeUndefined();
    expect(await network.post({ url, ...MESSAGE })).toEqual({ fault: 'private-address' });
    expect(court.received).toEqual([]);
  });
});

describe('over TLS', async () => {
  const made = madeCertificate('court.example');
  const received: string[] = [];
  const server = createTlsServer(made, (request, response) => {
    received.push(`${request.headers.host} ${(request.socket as unknown as { servername: string }).servername}`);
    response.writeHead(202).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const url = `https://court.example:${port}/notices`;
  const resolve = async () => ['127.0.0.1'];

  test('the address that was looked at is the one connected to, under the name', async () => {
    const network = makeNetwork({ loopback: true, resolve, ca: made.cert });
    expect(await network.post({ url, ...MESSAGE })).toEqual({ status: 202 });
    expect(received).toEqual([`court.example:${port} court.example`]);
  });

  test('a certificate that nobody vouches for, or that is another’s, is none', async () => {
    expect(await makeNetwork({ loopback: true, resolve }).post({ url, ...MESSAGE })).toEqual({ fault: 'certificate' });
    const other = url.replace('court.example', 'other.example');
    expect(await makeNetwork({ loopback: true, resolve, ca: made.cert }).post({ url: other, ...MESSAGE })).toEqual({ fault: 'certificate' });
  });
});

describe('an answer', () => {
  test('is its status, and how long to wait where it says so', async () => {
    const court = await receiver(withStatus(429, { 'retry-after': '120' }));
    closing.push(court.close);
    expect(await local.post({ url: court.url, ...MESSAGE })).toEqual({ status: 429, retryAfter: 120 });
    court.answer = withStatus(503, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' });
    expect(await local.post({ url: court.url, ...MESSAGE })).toEqual({ status: 503 });
    expect(court.received[0]).toMatchObject({ headers: { 'content-type': 'application/json' }, body: MESSAGE.body });
  });

  test('that leads elsewhere is not followed', async () => {
    const [court, elsewhere] = [await receiver(), await receiver()];
    closing.push(court.close, elsewhere.close);
    for (const status of [301, 302, 307, 308]) {
      court.answer = withStatus(status, { location: elsewhere.url });
      expect(await local.post({ url: court.url, ...MESSAGE })).toEqual({ status });
    }
    expect(elsewhere.received).toEqual([]);
  });

  test('of a body without end is cut off', async () => {
    let sent = 0;
    const cut = Promise.withResolvers<void>();
    const court = await receiver((response) => {
      response.writeHead(200).on('close', cut.resolve);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536;
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    closing.push(court.close);
    expect(await local.post({ url: court.url, ...MESSAGE })).toEqual({ status: 200 });
    await cut.promise;
    // What the sockets' buffers took meanwhile.
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  test.each([
    ['nothing', () => undefined],
    ['headers without end', (socket: Socket) => void socket.write(`HTTP/1.1 200 OK\r\nx-long: ${'a'.repeat(20_000)}`)],
    ['something else', (socket: Socket) => void socket.write('220 mail.example ESMTP\r\n')],
    ['a status alone, and then nothing', (socket: Socket) => void socket.write('HTTP/1.1 200 OK\r\n')],
  ])('that is %s, is none', async (_, answer) => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on('error', () => undefined));
      answer(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const network = makeNetwork({ loopback: true, limits: { answerMs: 300 } });
    expect(await network.post({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, ...MESSAGE })).toEqual({ fault: 'no-answer' });
  });

  test('of nobody is that there was no connection', async () => {
    const gone = await receiver();
    await gone.close();
    expect(await local.post({ url: gone.url, ...MESSAGE })).toEqual({ fault: 'not-connected' });
  });

  test('of a name server that says nothing does not hold longer', async () => {
    const network = makeNetwork({ resolve: () => new Promise(() => undefined), limits: { answerMs: 50 } });
    expect(await network.post({ url: 'https://court.example/', ...MESSAGE })).toEqual({ fault: 'no-answer' });
  });
});
