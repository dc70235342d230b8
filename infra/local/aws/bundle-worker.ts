import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { ClockOffset, moveDate } from './moved-date.ts';

/** An invocation on its way into a worker. Event and answer go as JSON text, as Lambda hands them over. */
export interface Asked {
  readonly id: number;
  /** The bundle's module. */
  readonly file: string;
  /** Name under which it exports the handler. */
  readonly exported: string;
  readonly event: string;
}

/** What came of it: what a function threw is told by name and message. */
export type Told =
  | { readonly id: number; readonly ok: true; readonly answer: string }
  | { readonly id: number; readonly ok: false; readonly name: string; readonly message: string };

type Handler = (event: unknown) => Promise<unknown>;

moveDate(new ClockOffset((workerData as { offset: SharedArrayBuffer }).offset));

const modules = new Map<string, Promise<Record<string, unknown>>>();
let failures = 0;

/** A module that could not start is started anew the next time, as Lambda does; Node remembers one that failed by its URL. */
function load(file: string): Promise<Record<string, unknown>> {
  const held = modules.get(file);
  if (held) return held;
  const url = pathToFileURL(file);
  if (failures > 0) url.search = String(failures);
  const loading: Promise<Record<string, unknown>> = import(url.href);
  modules.set(file, loading);
  loading.catch(() => {
    failures += 1;
    modules.delete(file);
  });
  return loading;
}

async function run({ id, file, exported, event }: Asked): Promise<Told> {
  try {
    const { [exported]: handler } = await load(file);
    if (typeof handler !== 'function') throw new TypeError(`${file} exports no function ${exported}`);
    const answer = await (handler as Handler)(JSON.parse(event));
    return { id, ok: true, answer: JSON.stringify(answer ?? null) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { id, ok: false, name, message };
  }
}

parentPort?.on('message', async (asked: Asked) => {
  parentPort?.postMessage(await run(asked));
});
