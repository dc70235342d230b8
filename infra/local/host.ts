import type { Definitions } from '../../functions/kernel/definitions.ts';
import type { HttpResult } from '../../functions/kernel/http/middleware.ts';
import { makeVerifier } from '../../functions/kernel/identity.ts';
import { LEVELS, type Level, makeLog } from '../../functions/kernel/log.ts';
import type { BusEntry } from '../../functions/kernel/ports.ts';
import { dynamoDbGround } from './aws/dynamodb-ground.ts';
import { ClockOffset } from './aws/moved-date.ts';
import type { Put } from './aws/put-events.ts';
import { filesIn } from './data-folder.ts';
import { environmentIn } from './deployed-environment.ts';
import type { Deployment } from './deployment.ts';
import { developmentIssuer } from './development/issuer.ts';
import { MovableClock } from './development/movable-clock.ts';
import { developmentRoutes } from './development/routes.ts';
import { embeddedGround } from './embedded/embedded-ground.ts';
import { EventBus } from './event-bus.ts';
import type { Functions } from './functions.ts';
import { makeGateway } from './gateway/gateway.ts';
import type { Ground } from './ground.ts';
import { Pipeline } from './pipeline.ts';
import { type LocalDatabase, openDatabase } from './sqlite/open-database.ts';
import { SqlitePositions } from './sqlite/sqlite-positions.ts';
import { SqliteQueues } from './sqlite/sqlite-queues.ts';

export interface HostOptions {
  readonly deployment: Deployment;
  readonly definitions: Definitions;
  /** Folder of everything the host must not lose. */
  readonly data: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Tells where DynamoDB Local answers, for the bundles that are deployed; without it the definitions run on SQLite. Asked when the folder is held. */
  readonly dynamodb?: () => Promise<string>;
  /** Takes log lines, from this level on. */
  readonly sink: (line: string) => void;
  readonly level?: Level;
  /** Told of every entry that crossed the bus. */
  readonly heard?: (entry: BusEntry) => void;
  /** Given the file that the host holds for itself alone, once it is open, for who looks at all that lies in it. */
  readonly opened?: (database: LocalDatabase) => void;
  /** The functions as they run, for who watches each of their calls. */
  readonly around?: (functions: Functions) => Functions;
}

/** One province's system on this machine (本机运行), behind HTTP on the loopback. */
export interface LocalHost {
  readonly port: number;
  readonly url: string;
  /** A token of the development issuer. */
  token(claims: Readonly<Record<string, unknown>>): Promise<string>;
  readonly clock: MovableClock;
  /** Resolves when everything accepted so far has had all its consequences. Rejects when one failed and waits to be tried again. */
  settle(): Promise<void>;
  /** Messages that wait in queues or are being worked on. */
  waiting(): number;
  /** Ends what is in work, and lets go of everything. */
  close(): Promise<void>;
}

/** Starts a host. Throws {@link CannotOpen} for its file, EADDRINUSE for its port. */
export async function startHost(options: HostOptions): Promise<LocalHost> {
  const files = filesIn(options.data);
  const database = openDatabase(options.dynamodb ? files.queuesFile : files.ledgerFile);
  const closing: (() => Promise<void> | void)[] = [() => database.close()];
  const close = async (): Promise<void> => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const { deployment, definitions, dynamodb, sink, level = 'info', heard, opened = () => {}, around = (same) => same } = options;
    opened(database);
    const positions = new SqlitePositions(database);
    const offset = new ClockOffset();
    const clock = new MovableClock(positions, (milliseconds) => {
      offset.ms = milliseconds;
    });
    const log = makeLog({ sink, clock, level });
    const queues = new SqliteQueues(database, deployment.queues.values());
    const bus = new EventBus({ rules: deployment.rules, queues, account: '000000000000', region: 'local', ...(heard ? { heard } : {}) });
    const { BUS } = environmentIn(deployment);
    const { keyFile, accountFile, issuerFile } = files;
    let pipeline: Pipeline | undefined;
    const written = () => pipeline?.written();
    const ground: Ground = dynamodb
      ? await dynamoDbGround({ deployment, endpoint: await dynamodb(), put: onBuses(bus), clock, offset, sink: from(level, sink), keyFile, accountFile })
      : embeddedGround({ definitions, deployment, database, bus: { put: (entries) => bus.put(BUS, entries) }, clock, log, keyFile, written });
    closing.push(() => ground.close());
    const following = new Pipeline({ deployment, ground: { ...ground, functions: around(ground.functions) }, queues, positions, clock, log });
    pipeline = following;
    closing.push(() => following.stop());

    const { issuer, audience } = deployment.api.authorizer;
    const tokens = await developmentIssuer({ file: issuerFile, clock, issuer, audience });
    const settle = () => following.settle();
    const gateway = makeGateway({
      api: deployment.api,
      invoke: async (name, event) => (await following.invoke(name, event, event.requestContext.http.method === 'POST')) as HttpResult,
      verify: makeVerifier({ issuer, audience, keys: tokens.jwks, clock }),
      own: developmentRoutes({ issuer: tokens, clock, settle, sweep: () => following.sweep(), clockSet: () => following.clockSet() }),
      clock,
      log,
    });
    closing.push(() => gateway.close());
    const port = await gateway.listen(options.port);
    following.start();
    return {
      port,
      url: `http://127.0.0.1:${port}`,
      token: (claims) => tokens.sign(claims),
      clock,
      settle,
      waiting: () => following.waiting(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Lines of functions that log everything. */
const from =
  (level: Level, sink: (line: string) => void) =>
  (line: string): void => {
    const told = LEVELS.indexOf(/"level":"(\w+)"/.exec(line)?.[1] as Level);
    if (told === -1 || told >= LEVELS.indexOf(level)) sink(line);
  };

/** PutEvents names a bus for each entry. */
const onBuses =
  (bus: EventBus): Put =>
  async (entries) =>
    (await Promise.all(entries.map((entry) => bus.put(entry.bus, [entry])))).flat();
