/**
 * Names of streams: `<context>/<aggregate>/<natural key>`. A key's parts are percent-encoded, so no key can reach
 * into another's stream, and the first two parts are what IAM grants by.
 */
export function streamName(aggregate: string, key: readonly string[]): string {
  if (key.length === 0 || key.some((part) => part === '')) throw new Error(`${aggregate}: a stream needs a key`);
  return `${aggregate}/${key.map(encodeURIComponent).join('/')}`;
}

export function parseStream(stream: string): { context: string; aggregate: string; key: string[] } {
  const [context = '', name = '', ...key] = stream.split('/');
  return { context, aggregate: `${context}/${name}`, key: key.map(decodeURIComponent) };
}
