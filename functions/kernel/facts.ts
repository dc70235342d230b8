import type { Fact, FactRequest, FactRequests, FactsOf } from './command.ts';
import { notFound, type Refusal } from './decision.ts';
import { aggregateOf } from './definitions.ts';
import type { Kernel } from './kernel.ts';
import { commitsOf, decodeCommit, load } from './ledger.ts';
import { streamName } from './stream.ts';

/** What the decision rested on, as the commit records it. */
export interface FactRead {
  readonly stream: string;
  readonly version: number;
  readonly guarded: boolean;
}

/** Reads every declared fact, one read a stream. A required stream that is not there is a refusal with its pointer. */
export async function readFacts<Requests extends FactRequests>(
  kernel: Pick<Kernel, 'definitions' | 'ledger'>,
  requests: Requests,
): Promise<{ facts: FactsOf<Requests>; reads: FactRead[]; missing: Refusal | undefined }> {
  const entries = await Promise.all(Object.entries(requests).map(async ([name, request]) => ({ name, request, ...(await readFact(kernel, request)) })));
  const absent = entries.find(({ request, fact }) => request.required !== undefined && fact.version === 0);
  return {
    facts: Object.fromEntries(entries.map(({ name, fact }) => [name, fact])) as FactsOf<Requests>,
    reads: entries.flatMap(({ request, stream, fact }) =>
      stream === undefined || request.withheld ? [] : [{ stream, version: fact.version, guarded: request.guarded }],
    ),
    missing: absent && notFound(absent.request.fact.title, absent.request.required),
  };
}

async function readFact(kernel: Pick<Kernel, 'definitions' | 'ledger'>, request: FactRequest): Promise<{ stream: string | undefined; fact: Fact<unknown> }> {
  if (request.key === undefined) return { stream: undefined, fact: { state: undefined, version: 0, eventsSince: [] } };
  const { aggregate, fingerprint } = aggregateOf(kernel.definitions, request.fact.aggregate);
  const stream = streamName(aggregate.name, request.key);
  const head = await load(kernel.ledger, aggregate, fingerprint, stream);
  const eventsSince: string[] = [];
  if (request.since !== undefined && head.version > request.since) {
    for await (const record of commitsOf(kernel.ledger, stream, request.since)) {
      if (record.version > head.version) break;
      eventsSince.push(...decodeCommit(record).events.map(({ name }) => name));
    }
  }
  const state = head.version === 0 ? undefined : request.fact.schema.parse(head.state);
  return { stream, fact: { state, version: head.version, eventsSince } };
}
