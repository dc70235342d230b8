import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { loadDeployment } from '../../infra/local/assembly/synthesize.ts';
import { startHost } from '../../infra/local/host.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { NOW } from './bench-province.ts';
import { answerParent } from './child.ts';
import { LIFTED, PROVINCE } from './served.ts';
import { Watch } from './watch.ts';

/** The local host in a process of its own: embedded or, where an endpoint is named, on DynamoDB Local; its throttle lifted, nothing else changed. */
const [data = '', endpoint] = process.argv.slice(2);
const deployment = await loadDeployment(PROVINCE);
const watch = new Watch();
const host = await startHost({
  deployment: { ...deployment, api: { ...deployment.api, throttle: LIFTED } },
  definitions: await loadDefinitions(),
  data,
  port: 0,
  ...(endpoint === undefined ? {} : { dynamodb: async () => endpoint }),
  sink: (line) => {
    // The deployed functions tell of every request, whatever level the host was given.
    if (!line.includes('"level":"info"')) process.stderr.write(`${line}\n`);
  },
  level: 'warn',
  around: (functions) => watch.around(functions),
});
await host.clock.set(Date.parse(NOW));
const profiler = new Session();

answerParent(
  {
    port: () => host.port,
    token: (claims: Record<string, unknown>) => host.token(claims),
    begin: (follow: boolean) => watch.begin(follow),
    settled: async () => {
      await host.settle();
      return watch.seen;
    },
    startProfile: async () => {
      profiler.connect();
      await profiler.post('Profiler.enable');
      await profiler.post('Profiler.setSamplingInterval', { interval: 200 });
      await profiler.post('Profiler.start');
    },
    endProfile: async (file: string) => {
      const { profile } = await profiler.post('Profiler.stop');
      profiler.disconnect();
      writeFileSync(file, JSON.stringify(profile));
    },
  },
  () => host.close(),
);
