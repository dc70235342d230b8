import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Account } from './account.ts';

/** Answers the JSON of one operation. Throws {@link Refusal} for what the service itself would refuse. */
export type Operation = (input: unknown) => Promise<object>;

/** An error that a service names (服务异常); told with status 400 where it names no other. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Runs a function by its name. Rejects when it failed, with {@link Refusal} where there is none. */
export type Invoke = (name: string, event: unknown) => Promise<unknown>;

export interface JsonService {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  close(): Promise<void>;
}

const CONTENT_TYPE = 'application/x-amz-json-1.1';
const MOST_BYTES = 2 * 1024 * 1024;

/**
 * Serves operations by their target, `<service>.<operation>`, over AWS JSON 1.1 on a free loopback port: what the SDK's clients of EventBridge
 * and KMS speak; and Lambda's Invoke, which goes by its path. Whoever names the account's access key id is let in; signatures are not looked at.
 */
export async function serveJson({ accessKeyId }: Account, operations: ReadonlyMap<string, Operation>, invoke: Invoke): Promise<JsonService> {
  const server = createServer(async (request, response) => {
    try {
      const text = await textOf(request);
      if (!request.headers.authorization?.includes(`Credential=${accessKeyId}/`)) {
        throw new Refusal('UnrecognizedClientException', 'The security token included in the request is invalid.');
      }
      const invoked = INVOCATION.exec(request.url ?? '')?.[1];
      if (invoked !== undefined) {
        tell(response, 200, ...(await resultOf(invoke, decodeURIComponent(invoked), parsed(text))));
        return;
      }
      const operation = operations.get(String(request.headers['x-amz-target']));
      if (!operation) throw new Refusal('UnknownOperationException', '');
      tell(response, 200, await operation(parsed(text)));
    } catch (error) {
      if (error instanceof Refusal) tell(response, error.status, { __type: error.code, message: error.message }, { 'x-amzn-errortype': error.code });
      else tell(response, 500, { __type: 'InternalException', message: 'the service failed' });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const INVOCATION = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** What a function answered, or, as Lambda tells it, that it failed. */
async function resultOf(invoke: Invoke, name: string, event: unknown): Promise<[body: object, headers?: Readonly<Record<string, string>>]> {
  try {
    return [((await invoke(name, event)) ?? {}) as object];
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const { name: errorType, message: errorMessage } = error as Error;
    return [{ errorType, errorMessage }, { 'x-amz-function-error': 'Unhandled' }];
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  if (bytes > MOST_BYTES) throw new Refusal('RequestEntityTooLargeException', 'the request is too large');
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('SerializationException', 'the request is not JSON');
  }
}

function tell(response: ServerResponse, status: number, body: object, headers: Readonly<Record<string, string>> = {}): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, { ...headers, 'content-type': CONTENT_TYPE, 'content-length': Buffer.byteLength(text), 'x-amzn-requestid': randomUUID() })
    .end(text);
}
