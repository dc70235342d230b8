import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { CommandPort } from '../http/intake-handler.ts';
import type { HttpResult } from '../http/middleware.ts';
import { Throttled } from '../ports.ts';
import { commandFunction } from './environment.ts';

const LATER = new Set(['TooManyRequestsException', 'ThrottlingException', 'TimeoutError']);

/**
 * The commands' functions (命令函数), each called by its name, which begins with `functions`. Of a function that failed the kind of failure
 * alone is told: its own log says the rest.
 */
export const lambdaCommands =
  (client: Pick<LambdaClient, 'send'>, functions: string): CommandPort =>
  async (command, event) => {
    const request = new InvokeCommand({ FunctionName: commandFunction(functions, command), Payload: Buffer.from(JSON.stringify(event)) });
    const { FunctionError, Payload } = await client.send(request).catch((error: Error) => {
      throw LATER.has(error.name) ? new Throttled('the function takes no more now', { cause: error }) : error;
    });
    if (FunctionError !== undefined || Payload === undefined) throw new Error(`the function did not answer: ${FunctionError}`);
    return JSON.parse(Payload.transformToString()) as HttpResult;
  };
