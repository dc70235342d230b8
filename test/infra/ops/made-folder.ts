import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished } from 'vitest';
import type { Definitions } from '../../../functions/kernel/definitions.ts';
import { execute } from '../../../functions/kernel/execute.ts';
import { actorFrom } from '../../../functions/kernel/identity.ts';
import type { Kernel } from '../../../functions/kernel/kernel.ts';
import { receiptOf } from '../../../functions/kernel/receipts.ts';
import { loadDeployment } from '../../../infra/local/assembly/synthesize.ts';
import type { Deployment } from '../../../infra/local/deployment.ts';
import type { Functions } from '../../../infra/local/functions.ts';
import { startHost } from '../../../infra/local/host.ts';
import { loadDefinitions } from '../../../infra/local/load-definitions.ts';
import { localKernel } from '../../../infra/local/local-kernel.ts';
import { openDatabase } from '../../../infra/local/sqlite/open-database.ts';
import { sqliteFolder } from '../../../infra/ops/folder-place.ts';
import { runOps } from '../../../infra/ops/run-ops.ts';

/** Stands in the stream's key of every agency that is registered here; 标记 stands in its name. */
export const MARKER = 'made-marker';

export const LIST_AGENCY = 'jianheng-36-agencies-reaction-list-agency';
export const PUBLISH = 'jianheng-36-kernel-publish-publish';
export const PROJECT = 'jianheng-36-kernel-project-project';

/** What stands in a function's place; the function itself where it answers undefined. */
export type Instead = (name: string, event: unknown) => Promise<unknown> | undefined;

export const failing =
  (failed: string): Instead =>
  (name) =>
    name === failed ? Promise.reject(new Error(`${MARKER}: this function fails`)) : undefined;

/** Publishing that says it is done and loses everything. */
export const losing: Instead = (name) => (name === PUBLISH ? Promise.resolve({ batchItemFailures: [] }) : undefined);

/** The province's templates, in which a message or a batch that fails once is given up. */
let deployment: Deployment;
let definitions: Definitions;
beforeAll(async () => {
  definitions = await loadDefinitions();
  deployment = impatient(await loadDeployment('jiangxi'));
}, 600_000);

export const sources = () => ({ deployment, definitions });

function impatient(deployment: Deployment): Deployment {
  return {
    ...deployment,
    queues: new Map([...deployment.queues].map(([name, queue]) => [name, queue.redrive ? { ...queue, redrive: { ...queue.redrive, maxReceives: 1 } } : queue])),
    streamMappings: deployment.streamMappings.map((mapping) => ({ ...mapping, retries: 0 })),
    schedules: deployment.schedules.map((schedule) => ({ ...schedule, retries: 0 })),
  };
}

/** Registers so many made courts: each is an event with one consequence. */
export async function registerCourts(kernel: Kernel, courts: number, first = 1): Promise<void> {
  const claims = { agency: 'made-province-bureau', kind: 'justice-bureau', division: '360000', person: 'made-operator', roles: ['operator'] };
  const actor = actorFrom(claims, kernel.keyRing);
  const command = kernel.definitions.commands.get('agencies/register-agency');
  if ('refused' in actor || !command) throw new Error('a made actor has bad claims');
  for (let at = first; at < first + courts; at += 1) {
    const id = `${MARKER}-${at}`;
    const input = { id, name: `虚构标记法院${at}`, kind: 'court', level: 'city', division: '360100', superior: null, discipline: null };
    const result = await execute(kernel, command, command.input.parse(input), { actor, receipt: receiptOf.command(kernel.keyRing, actor, id) });
    if (result.outcome === 'refused') throw new Error(result.refusal.code);
  }
}

/** A folder of a host that is stopped, with so many made courts of which nothing has followed yet; it goes with the test. */
export async function madeFolder(courts: number) {
  const data = mkdtempSync(join(tmpdir(), 'ops-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const local = localKernel(data, '360000', definitions);
  await registerCourts(local.kernel, courts);
  local.close();
  const open = async () => sqliteFolder({ data, deployment, definitions });
  return {
    data,
    deployment,
    definitions,
    open,
    /** Runs the host on the folder until nothing more follows. */
    async host(instead: Instead = () => undefined): Promise<void> {
      const around = ({ invoke, ...functions }: Functions): Functions => ({
        ...functions,
        invoke: (name, event) => instead(name, event) ?? invoke(name, event),
      });
      const host = await startHost({ deployment, definitions, data, port: 0, sink: () => undefined, around });
      await host.settle();
      await host.close();
    },
    /** Registers so many more, while the host is stopped. */
    async more(more: number): Promise<void> {
      const { kernel, close } = localKernel(data, '360000', definitions);
      await registerCourts(kernel, more, courts + 1);
      close();
    },
    /** `npm run ops -- …` on the folder: exit code and all lines. */
    ops: (...args: string[]) => ops(open, ...args),
    /** How many courts list-agency has listed. */
    async listed(): Promise<number> {
      const { kernel, close } = localKernel(data, '360000', definitions);
      const head = await kernel.ledger.head('agencies/division/360100');
      close();
      return (JSON.parse(head?.state ?? '{"agencies":[]}') as { agencies: unknown[] }).agencies.length;
    },
    /** Changes the file as nobody should. */
    tamper(sql: string): void {
      const database = openDatabase(join(data, 'province.sqlite'));
      database.sql.exec(sql);
      database.close();
    },
  };
}

/** Runs a command in this process; whatever it says, it names no agency and no key of a stream. */
export async function ops(open: Parameters<typeof runOps>[1]['open'], ...args: string[]) {
  const lines: string[] = [];
  const warnings: string[] = [];
  const code = await runOps(args, { tell: (line) => lines.push(line), warn: (text) => warnings.push(text), open });
  const said = { code, text: lines.join('\n'), warnings: warnings.join('\n') };
  expect(`${said.text}${said.warnings}`).not.toMatch(/made-marker|标记|360100/);
  return said;
}
