import type * as z from 'zod';
import type { FactDefinition } from '../../events/fact.ts';
import type { Policy } from '../policy/policy.ts';
import type { AggregateDefinition } from './aggregate.ts';
import type { Division } from './codes/division.ts';
import type { Decision, Refusal } from './decision.ts';
import type { Actor, AgencyKind, Role } from './identity.ts';
import type { AddressFault, Json } from './ports.ts';

/** A named read of another stream, declared by a command. */
export interface FactRequest<T = unknown> {
  readonly fact: FactDefinition<unknown>;
  /** Absent: there is nothing to look up, and nothing is read. */
  readonly key: readonly string[] | undefined;
  /** The fact could make the act unlawful: the write fails if that stream has moved on since it was read. */
  readonly guarded: boolean;
  /** Pointer to name when the stream does not exist; absent where its absence is an answer too. */
  readonly required: string | undefined;
  /** Its name would tell what the command seals: the commit does not record that it was read. */
  readonly withheld?: true;
  /** Carries the type only. */
  readonly answers?: T;
}

/** A fact as a rule sees it. */
export interface Fact<T> {
  readonly state: T;
  /** 0 where the stream has no commit. */
  readonly version: number;
}

/** A guard needs its record, so that a fact is either guarded or withheld. */
type FactOptions = { guard?: boolean; withheld?: never } | { guard?: false; withheld: true };

/** The stream must exist; otherwise the command answers 404 with this pointer. */
export const need = <T>(fact: FactDefinition<T>, key: string | readonly string[], pointer: string, options: FactOptions = {}): FactRequest<T> => ({
  fact,
  key: typeof key === 'string' ? [key] : key,
  guarded: options.guard ?? false,
  required: pointer,
  ...(options.withheld === undefined ? {} : { withheld: options.withheld }),
});

/** The stream may be absent, or there may be nothing to look up: `state` is then undefined. */
export const lookUp = <T>(fact: FactDefinition<T>, key: string | readonly string[] | undefined, options: FactOptions = {}): FactRequest<T | undefined> => ({
  fact,
  key: typeof key === 'string' ? [key] : key,
  guarded: options.guard ?? false,
  required: undefined,
  ...(options.withheld === undefined ? {} : { withheld: options.withheld }),
});

export type FactRequests = Readonly<Record<string, FactRequest>>;
export type FactsOf<Requests> = { readonly [K in keyof Requests]: Requests[K] extends FactRequest<infer T> ? Fact<T> : never };

/** What a command may know before anything is read. */
export interface CallContext {
  readonly actor: Actor;
  /** Keyed pseudonym of a person's number. */
  readonly pseudonym: (kind: string, value: string) => string;
  /** Names this call and no other, unguessable, the same when the same call is made again. */
  readonly callId: string;
  /** Six-digit division of the deployment's province. */
  readonly province: string;
}

/** What a rule may know beside state and input. No clock: `now` is told. */
export interface DecideContext<Facts = unknown, More = unknown> extends CallContext {
  /** ISO instant. */
  readonly now: string;
  /** Day of the fact, Asia/Shanghai; `policy` is that day's. */
  readonly occurredOn: string;
  /** Day of the decision, Asia/Shanghai. */
  readonly today: string;
  readonly policy: Policy;
  readonly facts: Facts;
  readonly more: More;
  /** The stream's natural key. */
  readonly key: readonly string[];
  /** The stream's own restricted parts, where the command {@link CommandDefinition.opens} them; else none. */
  readonly opened: readonly OpenedEvent[];
  /** Version of the stream before the decision; 0: it does not exist. */
  readonly version: number;
  /** What stands against the address that the command {@link CommandDefinition.reaches}; nothing where it may be sent to, or the command names none. */
  readonly unreachable: AddressFault | undefined;
}

/** A relation (与本事项的关系) between who asks and what is asked about, beyond kind, role and division. */
export interface Relation<State = never, Input = never, Facts = never> {
  /** 中文名, as the table of rights and the refusal say it. */
  readonly title: string;
  /** `facts`: all that were read, `moreFacts` too. `province`: six-digit division of the deployment's province. */
  readonly holds: (about: { state: State; input: Input; facts: Facts; actor: Actor; province: string }) => boolean;
  /**
   * The answer, where it does not hold: the one that a thing which does not exist gets, so that nobody learns whether it does. It must not hold
   * for what does not exist, and rests on `state`, `input` and the first facts: it is asked before any other is read.
   */
  readonly unseen?: Refusal;
  /** Of a query: its rows and counters are one's own agency's; the kernel lets it read no others. */
  readonly ownViews?: true;
}

