import * as z from 'zod';
import type { LocalFunction } from '../deployment.ts';
import { byName, invalid, noPart, type Resources } from './resources.ts';

const schema = z.strictObject({
  FunctionName: z.string(),
  Code: z.strictObject({ S3Bucket: noPart, S3Key: z.string() }),
  Handler: z.string().regex(/^\w+\.\w+$/, 'must be <module>.<export>'),
  Runtime: z.string().startsWith('nodejs'),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.string()) }).default({ Variables: {} }),
  /** Seconds. */
  Timeout: z.int().default(3),
  LoggingConfig: noPart,
  MemorySize: noPart,
  /** A local host begins no second run of a schedule while the first goes on. */
  ReservedConcurrentExecutions: noPart,
  Role: noPart,
});

/** Functions (函数) by physical name, each with the folder of its code. */
export const functionsOf = (resources: Resources, assets: ReadonlyMap<string, string>): ReadonlyMap<string, LocalFunction> =>
  byName(
    resources.read('AWS::Lambda::Function', schema).map(({ at, properties: { FunctionName, Code, Handler, Environment, Timeout } }) => {
      const folder = assets.get(Code.S3Key);
      if (folder === undefined) throw invalid(at, `no asset of the assembly is its code ${Code.S3Key}`);
      return { at, made: { name: FunctionName, folder, handler: Handler, environment: Environment.Variables, timeoutMs: Timeout * 1000 } };
    }),
  );
