import { setTimeout as pause } from 'node:timers/promises';
import { Chance } from '../simulation/chance.ts';
import { makeHistory } from '../simulation/history.ts';
import { check, type Finding } from './check.ts';
import { HostProcess } from './host-process.ts';
import { type Asked, Load, type Tally } from './load.ts';
import type { Opened } from './opened.ts';

/** When a host is killed: at work, before it is ready, or while it ends on SIGTERM. */
export type Moment = 'load' | 'start' | 'stop';

export interface Plan {
  readonly times: number;
  readonly seed: number;
  readonly province: string;
  readonly dynamodb: boolean;
  /** Folder of the host's data, empty. */
  readonly data: string;
  /** Opens the folder between two hosts. */
  readonly open: () => Promise<Opened>;
  readonly tell: (line: string) => void;
  /** Told of each host that is started, so that none outlives this process. */
  readonly started?: (host: HostProcess) => void;
}

/** What came of it (结果). */
export interface Result extends Tally, Finding {
  readonly kills: Readonly<Record<Moment, number>>;
  /** Accepted requests that were sent once more in the end. */
  readonly repeated: number;
  /** Answers that no request may get. */
  readonly wrong: readonly string[];
  readonly asked: readonly Asked[];
  readonly seconds: number;
}

const CONNECTIONS = 12;
/** Milliseconds between the first answer and a kill, at most. */
const LONGEST_LOAD = 1_500;
/** Milliseconds between SIGTERM and SIGKILL, at most. */
const LONGEST_STOP = 40;
/** Share of the kills whose time runs from the first request on, not from the first answer. */
const COLD = 0.1;
/** Acts of the history for each kill: more than a host does before it dies. */
const ACTS = 400;
const SETTLES_WITHIN = 600_000;
const MOMENTS: readonly Moment[] = ['load', 'load', 'load', 'load', 'load', 'load', 'load', 'start', 'stop', 'stop'];

/** A host under load, killed `times` times; afterwards everything that was accepted is looked for. The moments are the seed's, what a kill meets is not. */
export async function campaign(plan: Plan): Promise<Result> {
  const { times, seed, open, tell, started = () => undefined } = plan;
  const began = performance.now();
  const chance = new Chance(seed);
  const kills: Record<Moment, number> = { load: 0, start: 0, stop: 0 };
  const start = (): HostProcess => {
    const host = new HostProcess(plan);
    started(host);
    return host;
  };
  const up = async (host: HostProcess): Promise<string> => {
    const url = await host.ready();
    if (url === undefined) throw new Error('somebody else killed the host');
    return url;
  };

  // The pseudonyms in the acts are those of the secrets that the first host makes.
  const first = start();
  await up(first);
  await first.stop();
  const opened = await open();
  const load = new Load(makeHistory(chance, opened.kernel.keyRing, ACTS * times), chance, CONNECTIONS);
  await opened.close();

  let startMs = 500;
  for (let kill = 1; kill <= times; ) {
    const roll = (what: string) => chance.of(`kill${kill}:${what}:${kills.load + kills.start + kills.stop}`);
    const moment = MOMENTS[Math.floor(roll('moment') * MOMENTS.length)] as Moment;
    const before = load.tally;
    const host = start();
    const at = performance.now();
    let met: string;
    let done: Promise<void> | undefined;
    if (moment === 'start') {
      await pause(roll('at') * startMs * 1.2);
      met = `${Math.round(performance.now() - at)} ms after its start`;
    } else {
      const url = await up(host);
      startMs = performance.now() - at;
      await load.prepare(url);
      const answered = load.answered;
      let idle = false;
      done = load.run(url).finally(() => {
        idle = true;
      });
      // Where functions start cold, most hosts would else be killed before they did anything.
      if (roll('cold') >= COLD) while (load.answered === answered && !idle) await pause(2);
      const delay = roll('at') * LONGEST_LOAD;
      await pause(delay);
      met = `after ${Math.round(delay)} ms of load`;
      if (moment === 'stop') {
        host.term();
        const grace = roll('grace') * LONGEST_STOP;
        await pause(grace);
        met += `, ${Math.round(grace)} ms after SIGTERM`;
      }
    }
    const killed = await host.kill(roll('first') < 0.5);
    await done;
    const { accepted, unanswered } = load.tally;
    if (killed) {
      kills[moment] += 1;
      tell(`${kill}/${times}  killed ${met}; accepted ${accepted} (+${accepted - before.accepted}), ${unanswered} unanswered`);
      kill += 1;
    } else if (moment !== 'stop') throw new Error(`the host ended by itself:\n${host.said}`);
    else tell(`${kill}/${times}  not killed: it had ended ${met}`);
  }

  const last = start();
  const url = await up(last);
  await load.answerAll(url);
  await settled(url);
  const { sent, accepted, again, unanswered } = load.tally;
  const repeated = await load.repeat(url);
  await settled(url);
  await last.stop();
  tell(`settled and stopped; ${repeated} accepted requests sent once more; now everything is looked for`);
  const rest = await open();
  try {
    const finding = await check(rest, load.asked);
    const seconds = (performance.now() - began) / 1000;
    return { ...finding, kills, sent, accepted, again, unanswered, repeated, wrong: load.faults, asked: load.asked, seconds };
  } finally {
    await rest.close();
  }
}

/** Until all consequences are there: what failed is tried again after its queue's visibility timeout. */
async function settled(url: string): Promise<void> {
  const until = performance.now() + SETTLES_WITHIN;
  for (;;) {
    const answer = await fetch(`${url}/dev/settle`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    const told = await answer.text();
    if (answer.status === 200) return;
    if (performance.now() > until) throw new Error(`consequences are still open after ${SETTLES_WITHIN / 1000} s: ${told}`);
    await pause(1_000);
  }
}
