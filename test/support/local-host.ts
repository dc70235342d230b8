import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BusEntry } from '../../functions/kernel/ports.ts';
import { loadDeployment } from '../../infra/local/assembly/synthesize.ts';
import { type HostOptions, startHost } from '../../infra/local/host.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import type { ApiAnswer } from './api.ts';
import type { Host, MakeHost } from './host.ts';

const STAGES: Readonly<Record<string, string>> = { '140000': 'shanxi', '310000': 'shanghai', '360000': 'jiangxi', '500000': 'chongqing' };

/** A real host behind HTTP (本机运行), empty, on a folder of its own that goes with it. */
export const localHost =
  (options: Partial<HostOptions> = {}, start = '2026-01-05T01:00:00.000Z'): MakeHost =>
  async (province) => {
    const data = mkdtempSync(join(tmpdir(), 'jianheng-host-'));
    const bus: BusEntry[] = [];
    const lines: string[] = [];
    const deployment = await loadDeployment(STAGES[province] as string);
    const host = await startHost({
      deployment: { ...deployment, api: { ...deployment.api, throttle: { rate: 100_000, burst: 100_000 } } },
      definitions: await loadDefinitions(),
      data,
      port: 0,
      sink: (line) => lines.push(line),
      heard: (entry) => bus.push(entry),
      ...options,
    });
    await host.clock.set(Date.parse(start));
    const own = async (path: string, body: unknown): Promise<void> => {
      const { status, body: told } = await request(host.url, { method: 'POST', path, body });
      if (status !== 200) throw new Error(`${path}: ${status} ${told.detail}\n${lines.slice(-5).join('\n')}`);
    };
    return {
      api: { request: (asked) => request(host.url, asked) },
      bus,
      token: (claims) => host.token({ ...claims }),
      setClock: (instant) => own('/dev/clock', { now: instant }),
      settle: () => own('/dev/settle', {}),
      sweep: () => own('/dev/sweep', {}),
      close: async () => {
        await host.close();
        rmSync(data, { recursive: true, force: true });
      },
    } satisfies Host;
  };

async function request(url: string, { method, path, query = '', headers = {}, body }: Parameters<Host['api']['request']>[0]): Promise<ApiAnswer> {
  const answer = await fetch(`${url}${path}${query === '' ? '' : `?${query}`}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: text === '' ? undefined : JSON.parse(text) };
}
