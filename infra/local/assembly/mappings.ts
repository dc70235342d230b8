import * as z from 'zod';
import type { LocalTable, QueueMapping, StreamMapping } from '../deployment.ts';
import { checkedPattern } from './queues.ts';
import { invalid, KINDS, type Read, type Resources } from './resources.ts';
import { parse, type Resource } from './stacks.ts';

/** Calls at once where the template says nothing: Lambda would go up to hundreds, one machine has no use for more. */
const CALLS_AT_ONCE = 10;

const ofAll = {
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  Enabled: z.literal(true).default(true),
};

const onQueue = z.strictObject({
  ...ofAll,
  BatchSize: z.int().default(10),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.int() }).default({ MaximumConcurrency: CALLS_AT_ONCE }),
});

const onStream = z.strictObject({
  ...ofAll,
  BatchSize: z.int().default(100),
  BisectBatchOnFunctionError: z.boolean().default(false),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) }).optional(),
  FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) }).default({ Filters: [] }),
  /** -1: until the record has left the stream. */
  MaximumRetryAttempts: z.int().min(-1).default(-1),
  /** What the stream still has is taken, however long the function was away. */
  StartingPosition: z.literal('TRIM_HORIZON'),
});

/** Functions on queues, and on change streams of tables. Throws {@link InvalidAssembly} for a source that is neither. */
export function mappingsOf(resources: Resources, tables: readonly LocalTable[]) {
  const queueMappings: QueueMapping[] = [];
  const streamMappings: StreamMapping[] = [];
  for (const read of resources.read('AWS::Lambda::EventSourceMapping', z.looseObject({ EventSourceArn: z.string() }))) {
    const source = read.properties.EventSourceArn;
    const queue = resources.find(KINDS.queue, source);
    if (queue) queueMappings.push(queueMapping(resources, read, queue));
    else streamMappings.push(streamMapping(resources, read, tables, resources.lead(read.at, KINDS.stream, source)));
  }
  return { queueMappings, streamMappings };
}

function queueMapping(resources: Resources, { at, properties }: Read<unknown>, queue: string): QueueMapping {
  const { FunctionName, BatchSize, ScalingConfig, FunctionResponseTypes } = parse(onQueue, properties, at.stack.name, at.id);
  return {
    function: resources.lead(at, KINDS.function, FunctionName),
    queue,
    batchSize: BatchSize,
    maxConcurrency: ScalingConfig.MaximumConcurrency,
    partial: FunctionResponseTypes.length > 0,
  };
}

function streamMapping(resources: Resources, { at, properties }: Read<unknown>, tables: readonly LocalTable[], table: string): StreamMapping {
  const read = parse(onStream, properties, at.stack.name, at.id);
  if (!tables.find(({ name }) => name === table)?.creation.StreamSpecification) throw invalid(at, `the table ${table} has no change stream`);
  return {
    function: resources.lead(at, KINDS.function, read.FunctionName),
    table,
    batchSize: read.BatchSize,
    filters: read.FilterCriteria.Filters.map(({ Pattern }) => checkedPattern(at, parsed(at, Pattern))),
    bisect: read.BisectBatchOnFunctionError,
    retries: read.MaximumRetryAttempts === -1 ? Number.POSITIVE_INFINITY : read.MaximumRetryAttempts,
    partial: read.FunctionResponseTypes.length > 0,
    ...(read.DestinationConfig ? { onFailure: resources.lead(at, KINDS.queue, read.DestinationConfig.OnFailure.Destination) } : {}),
  };
}

function parsed(at: Resource, pattern: string): unknown {
  try {
    return JSON.parse(pattern);
  } catch {
    throw invalid(at, 'its filter is no JSON');
  }
}
