import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { documentHandler } from '../../functions/kernel/http/document-handler.ts';
import type { HttpEvent, HttpResult } from '../../functions/kernel/http/middleware.ts';
import { bundle, bundleOf } from '../../infra/bundle.ts';
import { servedBy } from '../../infra/contracts/contracts.ts';
import { documentRoutes } from '../../infra/contracts/document-routes.ts';
import { openApiOf } from '../../infra/contracts/openapi.ts';
import { deployedOf, isOfDocuments } from '../../infra/deployed.ts';
import { loadDefinitions } from '../../infra/local/load-definitions.ts';
import { httpEvent } from '../support/api.ts';
import { type LocalTestHost, localHost } from '../support/local-host.ts';
import { quietLog } from '../support/quiet-log.ts';
import { undocumented } from './documented.ts';

const definitions = await loadDefinitions();
const documents = servedBy(definitions);
const asked = (path: string, query = ''): HttpEvent => httpEvent('GET', path, query, {}, undefined, {});
/** `Content-Type` and all that a page may not do. */
const headersOf = (file: string) =>
  file.endsWith('.json')
    ? { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
    : { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': expect.stringContaining("default-src 'none'") };

test('the interface tells of all that is served, and of where', () => {
  const { paths } = openApiOf(definitions);
  for (const { path } of documentRoutes) expect(paths[path]).toHaveProperty('get');
});

describe('the function', () => {
  const handler = documentHandler({ clock: { now: () => 0 }, log: quietLog }, documents);

  test('takes no parameter, and has no other document', async () => {
    expect(JSON.parse((await handler(asked('/v1/openapi.json', 'made=1'))).body as string)).toMatchObject({ status: 400, code: 'unknown_parameter' });
    expect(JSON.parse((await handler(asked('/v1/made.json'))).body as string)).toMatchObject({ status: 404, code: 'unknown_route' });
  });

  test('answers as its bundle does', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jianheng-documents-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const deployed = deployedOf(definitions).filter(isOfDocuments);
    await bundle(definitions, deployed, folder);
    const bundled = (await import(pathToFileURL(join(folder, ...deployed.map(bundleOf), 'index.mjs')).href)) as {
      handler: (event: HttpEvent) => Promise<HttpResult>;
    };
    for (const { path, file } of documentRoutes) {
      expect(await bundled.handler(asked(path))).toEqual(await handler(asked(path)));
      expect(await handler(asked(path))).toMatchObject({ statusCode: 200, headers: headersOf(file), body: documents[path] });
    }
  });
});

describe('a real host', () => {
  let host: LocalTestHost;
  beforeAll(async () => {
    host = await localHost()('360000');
  }, 120_000);
  afterAll(() => host.close());

  test.each(documentRoutes)('$path: to everyone who is signed in, and to nobody else', async ({ path, file }) => {
    const token = await host.token({ agency: 'made-health', kind: 'health', division: '110000', person: 'made-clerk', roles: ['clerk'] });
    const request = { method: 'GET', path, headers: { authorization: `Bearer ${token}` } };
    const answer = await host.api.request(request);
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': headersOf(file)['content-type'] } });
    expect(answer.body).toEqual(file.endsWith('.json') ? JSON.parse(documents[path] as string) : documents[path]);
    expect(undocumented(request, answer)).toEqual([]);
    expect(await host.api.request({ method: 'GET', path })).toMatchObject({ status: 401, body: { code: 'missing_token' } });
  });
});
