import type { Definitions } from '../../functions/kernel/definitions.ts';
import type { HttpEvent, HttpResult } from '../../functions/kernel/http/middleware.ts';
import { makeVerifier } from '../../functions/kernel/identity.ts';
import { type Level, makeLog } from '../../functions/kernel/log.ts';
import type { BusEntry } from '../../functions/kernel/ports.ts';
import { BackPressure } from './back-pressure.ts';
import { filesIn } from './data-folder.ts';
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
import { openDatabase } from './sqlite/open-database.ts';
import { SqlitePositions } from './sqlite/sqlite-positions.ts';
import { SqliteQueues } from './sqlite/sqlite-queues.ts';
import { StreamPump } from './stream-pump.ts';

export interface HostOptions {
  readonly deployment: Deployment;
  readonly definitions: Definitions;
  /** Folder of everything the host must not lose. */
  readonly data: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Takes log lines, from this level on. */
  readonly sink: (line: string) => void;
  readonly level?: Level;
  /** Told of every entry that crossed the bus. */
  readonly heard?: (entry: BusEntry) => void;
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
  /** Commits whose consequences are not all there, as far as this process knows: nothing when it is 0. */
  readonly waiting: number;
  /** Ends what is in work, and lets go of everything. */
  close(): Promise<void>;
}

/** Messages of one queue at which no more are made until some are done. */
const CROWD = 2_000;

/** Starts a host. Throws {@link CannotOpen} for its file, EADDRINUSE for its port. */
export async function startHost({
  deployment,
  definitions,
  data,
  port,
  sink,
  level = 'info',
  heard,
  around = (same) => same,
}: HostOptions): Promise<LocalHost> {
  const files = filesIn(data);
  const database = openDatabase(files.ledgerFile);
  const positions = new SqlitePositions(database);
  const clock = new MovableClock(positions);
  const log = makeLog({ sink, clock, level });
  const queues = new SqliteQueues(database, deployment.queues.values());
  const [{ name: first, environment = {} } = { name: '' }] = deployment.functions.values();
  const { PROVINCE: province = '', BUS: busName = '' } = environment;
  if (!province || !busName) throw new Error(`${first} is deployed without its province or its bus`);
  const bus = new EventBus({ rules: deployment.rules, queues, account: '000000000000', region: 'local', ...(heard ? { heard } : {}) });

  const waiting = () => deployment.queueMappings.reduce((sum, { queue }) => sum + queues.count(queue).visible + queues.count(queue).held, 0);
  const pumps: StreamPump[] = [];
  const wake = () => {
    for (const pump of pumps) pump.wake();
  };
  // Commits written here, less those that a pump is done with, a pump at a time.
  let unread = 0;
  const pressure = new BackPressure(() => unread + waiting());
  const ground: Ground = embeddedGround({
    definitions,
    deployment,
    province,
    database,
    bus: { put: (entries) => bus.put(busName, entries) },
    clock,
    log,
    keyFile: files.keyFile,
    written: () => {
      unread += deployment.streamMappings.length;
      wake();
    },
  });
  const functions = around(ground.functions);
  const giveUp = (queue: string, body: string) => queues.send([{ queue, body }]);
  const read = (records: number) => {
    unread = Math.max(0, unread - records);
    pressure.look();
  };
  const crowded = () => deployment.queueMappings.some(({ queue }) => queues.count(queue).visible > CROWD);
  pumps.push(
    ...deployment.streamMappings.map((mapping) => new StreamPump({ mapping, source: ground.stream, functions, positions, giveUp, log, crowded, done: read })),
  );
  const consumers = deployment.queueMappings.map((mapping) => new QueueConsumer({ mapping, queues, functions, log, done: () => pressure.look() }));
  const schedules = new ScheduleRunner({ schedules: deployment.schedules, functions, positions, giveUp, clock, log });

  const settle = async (): Promise<void> => {
    for (;;) {
      if (await ground.caughtUp()) {
        if (pumps.every(({ idle }) => idle) && schedules.idle && waiting() === 0) break;
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
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
    invoke: async (name: string, event: HttpEvent) => {
      if (event.requestContext.http.method === 'POST') await pressure.room();
      return (await functions.invoke(name, event)) as HttpResult;
    },
    verify: makeVerifier({ issuer, audience, keys: tokens.jwks, clock }),
    own: developmentRoutes({ issuer: tokens, clock, settle, sweep, clockSet: () => schedules.look() }),
    clock,
    log,
  });
  const close = async (): Promise<void> => {
    await gateway.close();
    await schedules.stop();
    await Promise.all(pumps.map((pump) => pump.stop()));
    await Promise.all(consumers.map((consumer) => consumer.stop()));
    await ground.close();
    database.close();
  };
  let taken: number;
  try {
    taken = await gateway.listen(port);
  } catch (error) {
    await ground.close();
    database.close();
    throw error;
  }
  wake();
  for (const consumer of consumers) consumer.wake();
  schedules.start();
  return {
    port: taken,
    url: `http://127.0.0.1:${taken}`,
    token: (claims) => tokens.sign(claims),
    clock,
    settle,
    get waiting() {
      return waiting();
    },
    close,
  };
}
