import type { Definitions } from '../../functions/kernel/definitions.ts';
import type { HttpResult } from '../../functions/kernel/http/middleware.ts';
import { makeVerifier } from '../../functions/kernel/identity.ts';
import { type Level, makeLog } from '../../functions/kernel/log.ts';
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
import { QueueConsumer } from './queue-consumer.ts';
import { ScheduleRunner } from './schedule-runner.ts';
import { type LocalDatabase, openDatabase } from './sqlite/open-database.ts';
import { SqlitePositions } from './sqlite/sqlite-positions.ts';
import { SqliteQueues } from './sqlite/sqlite-queues.ts';
import { StreamPump } from './stream-pump.ts';
import { WatchedFunctions } from './watched-functions.ts';

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
  /** Stands between the services and the functions, for who measures. */
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

/** Messages of one queue at which no more are made until some are done. */
const CROWD = 2_000;
/** Milliseconds between two looks at a stream that tells nobody of new records: while something happens, and else. */
const LOOK = { busy: 20, quiet: 250, busyFor: 2_000 } as const;

/** Starts a host. Throws {@link CannotOpen} for its file, EADDRINUSE for its port. */
export async function startHost({
  deployment,
  definitions,
  data,
  port,
  dynamodb,
  sink,
  level = 'info',
  heard,
  opened = () => {},
  around = (same) => same,
}: HostOptions): Promise<LocalHost> {
  const files = filesIn(data);
  const database = openDatabase(dynamodb ? files.queuesFile : files.ledgerFile);
  const closing: (() => Promise<void> | void)[] = [() => database.close()];
  const close = async (): Promise<void> => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    opened(database);
    const positions = new SqlitePositions(database);
    const offset = new ClockOffset();
    const clock = new MovableClock(positions, (milliseconds) => {
      offset.ms = milliseconds;
    });
    const log = makeLog({ sink, clock, level });
    const queues = new SqliteQueues(database, deployment.queues.values());
    const bus = new EventBus({ rules: deployment.rules, queues, account: '000000000000', region: 'local', ...(heard ? { heard } : {}) });

    const pumps: StreamPump[] = [];
    const wake = () => {
      for (const pump of pumps) pump.wake();
    };
    const { keyFile, accountFile } = files;
    const { BUS } = environmentIn(deployment);
    const ground: Ground = dynamodb
      ? await dynamoDbGround({ deployment, endpoint: await dynamodb(), put: onBuses(bus), clock, offset, sink, keyFile, accountFile })
      : embeddedGround({ definitions, deployment, database, bus: { put: (entries) => bus.put(BUS, entries) }, clock, log, keyFile, written: wake });
    closing.push(() => ground.close());
    const functions = new WatchedFunctions(around(ground.functions));
    const giveUp = (queue: string, body: string) => queues.send([{ queue, body }]);
    const crowded = () => deployment.queueMappings.some(({ queue }) => queues.count(queue).visible > CROWD);
    pumps.push(...deployment.streamMappings.map((mapping) => new StreamPump({ mapping, source: ground.stream, functions, positions, giveUp, log, crowded })));
    const consumers = deployment.queueMappings.map((mapping) => new QueueConsumer({ mapping, queues, functions, log }));
    const schedules = new ScheduleRunner({ schedules: deployment.schedules, functions, positions, giveUp, clock, log });
    closing.push(
      () => Promise.all(consumers.map((consumer) => consumer.stop())).then(() => undefined),
      () => Promise.all(pumps.map((pump) => pump.stop())).then(() => undefined),
      () => schedules.stop(),
    );

    const waiting = () => deployment.queueMappings.reduce((sum, { queue }) => sum + queues.count(queue).visible + queues.count(queue).held, 0);
    const settle = async (): Promise<void> => {
      for (;;) {
        const before = functions.ended;
        wake();
        await until(() => pumps.every(({ idle }) => idle) && schedules.idle && functions.running === 0 && waiting() === 0);
        if (functions.ended === before) break;
      }
      const delayed = deployment.queueMappings.filter(({ queue }) => queues.count(queue).delayed > 0).map(({ queue }) => queue);
      if (delayed.length > 0) throw new Error(`a consequence failed and waits to be tried again in ${delayed.join(', ')}`);
    };
    const sweep = async (): Promise<void> => {
      await schedules.runAll();
      await settle();
    };

    const { issuer, audience } = deployment.api.authorizer;
    const tokens = await developmentIssuer({ file: files.issuerFile, clock, issuer, audience });
    const gateway = makeGateway({
      api: deployment.api,
      invoke: async (name, event) => (await functions.invoke(name, event)) as HttpResult,
      verify: makeVerifier({ issuer, audience, keys: tokens.jwks, clock }),
      own: developmentRoutes({ issuer: tokens, clock, settle, sweep, clockSet: () => schedules.look() }),
      clock,
      log,
    });
    closing.push(() => gateway.close());
    const taken = await gateway.listen(port);
    wake();
    for (const consumer of consumers) consumer.wake();
    schedules.start();
    if (ground.silent) closing.push(lookAgainAndAgain(wake, functions));
    return {
      port: taken,
      url: `http://127.0.0.1:${taken}`,
      token: (claims) => tokens.sign(claims),
      clock,
      settle,
      waiting,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** PutEvents names a bus for each entry. */
const onBuses =
  (bus: EventBus): Put =>
  async (entries) =>
    (await Promise.all(entries.map((entry) => bus.put(entry.bus, [entry])))).flat();

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Looks at the stream often while something happens; the answer ends it. */
function lookAgainAndAgain(wake: () => void, functions: WatchedFunctions): () => void {
  let timer: NodeJS.Timeout;
  const look = (): void => {
    wake();
    timer = setTimeout(look, functions.running > 0 || functions.quietFor < LOOK.busyFor ? LOOK.busy : LOOK.quiet);
  };
  look();
  return () => clearTimeout(timer);
}
