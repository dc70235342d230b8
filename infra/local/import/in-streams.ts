/**
 * Does the work of each item, at most `abreast` of them side by side, those of one stream one after the other; settles them in the order in
 * which they came. An item without a stream needs none of the others. What a work throws ends it all, once the works begun have ended.
 */
export async function inStreams<Item, Outcome>(items: AsyncIterable<Item>, { abreast, streamOf, work, settle }: InStreams<Item, Outcome>): Promise<void> {
  const begun: { readonly item: Item; readonly outcome: Promise<Outcome> }[] = [];
  const last = new Map<string, Promise<unknown>>();
  const begin = (item: Item): Promise<Outcome> => {
    const stream = streamOf(item);
    if (stream === undefined) return work(item);
    const outcome = last.get(stream)?.then(() => work(item)) ?? work(item);
    last.set(stream, outcome);
    const leave = () => last.get(stream) === outcome && last.delete(stream);
    outcome.then(leave, leave);
    return outcome;
  };
  const settleFirst = async () => {
    const first = begun.shift();
    if (first) settle(first.item, await first.outcome);
  };
  try {
    for await (const item of items) {
      begun.push({ item, outcome: begin(item) });
      if (begun.length >= abreast) await settleFirst();
    }
    while (begun.length > 0) await settleFirst();
  } finally {
    await Promise.allSettled(begun.map(({ outcome }) => outcome));
  }
}

export interface InStreams<Item, Outcome> {
  readonly abreast: number;
  readonly streamOf: (item: Item) => string | undefined;
  readonly work: (item: Item) => Promise<Outcome>;
  readonly settle: (item: Item, outcome: Outcome) => void;
}