/**
 * 区划 of who asks: `province` the deployment's province (本省) · `province-level` its own agencies alone (省级) · `anywhere` (不限) ·
 * or of the province, and what is asked about lies in the asker's division or below (本行政区域及以下).
 */
export type Within<State = never, Input = never, Facts = never> =
  | 'anywhere'
  | 'province'
  | 'province-level'
  | { readonly division: (about: { state: State; input: Input; facts: Facts }) => Division };

/** One line of the table of rights: kind and role, division, and the relation that must hold where there is one. */
export interface Right<State = never, Input = never, Facts = never> {
  readonly kind: AgencyKind;
  readonly roles: readonly Role[];
  /** Where absent, the kind's own: a justice bureau and an institution are of the province, everyone else may be of anywhere. */
  readonly within?: Within<State, Input, Facts>;
  readonly relation?: Relation<State, Input, Facts>;
}

/** Who may: the lines of the table, or the system alone (reactions and schedules). */
export type Who<State, Input, Facts> = readonly Right<State, Input, Facts>[] | 'system';

/** Restricted parts of a stream, opened: by event. */
export interface OpenedEvent {
  readonly id: string;
  readonly name: string;
  readonly occurredOn: string;
  readonly restricted: Json;
}

/**
 * A command (命令): who may, what it reads, what it decides. The file is its name: `functions/<context>/commands/<verb-noun>.ts`.
 */
export interface CommandDefinition<State, Input, Requests extends FactRequests, More extends FactRequests = Record<never, never>> {
  /** `<context>/<verb-noun>` */
  readonly name: string;
  /** 中文名 */
  readonly title: string;
  // biome-ignore lint/suspicious/noExplicitAny: which events it writes is the aggregate's affair
  readonly aggregate: AggregateDefinition<State, any> & { readonly kind: 'aggregate' };
  readonly input: z.ZodType<Input>;
  // biome-ignore lint/suspicious/noExplicitAny: a relation's facts would keep the compiler from inferring the command's own
  readonly who: Who<NoInfer<State>, NoInfer<Input>, any>;
  /** Natural key of the stream it decides on. */
  readonly key: (input: Input, context: CallContext) => string | readonly string[];
  /** Day of the fact where it is not the day of the command. */
  readonly occurredOn?: (input: Input) => string | undefined;
  readonly facts?: (input: Input, context: CallContext) => Requests;
  /** Facts that can be named only after the first ones and the state were read. */
  readonly moreFacts?: (about: { input: Input; state: State; facts: FactsOf<Requests> }, context: CallContext) => More;
  readonly decide: (state: State, input: Input, context: DecideContext<FactsOf<Requests>, FactsOf<More>>) => Decision;
  /** An address outside, looked at before the decision: whether it may be sent to at all. */
  readonly reaches?: (input: Input) => string;
  /** What it decides by is restricted: the parts that its stream has so far are opened for `decide`, and for nobody else. */
  readonly opens?: true;
  /** Who acted is itself restricted (the reporter): the person is sealed in the commit. */
  readonly sealsActor?: boolean;
  /** 须由本人办理: never under a delegation, as nothing is whose actor is sealed. */
  readonly inPerson?: true;
  /** Restricted parts that the answer shows to the one who asked; written by no one, in no receipt. */
  readonly discloses?: {
    /** Streams whose restricted parts are opened. */
    readonly streams: (about: { input: Input; state: State; facts: FactsOf<Requests> }) => readonly string[];
    readonly answer: (
      opened: readonly OpenedEvent[],
      about: { readonly input: Input; readonly state: State; readonly facts: FactsOf<Requests>; readonly more: FactsOf<More>; readonly actor: Actor },
    ) => Json;
    /** The same as an HTML page, for who accepts `text/html`. */
    readonly page?: (answer: Json) => string;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: commands of all shapes stand in one table
export type AnyCommand = CommandDefinition<any, any, any, any> & { readonly kind: 'command' };

export function command<State, Input, Requests extends FactRequests = Record<never, never>, More extends FactRequests = Record<never, never>>(
  definition: CommandDefinition<State, Input, Requests, More>,
): CommandDefinition<State, Input, Requests, More> & { readonly kind: 'command' } {
  return { ...definition, kind: 'command' };
}
