import type { Definitions } from '../../functions/kernel/definitions.ts';
import { asyncApiOf } from './asyncapi.ts';
import { collectionOf, httpFileOf } from './collection.ts';
import { openApiOf } from './openapi.ts';
import { asyncApiPage, openApiPage } from './page.ts';

/** What agencies work by (契约), as text by file name: both documents, a page of each, and a collection of requests in two forms. */
export function contractsOf(definitions: Definitions): Readonly<Record<ContractFile, string>> {
  const openApi = openApiOf(definitions);
  const asyncApi = asyncApiOf([...definitions.events.values()]);
  return {
    'openapi.json': json(openApi),
    'asyncapi.json': json(asyncApi),
    'openapi.html': openApiPage(openApi),
    'asyncapi.html': asyncApiPage(asyncApi),
    'collection.json': json(collectionOf(openApi)),
    'requests.http': httpFileOf(openApi),
  };
}

export type ContractFile = 'openapi.json' | 'asyncapi.json' | 'openapi.html' | 'asyncapi.html' | 'collection.json' | 'requests.http';

const json = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;
