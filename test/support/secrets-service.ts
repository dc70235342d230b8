import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the two services answer with which a function starts: the wrapped secret in the keys' table, and the secret. */
const ANSWERS: Readonly<Record<string, object>> = {
  'DynamoDB_20120810.GetItem': { Item: { wrapped: { S: Buffer.from('wrapped').toString('base64') } } },
  'TrentService.Decrypt': { Plaintext: Buffer.alloc(32, 7).toString('base64') },
};

/** DynamoDB and KMS over the wire, as far as a function needs them to start. `asked` lists the operations. */
export async function secretsService(): Promise<{ readonly url: string; readonly asked: string[]; close(): void }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']);
    asked.push(operation);
    const answer = ANSWERS[operation];
    request.resume().on('end', () => {
      response
        .writeHead(answer ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' })
        .end(JSON.stringify(answer ?? { __type: 'UnknownOperationException' }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
