import { systemClock } from '../../../../functions/kernel/clock.ts';
import { makeLog } from '../../../../functions/kernel/log.ts';
import { makeGateway } from '../../../../infra/local/gateway/gateway.ts';

/** A gateway in a process of its own, which may open few files; its port and its log go to stdout, it ends with stdin. */
const gateway = makeGateway({
  api: {
    routes: [],
    cors: { allowOrigins: [], allowMethods: [], allowHeaders: [], exposeHeaders: [], maxAgeSeconds: 0 },
    throttle: { rate: 1, burst: 1 },
    authorizer: { issuer: 'https://issuer.example', audience: 'jianheng' },
  },
  invoke: async () => ({ statusCode: 200 }),
  verify: async () => ({ ok: false, code: 'missing_token' }),
  clock: systemClock,
  log: makeLog({ sink: (line) => process.stdout.write(`${line}\n`), clock: systemClock }),
  limits: { headersMs: 1_000, requestMs: 1_000, checkMs: 50, lingerMs: 100 },
});
process.stdout.write(`${await gateway.listen(0)}\n`);
process.stdin.on('end', () => process.exit()).resume();
