import { openApiOf, type Response } from '../../infra/contracts/openapi.ts';
import { resolved } from '../../infra/contracts/references.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import type { ApiAnswer, ApiRequest } from '../support/api.ts';
import { faultsOf } from './json-schema.ts';

const document = openApiOf(await loadDefinitions());
const operations = Object.entries(document.paths).map(([path, methods]) => ({ pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`), methods }));

/** Statuses whose codes are the rules' own, more than the document tells. */
const OWN_CODES = new Set([403, 409, 422]);

/** What the published interface says otherwise (与接口文件不符之处) of a request and its answer; nothing of what is no operation of it. */
export function undocumented({ method, path, headers: asked = {}, body }: ApiRequest, answer: ApiAnswer): readonly string[] {
  const operation = operations.find(({ pattern }) => pattern.test(path))?.methods[method.toLowerCase()];
  if (!operation) return [];
  const { status, headers, body: told } = answer;
  const given = operation.responses[String(status)];
  if (!given) return [`${path} answers ${status}`];
  const type = String(headers['content-type']).replace(/;.*/, '');
  const media = resolved<Response>(document, given).content?.[type];
  if (!media) return [`${path} answers ${status} as ${type}`];
  const faults = faultsOf(document, media.schema, told).map((fault) => `${path} ${status}${fault}`);
  if (status >= 400) return told.code in (media.examples ?? {}) || OWN_CODES.has(status) ? faults : [...faults, `${path} ${status} ${told.code}`];
  const [, form = 'application/json'] = Object.entries(asked).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  const taken = operation.requestBody?.content[form.replace(/;.*/, '').trim().toLowerCase()];
  const sent = typeof body === 'string' ? JSON.parse(body) : body;
  return taken ? [...faults, ...faultsOf(document, taken.schema, sent).map((fault) => `${path} takes what it says it does not: ${fault}`)] : faults;
}
