import type { Json } from '../../functions/kernel/ports.ts';

/** 编了文号的文书: what the oracle must know of an event that gives a number in the order of arrival. */
const NUMBERED = ['DocumentNumbered', 'DecisionNumbered'];
interface Numbered {
  /** Event that the document is of. */
  readonly of: string;
  readonly series: string;
  readonly year: number;
  readonly ordinal: number;
  readonly number: string;
}

interface Told {
  readonly stream: string;
  readonly events: readonly { readonly name: string; readonly data: unknown }[];
}

const numberedIn = (commits: readonly Told[]): readonly { readonly stream: string; readonly data: Numbered }[] =>
  commits.flatMap(({ stream, events }) => events.filter(({ name }) => NUMBERED.includes(name)).map(({ data }) => ({ stream, data: data as Numbered })));

/** In each series 1 to n, without a gap or a double; each number says what it is of, and no two documents share one. */
export function numberFaults(commits: readonly Told[]): string[] {
  const all = numberedIn(commits);
  const gaps = [...Map.groupBy(all, ({ stream }) => stream)].flatMap(([stream, list]) => {
    const ordinals = list.map(({ data }) => data.ordinal).sort((a, b) => a - b);
    return ordinals.every((ordinal, at) => ordinal === at + 1) ? [] : [`numbers of ${stream} are ${ordinals.join()}`];
  });
  const misread = all.filter(({ data: { series, year, ordinal, number } }) => number !== `${series}〔${year}〕${ordinal}号`).map(({ data }) => data.number);
  const shared = [...Map.groupBy(all, ({ data }) => data.number)].filter(([, list]) => list.length > 1).map(([number]) => number);
  const twice = [...Map.groupBy(all, ({ data }) => data.of)].filter(([, list]) => list.length > 1).map(([of]) => of);
  return [
    ...gaps,
    ...misread.map((number) => `${number} does not say its series, year and ordinal`),
    ...shared.map((number) => `${number} was given twice`),
    ...twice.map((of) => `the document of ${of} was numbered twice`),
  ];
}

/**
 * A reading of a ledger's contents in which each number is called by its document: two right runs number the same documents, each in its own
 * order of arrival. Wherever a number stands, in an event, a state, a row, it must be that of the same document.
 */
export function byDocument(commits: readonly Told[]): (value: unknown) => Json {
  const names = new Map(numberedIn(commits).map(({ data }) => [data.number, `number of ${data.of}`]));
  const read = (value: unknown): Json => {
    if (typeof value === 'string') return names.get(value) ?? value;
    if (Array.isArray(value)) return value.map(read);
    if (typeof value !== 'object' || value === null) return value as Json;
    const isNumbered = names.has((value as Partial<Numbered>).number ?? '');
    return Object.fromEntries(Object.entries(value).flatMap(([key, each]) => (isNumbered && key === 'ordinal' ? [] : [[key, read(each)]])));
  };
  return read;
}
