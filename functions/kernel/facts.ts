import type { Fact, FactRequest, FactRequests, FactsOf } from './command.ts';
import { notFound, type Refusal } from './decision.ts';
import { aggregateOf } from './definitions.ts';
import type { Kernel } from './kernel.ts';
import { load } from './ledger.ts';
import type { CommitRecord, LedgerStore } from './ports.ts';
import { streamName } from './stream.ts';

/** What the decision rested on, as the commit records it. */
export interface FactRead {
  readonly stream: string;
  readonly version: number;
  readonly guarded: boolean;
}

/** What reading needs: the definitions and two methods of the ledger. */
export type Reads = Pick<Kernel, 'definitions'> & { readonly ledger: Pick<LedgerStore, 'head' | 'read'> };

/** One read a stream for as long as one decision takes: what is named twice is read once and seen at one version. */
export function readOnce({ definitions, ledger }: Reads): Reads {
  const heads = new Map<string, Promise<CommitRecord | undefined>>();
  const head = (stream: string) => {
    const known = heads.get(stream) ?? ledger.head(stream);
    heads.set(stream, known);
    return known;
  };
  return { definitions, ledger: { head, read: (stream, options) => ledger.read(stream, options) } };
}

/** Each stream once; guarded if any of the facts that were read from it is. */
export const distinct = (reads: readonly FactRead[]): FactRead[] => {
  const byStream = new Map<string, FactRead>();
  for (const read of reads) byStream.set(read.stream, { ...read, guarded: read.guarded || (byStream.get(read.stream)?.guarded ?? false) });
  return [...byStream.values()];
};

/** Reads every declared fact, one read a stream. A required stream that is not there is a refusal with its pointer. */
export async function readFacts<Requests extends FactRequests>(
  kernel: Reads,
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

async function readFact(kernel: Reads, request: FactRequest): Promise<{ stream: string | undefined; fact: Fact<unknown> }> {
  if (request.key === undefined) return { stream: undefined, fact: { state: undefined, version: 0 } };
  const { aggregate, fingerprint } = aggregateOf(kernel.definitions, request.fact.aggregate);
  const stream = streamName(aggregate.name, request.key);
  const head = await load(kernel.ledger, aggregate, fingerprint, stream);
  const state = head.version === 0 ? undefined : request.fact.schema.parse(head.state);
  return { stream, fact: { state, version: head.version } };
}
