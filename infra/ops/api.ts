import { randomUUID } from 'node:crypto';
import { provinceBureau } from '../local/demo/cast.ts';
import { provinceCalled } from '../province.ts';
import type { Values } from './command.ts';
import { Misuse } from './misuse.ts';

/** The interface of a province (接口), as an operator of its bureau speaks to it. */
export interface OperatorsApi {
  /** What a command answers. Throws {@link Refused}. */
  readonly give: (command: string, body: object) => Promise<Answer>;
  readonly ask: (query: string, parameters?: Readonly<Record<string, string>>) => Promise<{ readonly items: readonly Item[] }>;
}

export interface Answer {
  readonly correlationId: string;
  readonly events: readonly { readonly type: string }[];
}
export type Item = Readonly<Record<string, unknown>>;

/** The interface said no: its problem, in one line and the pointers below it. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Options that say where the interface is, and who asks. */
export const AT = {
  at: { takes: 'URL', says: 'where the province answers (default http://127.0.0.1:8080)' },
  as: { takes: 'ID', says: 'the bureau whose operator asks, on a local host; elsewhere the token in JIANHENG_TOKEN says it' },
  province: { takes: 'NAME', says: 'name or code, for that token (default jiangxi)' },
} as const;

/** Throws {@link Misuse} where there is no token, and {@link Refused}. */
export async function operatorsApi({ at = 'http://127.0.0.1:8080', as = provinceBureau.id, province = 'jiangxi' }: Values): Promise<OperatorsApi> {
  const base = String(at).replace(/\/$/, '');
  const told = process.env.JIANHENG_TOKEN;
  const token = told ?? (await developmentToken(base, String(as), `${(await provinceCalled(String(province))).code}0000`));
  const headers = { authorization: `Bearer ${token}` };
  return {
    give: async (command, body) =>
      (await answerOf(base, `/v1/${command}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify(body),
      })) as Answer,
    ask: async (query, parameters = {}) =>
      (await answerOf(base, `/v1/${query}?${new URLSearchParams(parameters)}`, { headers })) as { readonly items: readonly Item[] },
  };
}

async function developmentToken(base: string, agency: string, division: string): Promise<string> {
  const { hostname } = new URL(base);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) throw new Misuse('JIANHENG_TOKEN is not set: it holds the token of an operator of the bureau');
  const body = { agency, kind: 'justice-bureau', division, person: 'operator', roles: ['operator'] };
  const answer = (await answerOf(base, '/dev/token', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })) as {
    readonly token: string;
  };
  return answer.token;
}

async function answerOf(base: string, path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(base + path, init).catch(() => {
    throw new Refused(`nobody answers at ${base}: start the host, or name another place with --at`);
  });
  const told = (await response.json().catch(() => ({}))) as { code?: string; detail?: string; cure?: string; errors?: { pointer: string; message: string }[] };
  if (response.ok) return told;
  const { code = 'no problem was told', detail = '', cure, errors = [] } = told;
  const lines = errors.map(({ pointer, message }) => `  ${pointer}: ${message}`);
  throw new Refused([`${response.status} ${code}: ${detail}`, ...(cure === undefined ? [] : [`  ${cure}`]), ...lines].join('\n'));
}
