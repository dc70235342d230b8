import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadDeployment } from '../../../infra/local/assembly/synthesize.ts';
import type { Functions } from '../../../infra/local/functions.ts';
import { startHost } from '../../../infra/local/host.ts';
import { loadDefinitions } from '../../../infra/local/load-definitions.ts';
import { type LocalKernel, localKernel } from '../../../infra/local/local-kernel.ts';
import { PROVINCE, registerInstitutions } from '../../bench/made-register.ts';

const data = mkdtempSync(join(tmpdir(), 'local-kernel-'));
afterAll(() => rmSync(data, { recursive: true }));

/** Registers so many made institutions; how many commits there are, and how many of them were brought into the views. */
async function written(institutions: number): Promise<{ readonly commits: number; readonly projected: number }> {
  const { kernel, project, close } = localKernel(data, PROVINCE, await loadDefinitions());
  await registerInstitutions(kernel, { institutions, items: 1 });
  let projected = 0;
  await project((commits) => {
    projected = commits;
  });
  const { records } = await kernel.ledger.feed(undefined, 1000);
  close();
  return { commits: records.length, projected };
}

/** Records that a host which settles hands to each of the two functions on the stream. */
async function handed(): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = { publish: 0, project: 0 };
  const around = ({ invoke, ...functions }: Functions): Functions => ({
    ...functions,
    invoke: (name, event) => {
      const [, stream] = /-kernel-(publish|project)-/.exec(name) ?? [];
      if (stream) counts[stream] = (counts[stream] ?? 0) + (event as { readonly Records: readonly unknown[] }).Records.length;
      return invoke(name, event);
    },
  });
  const [deployment, definitions] = await Promise.all([loadDeployment('jiangxi'), loadDefinitions()]);
  const host = await startHost({ deployment, definitions, data, port: 0, sink: () => undefined, around });
  await host.settle();
  await host.close();
  return counts;
}

test('a commit comes into the views once: the host goes on where an import has ended, and the next import where the host has', async () => {
  const first = await written(2);
  expect(first.projected).toBe(first.commits);
  expect(await handed()).toEqual({ publish: first.commits, project: 0 });
  const second = await written(3);
  expect(second).toEqual({ commits: first.commits + 1, projected: 1 });
  expect(await handed()).toEqual({ publish: 1, project: 0 });
});

test('a rebuild that is interrupted is finished by the host, and one that is not leaves it nothing to do', async () => {
  const { commits } = await written(600);
  const counters = async (work: (local: LocalKernel) => Promise<unknown>) => {
    const local = localKernel(data, PROVINCE, await loadDefinitions());
    await work(local);
    const found = await local.kernel.views.counters('');
    local.close();
    return found;
  };
  const whole = await counters(async () => {});
  const part = await counters(({ rebuild }) =>
    expect(
      rebuild(() => {
        throw new Error('made up: the machine stops');
      }),
    ).rejects.toThrow('the machine stops'),
  );
  expect(part).not.toEqual(whole);
  expect((await handed()).project).toBe(commits - 500);
  expect(await counters(async () => {})).toEqual(whole);
  expect(await counters(({ rebuild }) => rebuild())).toEqual(whole);
  expect((await handed()).project).toBe(0);
});
