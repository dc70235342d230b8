import type { Kernel } from '../kernel.ts';
import { problem } from '../problem.ts';
import { type HttpEvent, type HttpResult, handlerOf, htmlPage, logged, onlyParameters, problems, Rejected } from './middleware.ts';

/** Documents (文件) that are served as they are, by path: JSON where the path ends so, else a page. */
export type Documents = Readonly<Record<string, string>>;

/** `GET <path>` of every document: the same for everyone who is signed in, made before. */
export function documentHandler(kernel: Pick<Kernel, 'clock' | 'log'>, documents: Documents): (event: HttpEvent) => Promise<HttpResult> {
  const fields = { command: 'kernel/contracts' };
  return handlerOf([logged(kernel, fields), problems(kernel.log.with(fields))], async (event) => {
    onlyParameters(event, []);
    const text = documents[event.rawPath];
    if (text === undefined) throw new Rejected(problem('unknown_route'));
    if (!event.rawPath.endsWith('.json')) return htmlPage(200, text);
    return { statusCode: 200, headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }, body: text };
  });
}
