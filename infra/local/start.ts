import { parseArgs } from 'node:util';
import { provinceCalled } from '../province.ts';
import { folderOf } from './data-folder.ts';
import { clientOf } from './demo/client.ts';
import { play } from './demo/play.ts';
import { setting } from './demo/setting.ts';
import { testedYears } from './demo/tested-years.ts';
import { welcome } from './demo/welcome.ts';
import { isMisused, openHost, reasonOf } from './open-host.ts';

const USAGE = `npm start -- [--province NAME] [--port N] [--data FOLDER] [--dynamodb] [--empty] [--verbose]
  --province   name or code (default jiangxi)
  --port       on the loopback; 0 takes any that is free (default 8080)
  --data       folder of everything that must not be lost (default .data/<province>)
  --dynamodb   the deployed bundles on Amazon's DynamoDB Local, which needs Java 17 or newer
  --empty      without the demo data, which are made and only there are for jiangxi
  --verbose    a line of log for every request`;

const options = {
  province: { type: 'string', default: 'jiangxi' },
  port: { type: 'string', default: '8080' },
  data: { type: 'string' },
  dynamodb: { type: 'boolean', default: false },
  empty: { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** The province whose demo data there are. */
const DEMO = 'jiangxi';

try {
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(USAGE);
    process.exit();
  }
  const began = performance.now();
  const { name, title } = await provinceCalled(values.province);
  console.log(`${title}: reading its templates, which are made anew when the sources have changed (some seconds)`);
  const host = await openHost({
    province: name,
    data: values.data ?? folderOf(name),
    port: portOf(values.port),
    dynamodb: values.dynamodb,
    level: values.verbose ? 'info' : 'warn',
    lost: () => {
      console.error('DynamoDB Local has ended: start again, what was accepted lies in its files');
      process.exitCode = 1;
      stop();
    },
  });
  function stop(): void {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    void host.close().then(() => console.log('stopped; nothing that was accepted is lost'));
  }
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const answers = name === DEMO && !values.empty ? await play(clientOf(host), [...setting, ...testedYears]) : undefined;
  console.log(welcome({ title, url: host.url, seconds: (performance.now() - began) / 1000, setting: answers }));
} catch (error) {
  const reason = reasonOf(error);
  if (reason === undefined) throw error;
  console.error(isMisused(error) ? `${reason}\n${USAGE}` : reason);
  process.exitCode = 1;
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port < 65_536) return port;
  console.error(`--port takes a number from 0 to 65535\n${USAGE}`);
  process.exit(2);
}
