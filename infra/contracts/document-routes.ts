/** A route at which a file of the contracts is served as it is. */
export interface DocumentRoute {
  readonly method: 'GET';
  readonly path: string;
  readonly file: 'openapi.json' | 'asyncapi.json' | 'openapi.html' | 'asyncapi.html';
}

export const documentRoutes: readonly DocumentRoute[] = (['openapi.json', 'asyncapi.json', 'openapi.html', 'asyncapi.html'] as const).map((file) => ({
  method: 'GET',
  path: `/v1/${file}`,
  file,
}));
