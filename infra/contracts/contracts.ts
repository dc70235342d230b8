import type { Definitions } from '../../functions/kernel/definitions.ts';
import type { Documents } from '../../functions/kernel/http/document-handler.ts';
import { asyncApiOf } from './asyncapi.ts';
import { collectionOf, httpFileOf } from './collection.ts';
import { type DocumentRoute, documentRoutes } from './document-routes.ts';
import { openApiOf } from './openapi.ts';
import { asyncApiPage, openApiPage } from './page.ts';

/** What agencies work by (契约), as text by file name: both documents, a page of each, and a collection of requests in two forms. */
export function contractsOf(definitions: Definitions): Readonly<Record<ContractFile, string>> {
  const openApi = openApiOf(definitions);
  const asyncApi = asyncApiOf([...definitions.events.values()]);
  return {
    'openapi.json': JSON.stringify(openApi),
    'asyncapi.json': JSON.stringify(asyncApi),
    'openapi.html': openApiPage(openApi),
    'asyncapi.html': asyncApiPage(asyncApi),
    'collection.json': JSON.stringify(collectionOf(openApi)),
    'requests.http': httpFileOf(openApi),
  };
}

type ContractFile = DocumentRoute['file'] | 'collection.json' | 'requests.http';

/** Those that are served, by their paths. */
export function servedBy(definitions: Definitions): Documents {
  const contracts = contractsOf(definitions);
  return Object.fromEntries(documentRoutes.map(({ path, file }) => [path, contracts[file]]));
}
