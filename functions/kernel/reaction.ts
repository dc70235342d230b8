import type { AnyEventDefinition, DataOf } from '../../events/event.ts';
import type { AnyCommand, CommandDefinition } from './command.ts';

/** An event as a reaction hears it: open part only, at its present version. */
export interface HeardEvent<D extends AnyEventDefinition = AnyEventDefinition> {
  readonly id: string;
  readonly name: D['name'];
  readonly data: DataOf<D>;
  /** Stream that it stands in. */
  readonly stream: string;
  /** Version of that stream. */
  readonly version: number;
  /** Day of the fact, Asia/Shanghai. */
  readonly occurredOn: string;
  /** ISO instant. */
  readonly recordedAt: string;
}

type Heard<Events extends readonly AnyEventDefinition[]> = { [I in keyof Events]: HeardEvent<Events[I]> }[number];

/**
 * A reaction (反应): which events it hears, since when, and which commands of its own context follow.
 * It is named for what it does and lives in the context that changes. No order is promised: it must be right in any.
 */
export interface ReactionDefinition<Events extends readonly AnyEventDefinition[], Input> {
  /** `<context>/<verb-noun>` */
  readonly name: string;
  readonly title: string;
  readonly hears: Events;
  /** Day (Asia/Shanghai) from which it is owed; events recorded before owe it nothing. */
  readonly since: string;
  /** Calls at the same time where many events meet on one stream, from 2: more would only lose the race to each other. By default as many as the province has. */
  readonly atOnce?: number;
  /** Command it decides, as the system, on behalf of the event. */
  // biome-ignore lint/suspicious/noExplicitAny: only the command's input matters here
  readonly command: CommandDefinition<any, Input, any, any> & { readonly kind: 'command' };
  /** One input a target, a pure function of the event; none: the event asks nothing of it. Two inputs may not name one stream. */
  readonly targets: (event: Heard<Events>) => readonly NoInfer<Input>[];
}

export interface AnyReaction {
  readonly kind: 'reaction';
  readonly name: string;
  readonly title: string;
  readonly hears: readonly AnyEventDefinition[];
  readonly since: string;
  readonly atOnce?: number;
  readonly command: AnyCommand;
  // biome-ignore lint/suspicious/noExplicitAny: reactions to all events stand in one table
  readonly targets: (event: any) => readonly unknown[];
}

export function reaction<const Events extends readonly AnyEventDefinition[], Input>(definition: ReactionDefinition<Events, Input>): AnyReaction {
  if (contextOf(definition.name) !== contextOf(definition.command.aggregate.name)) throw new Error(`${definition.name} changes another context`);
  return { ...definition, kind: 'reaction' };
}

const contextOf = (name: string) => name.split('/')[0];
