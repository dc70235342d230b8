import { join } from 'node:path';
import * as z from 'zod';
import { BusinessScopeCancelled } from '../../events/registry.ts';
import { dayOf } from '../../functions/kernel/calendar.ts';
import { command } from '../../functions/kernel/command.ts';
import { isRefusal } from '../../functions/kernel/decision.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import { execute } from '../../functions/kernel/execute.ts';
import { actorFrom } from '../../functions/kernel/identity.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import { SUPERVISION } from '../../functions/registry/articles.ts';
import restoreScope from '../../functions/registry/commands/restore-scope.ts';
import { institution } from '../../functions/registry/institution.ts';
import roster from '../../functions/registry/queries/roster.ts';
import type { RosterLine } from '../../functions/registry/roster.ts';
import { localKernel } from '../../infra/local/local-kernel.ts';
import { benchFolder } from './bench-province.ts';
import { abreast, institutionAt, itemsOf, PROVINCE, type RegisterPlan, registerAppraisers, registerInstitutions } from './made-register.ts';
import { type Effort, inRounds, type Line, linesOf, quantile } from './rounds.ts';

const ITEMS = 20;
/** Of the country's 40,000 on 3,000 institutions. */
const APPRAISERS_OF_AN_INSTITUTION = 40 / 3;
/** Of so many institutions one has lost an item; every second of these has it back since today. */
const STRUCK = 20;

const PAGE = 200;
/** On which some two fifths of what is registered now was. */
const LONG_GONE = '2022-10-01';

/** The roster (名册) of a day, page by page to its end, each page as the JSON that is sent: today's, and that of a day long gone. */
export async function measureRoster(definitions: Definitions, { seconds, rounds, institutions }: Effort): Promise<readonly Line[]> {
  const folder = benchFolder();
  const { kernel, project, close } = localKernel(join(folder.path, 'data'), PROVINCE, definitions);
  try {
    const plan = { institutions, items: ITEMS };
    await registerInstitutions(kernel, plan);
    const appraisers = Math.round(institutions * APPRAISERS_OF_AN_INSTITUTION);
    await registerAppraisers(kernel, plan, appraisers);
    await strike(kernel, plan);
    await project();
    await check(kernel, plan, appraisers);
    const days = { today: dayOf(kernel.clock.now()), 'long-gone': LONG_GONE };
    const samples = await inRounds(rounds, async () => {
      const found: Record<string, number> = {};
      for (const [name, day] of Object.entries(days)) {
        const wholes: number[] = [];
        const pages: number[] = [];
        for (const end = performance.now() + seconds * 1000; wholes.length === 0 || performance.now() < end; ) {
          const times = (await readRoster(kernel, day)).map(({ took }) => took);
          pages.push(...times);
          wholes.push(times.reduce((sum, each) => sum + each, 0));
        }
        found[`${name}/whole`] = quantile(wholes, 0.5);
        found[`${name}/page-p50`] = quantile(pages, 0.5);
        found[`${name}/page-p99`] = quantile(pages, 0.99);
      }
      return found;
    });
    return linesOf('roster', samples, () => 'ms');
  } finally {
    close();
    folder.remove();
  }
}

/** Pages of a roster as they are sent, each with the milliseconds that it took. */
async function readRoster(kernel: Kernel, day: string): Promise<readonly { readonly text: string; readonly took: number }[]> {
  const actor = actorFrom({ agency: 'made-court', kind: 'court', division: PROVINCE, person: 'made-clerk', roles: ['clerk'] }, kernel.keyRing);
  if ('refused' in actor) throw new Error(actor.detail);
  const { views, keyRing, clock } = kernel;
  const now = new Date(clock.now()).toISOString();
  const context = { actor, views, now, today: dayOf(clock.now()), pseudonym: (kind: string, value: string) => keyRing.pseudonym(kind, value) };
  const pages: { text: string; took: number }[] = [];
  for (let cursor: string | undefined; ; ) {
    const began = performance.now();
    const answer = await roster.read({ day, limit: PAGE, cursor }, context);
    if (isRefusal(answer)) throw new Error(answer.detail);
    pages.push({ text: JSON.stringify(answer), took: performance.now() - began });
    const { next } = answer as { readonly next: string | null };
    if (next === null) return pages;
    cursor = next;
  }
}

/** Throws unless today's roster tells all that was registered, and nothing that was struck off and is not back. */
async function check(kernel: Kernel, { institutions, items }: RegisterPlan, appraisers: number): Promise<void> {
  const pages = await readRoster(kernel, dayOf(kernel.clock.now()));
  const lines = pages.flatMap(({ text }) => (JSON.parse(text) as { items: readonly RosterLine[] }).items);
  const struck = Math.ceil(institutions / STRUCK);
  const expected = [institutions, institutions * items - Math.ceil(struck / 2), appraisers];
  const sumOf = (of: (line: RosterLine) => number) => lines.reduce((sum, line) => sum + of(line), 0);
  const found = [lines.length, sumOf(({ scopes }) => scopes.length), sumOf((line) => line.appraisers)];
  if (found.join() !== expected.join()) throw new Error(`the roster tells ${found} institutions, items and appraisers, and should ${expected}`);
}

const ofStrike = z.strictObject({ cancellation: z.string(), institution: z.string(), item: z.string(), bureau: z.string(), registrar: z.string() });

/** 注销鉴定业务, without the procedure that leads there. */
const strikeOff = command({
  name: 'registry/cancel-scope',
  title: '注销鉴定业务',
  aggregate: institution,
  input: ofStrike,
  who: 'system',
  key: (input) => input.institution,
  decide: (_, input, { occurredOn }) => [BusinessScopeCancelled.of({ ...input, toTell: [], cancelledOn: occurredOn, basis: SUPERVISION })],
});

async function strike(kernel: Kernel, plan: RegisterPlan): Promise<void> {
  const [item = ''] = itemsOf(plan);
  await abreast(Math.ceil(plan.institutions / STRUCK), async (at) => {
    const cancellation = at.toString(16).padStart(32, '0');
    const input = { cancellation, institution: institutionAt(at * STRUCK), item, bureau: 'made-bureau', registrar: 'made-province-bureau' };
    const call = { actor: 'system', history: true, cause: { depth: 0, occurredOn: '2026-03-10' } } as const;
    const steps = [strikeOff, ...(at % 2 === 1 ? [restoreScope] : [])];
    for (const [step, given] of steps.entries()) {
      const result = await execute(kernel, given, input, { ...call, receipt: `made/${cancellation}/${step}` });
      if (result.outcome === 'refused' || result.answer.events.length === 0) throw new Error(`${given.name} did nothing`);
    }
  });
}
