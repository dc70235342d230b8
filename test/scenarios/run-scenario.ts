import { stringify } from 'yaml';
import type { ApiAnswer } from '../support/api.ts';
import type { MakeHost } from '../support/host.ts';
import { difference } from './difference.ts';
import { parseScenario, type Scenario, type Told } from './parse-scenario.ts';
import { Stage } from './stage.ts';
import { Mismatch, Misstated } from './step.ts';
import { steps } from './steps/index.ts';

/** A step that did not go as the scenario tells it; the message says where, what was expected and what was found. */
export class ScenarioFailed extends Error {
  override readonly name = 'ScenarioFailed';
}

export interface RunOptions {
  readonly makeHost: MakeHost;
  /** Told after each step, the failing one included. */
  readonly onStep?: (step: Told, number: number, failure: string | undefined) => void;
}

/** Tells one scenario (演绎) on a new host. Throws {@link NotAScenario} before anything happens, {@link ScenarioFailed} at the first step that fails. */
export async function runScenario(file: string, text: string, { makeHost, onStep }: RunOptions): Promise<Scenario> {
  const scenario = parseScenario(file, text, steps);
  const host = await makeHost(scenario.province);
  try {
    const stage = new Stage(host, scenario.province);
    for (const [index, told] of scenario.steps.entries()) {
      const failure = await play(stage, told, scenario.steps[index + 1]);
      onStep?.(told, index + 1, failure);
      if (failure !== undefined)
        throw new ScenarioFailed(`场景：${scenario.title}\n${file}:${told.line} 第 ${index + 1} 步：${told.keyword}${told.sentence}\n${failure}`);
    }
    return scenario;
  } finally {
    await host.close();
  }
}

/** What went wrong with the step, in words. */
async function play(stage: Stage, { keyword, step, filled, given, at, sending }: Told, next: Told | undefined): Promise<string | undefined> {
  if (at !== undefined) await stage.host.setClock(at);
  if (step.kind === 'act') {
    stage.answer = undefined;
    stage.sending = sending;
  }
  try {
    await step.run(stage, filled, given);
  } catch (error) {
    if (error instanceof Mismatch)
      return `应为：\n${indented(error.expected)}\n实为：\n${indented(error.found)}\n差异（- 应为，+ 实为）：\n${difference(error.expected, error.found)}`;
    if (error instanceof Misstated) return error.message;
    throw error;
  }
  if (step.kind === 'check' || stage.answer === undefined || stage.accepted) return undefined;
  const awaited = keyword === '当' && next?.step.kind === 'check' && next.step.says.startsWith('不予办理');
  return awaited ? undefined : `应当办成，却没有办成：${refusal(stage.answer)}`;
}

const refusal = ({ status, body }: ApiAnswer): string =>
  [
    `${status} ${body.code}`,
    body.detail,
    body.basis?.article,
    ...(body.errors ?? []).map((each: { pointer: string; message: string }) => `${each.pointer} ${each.message}`),
  ]
    .filter((part) => part !== undefined)
    .join('；');

const indented = (value: unknown): string =>
  stringify(value, { lineWidth: 0 })
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
