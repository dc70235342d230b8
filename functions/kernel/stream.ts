/**
 * Names of streams: `<context>/<aggregate>/<natural key>`. A key's parts are percent-encoded, so no key can reach
 * into another's stream, and the first two parts are what IAM grants by.
 */
export function streamName(aggregate: string, key: readonly string[]): string {
  if (key.length === 0 || key.some((part) => part === '')) throw new Error(`${aggregate}: a stream needs a key`);
  return `${aggregate}/${key.map(encodeURIComponent).join('/')}`;
}

/** Context and aggregate of a stream, for where its key is not asked for. */
export function aggregateNameOf(stream: string): { context: string; aggregate: string } {
  const context = stream.indexOf('/');
  const aggregate = stream.indexOf('/', context + 1);
  return { context: stream.slice(0, context), aggregate: stream.slice(0, aggregate) };
}

export function parseStream(stream: string): { context: string; aggregate: string; key: string[] } {
  const [context = '', name = '', ...key] = stream.split('/');
  return { context, aggregate: `${context}/${name}`, key: key.map(decodeURIComponent) };
}
