import { join } from 'node:path';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { openBareFile, unitOf } from './bare-file.ts';
import { type BenchProvince, benchFolder, type Order, openBenchProvince, type Registered } from './bench-province.ts';
import { type Effort, inRounds, type Line, linesOf } from './rounds.ts';

const IN_FLIGHT = [1, 8, 32] as const;

/** Cases between the first appraiser's row and the second's, so that two calls in flight never race for one record. */
const APART = 64;

/** Cases opened before anything is measured: as many as the shortest sample of signed rows may ask for. */
const CASES_BEFORE = 2 * APART;

/**
 * Decide and append, durably, in one process: commands a second beside bare SQLite commits of the very rows that they wrote,
 * each command a transaction of its own (`single`) and as many to a transaction as are in flight (`grouped`).
 * `open-case` is open, `sign-row` seals its content, every other one under a data key that is made for it.
 */
export async function measureCommands(definitions: Definitions, { seconds, rounds }: Effort): Promise<readonly Line[]> {
  const folder = benchFolder();
  const province = await openBenchProvince(definitions, join(folder.path, 'kernel.sqlite'));
  const single = openBareFile(join(folder.path, 'single.sqlite'));
  const grouped = openBareFile(join(folder.path, 'grouped.sqlite'));
  const { openCase, signRow } = ordersOf(province);
  try {
    for (let cases = 0; cases < CASES_BEFORE; cases += 1) await province.perform(openCase());
    const samples = await inRounds(rounds, async () => {
      const found: Record<string, number> = {};
      for (const inFlight of IN_FLIGHT) {
        for (const [name, next] of Object.entries({ 'open-case': openCase, 'sign-row': signRow })) {
          province.written.length = 0;
          const { count, elapsed, busy } = await drive(province, next, inFlight, seconds);
          const units = province.written.map(unitOf);
          const rate = { kernel: count / elapsed, single: 0, grouped: 0 };
          rate.single = count / timed(() => single.write(units, 1));
          rate.grouped = count / timed(() => grouped.write(units, inFlight));
          found[`${name}/${inFlight}/kernel-process-time`] = (busy * 1e6) / count;
          for (const [what, value] of Object.entries(rate)) found[`${name}/${inFlight}/${what}`] = value;
          found[`${name}/${inFlight}/ratio-to-single`] = rate.kernel / rate.single;
          found[`${name}/${inFlight}/ratio-to-grouped`] = rate.kernel / rate.grouped;
        }
      }
      return found;
    });
    return linesOf('commands', samples, unitOfLine);
  } finally {
    for (const each of [province, single, grouped]) each.close();
    folder.remove();
  }
}

interface Driven {
  readonly count: number;
  /** Seconds. */
  readonly elapsed: number;
  /** Seconds. */
  readonly busy: number;
}

const unitOfLine = (name: string): Line['unit'] => (name.includes('/ratio') ? 'ratio' : name.endsWith('-time') ? 'µs' : 'per second');

/**
 * Keeps so many calls in flight for so long, at least one each, or until there is no more to order; seconds until the last was durable,
 * and of them those of this process's own work, which another process on the machine disturbs least.
 */
async function drive(province: BenchProvince, next: () => Order | undefined, inFlight: number, seconds: number): Promise<Driven> {
  const began = performance.now();
  const before = process.cpuUsage();
  const end = began + seconds * 1000;
  let count = 0;
  const caller = async () => {
    do {
      const order = next();
      if (!order) return;
      await province.perform(order);
      count += 1;
    } while (performance.now() < end);
  };
  await Promise.all(Array.from({ length: inFlight }, caller));
  const { user, system } = process.cpuUsage(before);
  return { count, elapsed: (performance.now() - began) / 1000, busy: (user + system) / 1e6 };
}

function timed(work: () => void): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}

/** Orders without end, and rows to be signed in the cases ordered so far, first by one appraiser, later by the other. */
export function ordersOf({ institution, licences }: Registered): {
  openCase: () => Order;
  signRow: () => Order | undefined;
} {
  const of = (person: string, role: string) => ({ agency: institution, kind: 'institution', division: '360800', person, roles: [role] });
  const numberOf = (at: number) => `（2026）虚构鉴${at}号`;
  const [first = '', second = ''] = licences;
  let opened = 0;
  let signed = 0;
  const openCase = (): Order => {
    opened += 1;
    return {
      command: 'commissions/open-case',
      claims: of('made-head', 'head'),
      input: { case: numberOf(opened), matter: '虚构鉴定事项', commissioner: { kind: 'organ', agency: 'made-district-court' }, appraisers: [first, second] },
    };
  };
  const signRow = (): Order | undefined => {
    const turn = signed;
    const pair = Math.floor(turn / (2 * APART)) * APART + (turn % APART);
    if (pair >= opened) return undefined;
    signed += 1;
    return {
      command: 'interference/sign-row',
      claims: of(turn % (2 * APART) < APART ? first : second, 'appraiser'),
      input: { case: numberOf(1 + pair), content: CONTENT },
    };
  };
  return { openCase, signRow };
}

const CONTENT = {
  answer: 'interference',
  interferers: [{ box: 'party-or-agent', name: '虚构干预人' }],
  contents: [{ box: 'opinion' }],
  articleThree: ['coerce'],
  account: '虚构情况：当事人要求出具特定意见。'.repeat(6),
  evidence: [{ kind: '录音', sha256: 'a'.repeat(64), keptAt: '虚构存放处' }],
};
