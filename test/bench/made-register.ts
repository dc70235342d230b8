import { ITEMS } from '../../events/items.ts';
import { completeUscc } from '../../functions/kernel/codes/uscc.ts';
import { execute } from '../../functions/kernel/execute.ts';
import { actorFrom } from '../../functions/kernel/identity.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { receiptOf } from '../../functions/kernel/receipts.ts';

/** A made register: so many institutions, each for so many items. */
export interface RegisterPlan {
  readonly institutions: number;
  readonly items: number;
}

export const PROVINCE = '360000';
const REGISTRAR = 'made-province-bureau';
/** Cities of the province, each with a bureau that supervises the institutions of its own. */
const CITIES = Array.from({ length: 11 }, (_, at) => `36${String(at + 1).padStart(2, '0')}00`);

export const itemsOf = ({ items }: Pick<RegisterPlan, 'items'>): readonly string[] => [...ITEMS.keys()].slice(0, items);

export const institutionAt = (at: number): string => completeUscc(`31360000MA${at.toString().padStart(6, '0')}`);

/** Years in which they were registered: the rules of no earlier one are known. */
const YEARS = { first: 2021, last: 2025 } as const;
const registeredOn = (at: number): string => `${YEARS.first + (at % 5)}-0${1 + (at % 9)}-1${at % 10}`;

/** Registers the made bureaus, and the made institutions that they supervise, as history; again without effect. */
export async function registerInstitutions(kernel: Kernel, plan: RegisterPlan): Promise<void> {
  const give = giverOn(kernel);
  await give('agencies/register-agency', REGISTRAR, bureau(REGISTRAR, 'province', PROVINCE));
  for (const city of CITIES) await give('agencies/register-agency', city, bureau(bureauOf(city), 'city', city));
  const scopes = itemsOf(plan);
  await abreast(plan.institutions, async (at) => {
    const uscc = institutionAt(at);
    const division = CITIES[at % CITIES.length] as string;
    const input = { uscc, name: `虚构鉴定所${at + 1}`, division, supervisedBy: bureauOf(division), scopes };
    await give('registry/register-institution', uscc, input, registeredOn(at));
  });
}

/** Registers so many made appraisers as history, in turn at each institution: half of them on its first day, the others over the years after it. */
export async function registerAppraisers(kernel: Kernel, plan: RegisterPlan, appraisers: number): Promise<void> {
  const give = giverOn(kernel);
  const items = itemsOf(plan);
  await abreast(appraisers, async (at) => {
    const of = at % plan.institutions;
    const round = Math.floor(at / plan.institutions);
    const licence = `MADE-${at.toString().padStart(8, '0')}`;
    const input = { institution: institutionAt(of), scopes: items.slice(at % 5, (at % 5) + 6), name: `虚构鉴定人${at + 1}`, licence };
    const [year = '', ...day] = registeredOn(of).split('-');
    await give('registry/register-appraiser', licence, input, [Math.min(Number(year) + (round % 2) * round, YEARS.last), ...day].join('-'));
  });
}

const bureauOf = (city: string): string => `made-bureau-${city}`;

const bureau = (id: string, level: 'province' | 'city', division: string) => ({
  id,
  name: '虚构司法局',
  kind: 'justice-bureau',
  level,
  division,
  superior: level === 'city' ? REGISTRAR : null,
  discipline: null,
});

/** Gives commands of the made registrar's. */
function giverOn(kernel: Kernel): (name: string, key: string, input: unknown, occurredOn?: string) => Promise<void> {
  const actor = actorFrom(
    { agency: REGISTRAR, kind: 'justice-bureau', division: PROVINCE, person: 'made-operator', roles: ['operator', 'registrar'] },
    kernel.keyRing,
  );
  return async (name, key, input, occurredOn) => {
    const command = kernel.definitions.commands.get(name);
    if (!command || 'refused' in actor) throw new Error(`${name} cannot be called`);
    const result = await execute(kernel, command, command.input.parse(input), {
      actor,
      receipt: receiptOf.command(kernel.keyRing, actor, `made/${key}`),
      history: true,
      ...(occurredOn === undefined ? {} : { cause: { depth: 0, occurredOn } }),
    });
    if (result.outcome === 'refused') throw new Error(`${name} was refused: ${result.refusal.code}`);
  };
}

const ABREAST = 32;

/** The work for each number below `count`, so many at once that what waits for the disk shares its commits. */
export async function abreast(count: number, work: (at: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, worker));
}
