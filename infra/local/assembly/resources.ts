import * as z from 'zod';
import { InvalidAssembly } from './invalid-assembly.ts';
import { resolverOf } from './resolve.ts';
import { parse, type Resource, type Stack } from './stacks.ts';

/** What one thing is called where another leads to it: by which references, and which of them is its physical name. */
export interface Kind {
  readonly type: string;
  readonly by: readonly string[];
  readonly name: string;
}

export const KINDS = {
  bus: { type: 'AWS::Events::EventBus', by: ['Ref', 'Arn'], name: 'Ref' },
  function: { type: 'AWS::Lambda::Function', by: ['Ref', 'Arn'], name: 'Ref' },
  functionArn: { type: 'AWS::Lambda::Function', by: ['Arn'], name: 'Ref' },
  queue: { type: 'AWS::SQS::Queue', by: ['Arn'], name: 'QueueName' },
  stream: { type: 'AWS::DynamoDB::Table', by: ['StreamArn'], name: 'Ref' },
} as const satisfies Record<string, Kind>;

/** A property that has no part in a local run. */
export const noPart = z.unknown().optional();

export interface Read<T> {
  readonly at: Resource;
  readonly properties: T;
}

/** The resources of every stack together. */
export class Resources {
  readonly #all: readonly Resource[];
  readonly #resolver: ReturnType<typeof resolverOf>;
  readonly #asked = new Set<string>();

  constructor(stacks: readonly Stack[]) {
    this.#all = stacks.flatMap(({ resources }) => [...resources.values()]);
    this.#resolver = resolverOf(stacks);
  }

  /** All of a type. Throws {@link InvalidAssembly} for a property that the schema does not know. */
  read<T>(type: string, schema: z.ZodType<T>): readonly Read<T>[] {
    this.#asked.add(type);
    return this.#all
      .filter((each) => each.type === type)
      .map((at) => ({ at, properties: parse(schema, this.#resolver.resolve(at.properties, at), at.stack.name, at.id) }));
  }

  /** The only one of a type. */
  readOne<T>(type: string, schema: z.ZodType<T>): Read<T> {
    const [first, ...others] = this.read(type, schema);
    if (!first) throw new InvalidAssembly('every stack', type, 'there is none of it, and one is needed');
    for (const { at } of others) throw invalid(at, `a province has one ${type}, and ${first.at.stack.name} ${first.at.id} is it`);
    return first;
  }

  /** What `Ref` gives for it. */
  idOf(at: Resource): string {
    return this.#resolver.refer(at, 'Ref', at);
  }

  /** Physical name of what a reference leads to; `undefined` when it is of another kind. */
  find({ type, by, name }: Kind, reference: string): string | undefined {
    const found = this.#all.find((each) => each.type === type && by.some((attribute) => this.#resolver.refer(each, attribute, each) === reference));
    return found && this.#resolver.refer(found, name, found);
  }

  /** As {@link Resources.find}, but throws {@link InvalidAssembly} when it leads nowhere. */
  lead(at: Resource, kind: Kind, reference: string): string {
    const name = this.find(kind, reference);
    if (name === undefined) throw invalid(at, `${reference} leads to no ${kind.type} of the province`);
    return name;
  }

  /** Those of types that nobody has read. */
  unread(): readonly Resource[] {
    return this.#all.filter(({ type }) => !this.#asked.has(type));
  }
}

/** By physical name. Throws {@link InvalidAssembly} when two have the same. */
export function byName<T extends { readonly name: string }>(read: readonly { readonly at: Resource; readonly made: T }[]): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const { at, made } of read) {
    if (found.has(made.name)) throw invalid(at, `a second ${at.type} is called ${made.name}`);
    found.set(made.name, made);
  }
  return found;
}

export const invalid = ({ stack, id }: Resource, reason: string): InvalidAssembly => new InvalidAssembly(stack.name, id, reason);
