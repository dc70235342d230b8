import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { localKernel } from '../../infra/local/local-kernel.ts';
import { institutionAt, itemsOf, PROVINCE, type RegisterPlan, registerInstitutions } from './made-register.ts';

/** A national round (全国能力验证) of made institutions: each with a result in each item. */
export interface RoundPlan extends RegisterPlan {
  readonly year: number;
}

/** 能力验证提供者, made. */
export const PROVIDER = 'made-provider';

/** Of fifty results 44 are passed, 3 warned and 3 failed, in words or scores; 1 of the 3 failed the year before too. */
const KINDS = 50;
const FAILED: Readonly<Record<number, string>> = { 0: '不通过,,', 16: ',-3.4;0.2,', 33: ',,1.3' };
const WARNED: Readonly<Record<number, string>> = { 5: '有问题,,', 22: ',2.6,', 38: ',0.1;2.2,' };
const PASSED = ['满意,,', '满意,,', '通过,,', ',0.4;-1.2,', ',,0.7'] as const;

/** What becomes of an institution in an item in a year: over fifty institutions each item meets each kind once. */
const kindOf = (year: number, institution: number, item: number): number => (institution * 3 + item + year * 16) % KINDS;

const cellsOf = (kind: number): string => FAILED[kind] ?? WARNED[kind] ?? (PASSED[kind % PASSED.length] as string);

/** Lines of the round's CSV, the header first. */
export function* roundLines(plan: RoundPlan): Generator<string> {
  yield '统一社会信用代码,鉴定项目,年度,结果,z比分数,En值,报告日期';
  for (let at = 0; at < plan.institutions; at += 1) {
    const uscc = institutionAt(at);
    for (const [place, item] of itemsOf(plan).entries()) yield `${uscc},${item},${plan.year},${cellsOf(kindOf(plan.year, at, place))},${plan.year}/12/1`;
  }
}

/** Results that need something to follow from them. */
export interface Outcomes {
  readonly warned: number;
  readonly failed: number;
  /** Failed ones that failed the year before too. */
  readonly again: number;
}

export function outcomesOf({ year, ...plan }: RoundPlan): Outcomes {
  const counts = { warned: 0, failed: 0, again: 0 };
  for (let at = 0; at < plan.institutions; at += 1) {
    for (let place = 0; place < plan.items; place += 1) {
      const [now, before] = [kindOf(year, at, place), kindOf(year - 1, at, place)];
      if (now in WARNED) counts.warned += 1;
      if (now in FAILED) counts.failed += 1;
      if (now in FAILED && before in FAILED) counts.again += 1;
    }
  }
  return counts;
}

export function writeRound(file: string, plan: RoundPlan): void {
  const open = openSync(file, 'w');
  let waiting: string[] = ['\ufeff'];
  for (const line of roundLines(plan)) {
    waiting.push(`${line}\r\n`);
    if (waiting.length < 1000) continue;
    writeSync(open, waiting.join(''));
    waiting = [];
  }
  writeSync(open, waiting.join(''));
  closeSync(open);
}

const USAGE = `npm run national-round -- <file.csv> --data FOLDER [--institutions 3000] [--items 20] [--year 2025]
  registers made institutions in the folder and writes a round of their results, to be imported as of ${PROVIDER}`;
function planOf(): { file: string; data: string } & RoundPlan {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        institutions: { type: 'string', default: '3000' },
        items: { type: 'string', default: '20' },
        year: { type: 'string', default: '2025' },
      },
    });
    const [file] = positionals;
    const [institutions, items, year] = [values.institutions, values.items, values.year].map(Number) as [number, number, number];
    if (!file || !values.data || !(institutions > 0 && items > 0 && year > 0)) throw new TypeError('name a file and a folder, and numbers above 0');
    return { file, data: values.data, institutions, items, year };
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
}

if (import.meta.main) {
  const { file, data, ...plan } = planOf();
  const { kernel, project, close } = localKernel(data, PROVINCE, await loadDefinitions());
  await registerInstitutions(kernel, plan);
  await project();
  close();
  writeRound(file, plan);
  console.log(`${plan.institutions} made institutions registered; ${file} holds ${plan.institutions * itemsOf(plan).length} results of ${PROVIDER}`);
}
