import { once } from 'node:events';
import { Agent, type IncomingMessage, request as send } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Api, type ApiRequest, bodyOf } from './api.ts';

/** The API over HTTP, with connections that are kept until it is closed. */
export interface HttpApi extends Api {
  close(): void;
}

/** Sends every request as it is given, a body with GET and odd headers too: what is no ASCII goes as UTF-8, in the target percent-encoded. */
export function httpApi(url: string): HttpApi {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(url);
  const request = async ({ method, path, query = '', headers = {}, body }: ApiRequest) => {
    const bytes = body === undefined ? undefined : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const whole = {
      ...(bytes === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
      ...(bytes === undefined ? {} : { 'content-length': String(bytes.length) }),
    };
    const target = `${path}${query === '' ? '' : `?${query}`}`.replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent);
    const asked = send({ agent, hostname, port, method, path: target, headers: Object.fromEntries(Object.entries(whole).map(onTheWire)) });
    asked.end(bytes);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const told = await text(answer);
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: told === '' ? undefined : bodyOf(answer.headers, told) };
  };
  return { request, close: () => agent.destroy() };
}

/** node:http writes one byte a character. */
const onTheWire = ([name, value]: [string, string]): [string, string] => [name, Buffer.from(value).toString('latin1')];
