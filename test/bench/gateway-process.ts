import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../functions/kernel/clock.ts';
import { json } from '../../functions/kernel/http/middleware.ts';
import { makeVerifier } from '../../functions/kernel/identity.ts';
import { makeLog } from '../../functions/kernel/log.ts';
import { loadDeployment } from '../../infra/local/assembly/synthesize.ts';
import { developmentIssuer } from '../../infra/local/development/issuer.ts';
import { makeGateway } from '../../infra/local/gateway/gateway.ts';
import { answerParent } from './child.ts';
import { LIFTED, PROVINCE } from './served.ts';

/** The host's gateway with nothing behind it: tokens are verified, and what a function answered once is answered at once. */
const { api } = await loadDeployment(PROVINCE);
const folder = mkdtempSync(join(tmpdir(), 'jianheng-gateway-'));
const { issuer, audience } = api.authorizer;
const tokens = await developmentIssuer({ file: join(folder, 'issuer.jwk'), clock: systemClock, issuer, audience });
let body: unknown = {};
const gateway = makeGateway({
  api: { ...api, throttle: LIFTED },
  invoke: async () => json(201, body, { etag: '"1"' }),
  verify: makeVerifier({ issuer, audience, keys: tokens.jwks, clock: systemClock }),
  clock: systemClock,
  log: makeLog({ sink: (line) => process.stderr.write(`${line}\n`), clock: systemClock, level: 'warn' }),
});
const port = await gateway.listen(0);

answerParent(
  {
    port: () => port,
    token: (claims: Record<string, unknown>) => tokens.sign(claims),
    answer: (given: unknown) => {
      body = given;
    },
  },
  async () => {
    await gateway.close();
    rmSync(folder, { recursive: true, force: true });
  },
);
