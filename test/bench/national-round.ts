import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ITEMS } from '../../events/items.ts';
import { completeUscc } from '../../functions/kernel/codes/uscc.ts';
import { execute } from '../../functions/kernel/execute.ts';
import { actorFrom } from '../../functions/kernel/identity.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { receiptOf } from '../../functions/kernel/receipts.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { localKernel } from '../../infra/local/local-kernel.ts';

/** A national round (全国能力验证) of made institutions: each with a result in each item. */
export interface RoundPlan {
  readonly institutions: number;
  readonly items: number;
  readonly year: number;
}

/** 能力验证提供者, made. */
export const PROVIDER = 'made-provider';
const BUREAU = 'made-province-bureau';
export const PROVINCE = '360000';

const itemsOf = ({ items }: Pick<RoundPlan, 'items'>): readonly string[] => [...ITEMS.keys()].slice(0, items);

export const institutionAt = (at: number): string => completeUscc(`31360000MA${at.toString().padStart(6, '0')}`);

/** Lines of the round's CSV, the header first: words, scores, an absence now and then. */
export function* roundLines(plan: RoundPlan): Generator<string> {
  yield '统一社会信用代码,鉴定项目,年度,结果,z比分数,En值,报告日期';
  let number = 0;
  for (let at = 0; at < plan.institutions; at += 1) {
    const uscc = institutionAt(at);
    for (const item of itemsOf(plan)) {
      yield `${uscc},${item},${plan.year},${RESULTS[number % RESULTS.length]},${plan.year}/12/1`;
      number += 1;
    }
  }
}

/** Their number shares no factor with that of the items, so that each item meets each of them. */
const RESULTS = ['满意,,', '满意,,', '通过,,', ',0.4;-1.2,', ',,0.7', '满意,,', ',2.6,', '通过,,', ',-3.4;0.2,', '缺席,,', '不通过,,'] as const;

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

/** Registers the made institutions with the made bureau that supervises them; again without effect. */
export async function registerInstitutions(kernel: Kernel, plan: RoundPlan): Promise<void> {
  const actor = actorFrom(
    { agency: BUREAU, kind: 'justice-bureau', division: PROVINCE, person: 'made-operator', roles: ['operator', 'registrar'] },
    kernel.keyRing,
  );
  const give = async (name: string, key: string, input: unknown) => {
    const command = kernel.definitions.commands.get(name);
    if (!command || 'refused' in actor) throw new Error(`${name} cannot be called`);
    const result = await execute(kernel, command, command.input.parse(input), { actor, receipt: receiptOf.command(kernel.keyRing, actor, `made/${key}`) });
    if (result.outcome === 'refused') throw new Error(`${name} was refused: ${result.refusal.code}`);
  };
  const bureau = { name: '虚构省厅', kind: 'justice-bureau', level: 'province', division: PROVINCE, superior: null, discipline: null };
  await give('agencies/register-agency', BUREAU, { id: BUREAU, ...bureau });
  const scopes = itemsOf(plan);
  for (let from = 0; from < plan.institutions; from += ABREAST) {
    const group = Array.from({ length: Math.min(ABREAST, plan.institutions - from) }, (_, at) => from + at);
    await Promise.all(
      group.map((at) => {
        const uscc = institutionAt(at);
        return give('registry/register-institution', uscc, { uscc, name: `虚构鉴定所${at + 1}`, division: PROVINCE, supervisedBy: BUREAU, scopes });
      }),
    );
  }
}

const ABREAST = 32;

const USAGE = `node test/bench/national-round.ts <file.csv> --data FOLDER [--institutions 3000] [--items 20] [--year 2025]
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
