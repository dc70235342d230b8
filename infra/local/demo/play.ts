import type { Act, Answers, Ask } from './act.ts';
import type { Answer, DemoHost } from './host.ts';

/** An act that the system did not accept (未被接受); the story stops there. */
export class NotAccepted extends Error {
  override readonly name = 'NotAccepted';
}

/**
 * Plays acts in order, each with all its consequences before the next. What was played before answers as it did then and changes nothing.
 * `tell` hears a line before each act; `before` has the answers of what these acts rest on. The answers of both are given back.
 * Throws {@link NotAccepted} with the act, the status and the reason.
 */
export async function play(
  host: DemoHost,
  acts: readonly Act[],
  { tell, before }: { readonly tell?: (line: string) => void; readonly before?: Answers } = {},
): Promise<Answers> {
  const bodies = new Map<string, Answer['body']>();
  const answers: Answers = (name) => {
    if (bodies.has(name)) return bodies.get(name);
    if (!before) throw new TypeError(`“${name}”尚未办理`);
    return before(name);
  };
  const ask = askingOf(host);
  for (const [at, { name, title, as, command, body, after }] of acts.entries()) {
    if (after !== undefined) {
      tell?.(`    （过了 ${after} 天）`);
      await host.forward(after);
    }
    tell?.(`${String(at + 1).padStart(2)}. ${title}`);
    const answer = await host.request({
      method: 'POST',
      path: `/v1/${command}`,
      headers: { authorization: `Bearer ${await host.token(as)}`, 'content-type': 'application/json', 'idempotency-key': `demo-${name}` },
      body: typeof body === 'function' ? await body(answers, ask) : body,
    });
    if (answer.status !== 200 && answer.status !== 201) throw new NotAccepted(`第 ${at + 1} 步“${title}”（${command}）未被接受：${reasonOf(answer)}`);
    bodies.set(name, answer.body);
    await host.settle();
  }
  return answers;
}

/** A query that was not answered (查询未得到答复). */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered';
}

/** Asks as anybody. Throws {@link NotAnswered} with the place and the reason. */
export const askingOf =
  (host: DemoHost): Ask =>
  async (as, path, query = {}) => {
    const answer = await host.request({
      method: 'GET',
      path,
      query: new URLSearchParams(query).toString(),
      headers: { authorization: `Bearer ${await host.token(as)}` },
    });
    if (answer.status !== 200) throw new NotAnswered(`查询 ${path} 没有得到答复：${reasonOf(answer)}`);
    return answer.body;
  };

/** Why, in words: an answer names the place in a body and never what stood there. */
export function reasonOf({ status, body }: Answer): string {
  const { code, detail, basis, cure, errors = [] } = body ?? {};
  const places = errors.map(({ pointer, message }: { pointer: string; message: string }) => `${pointer} ${message}`);
  return [[status, code, detail].filter(Boolean).join(' '), ...places, basis && `依据 ${basis.document} ${basis.article}`, cure].filter(Boolean).join('；');
}
