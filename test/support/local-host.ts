import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BusEntry, Clock } from '../../functions/kernel/ports.ts';
import { loadDeployment } from '../../infra/local/assembly/synthesize.ts';
import type { Deployment } from '../../infra/local/deployment.ts';
import { type HostOptions, startHost } from '../../infra/local/host.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import type { Host } from './host.ts';
import { httpApi } from './http-api.ts';
import { type Receiver, receiver, withStatus } from './receiver.ts';

const STAGES: Readonly<Record<string, string>> = { '140000': 'shanxi', '310000': 'shanghai', '360000': 'jiangxi', '500000': 'chongqing' };

/** A host on this machine, with what is behind its API. */
export interface LocalTestHost extends Host {
  readonly bus: readonly BusEntry[];
  /** Its log. */
  readonly lines: readonly string[];
  readonly url: string;
  /** Folder of all that it keeps. */
  readonly data: string;
  readonly clock: Clock;
  readonly authorizer: Deployment['api']['authorizer'];
}

/** A real host behind HTTP (本机运行), empty, on a folder of its own that goes with it. */
export const localHost =
  (options: Partial<HostOptions> = {}, start = '2026-01-05T01:00:00.000Z') =>
  async (province: string): Promise<LocalTestHost> => {
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
    const api = httpApi(host.url);
    const receivers: Receiver[] = [];
    const own = async (path: string, body: unknown): Promise<void> => {
      const { status, body: told } = await api.request({ method: 'POST', path, body });
      if (status !== 200) throw new Error(`${path}: ${status} ${told.detail}\n${lines.slice(-5).join('\n')}`);
    };
    return {
      api,
      bus,
      lines,
      url: host.url,
      data,
      clock: host.clock,
      authorizer: deployment.api.authorizer,
      token: (claims) => host.token({ ...claims }),
      setClock: (instant) => own('/dev/clock', { now: instant }),
      settle: () => own('/dev/settle', {}),
      sweep: () => own('/dev/sweep', {}),
      endpoint: async () => {
        const made = await receiver();
        receivers.push(made);
        const { url, received } = made;
        return {
          url,
          received,
          answers: (status) => {
            made.answer = withStatus(status);
          },
        };
      },
      close: async () => {
        api.close();
        await host.close();
        for (const each of receivers) await each.close();
        rmSync(data, { recursive: true, force: true });
      },
    };
  };
