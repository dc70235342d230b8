import type { Basis } from '../../events/basis.ts';
import type { DocumentId } from '../../events/documents.ts';
import type { AnyEventDefinition, DataOf } from '../../events/event.ts';
import type { NoticeSent } from '../../events/notifications.ts';
import type { HeardEvent } from '../kernel/reaction.ts';

/** What one recipient is told, and why (X6). */
export type Notice = Readonly<Omit<DataOf<typeof NoticeSent>, 'about' | 'event' | 'sentOn' | 'withheld'>> & { readonly withheld: readonly string[] };

/** Whom a line tells, with what its other columns need of him. */
interface Recipient {
  readonly recipient: string;
}

/** A value that is picked from the event's open part, and what the table calls it. */
export interface Picked<D extends AnyEventDefinition, To, Value> {
  readonly title: string;
  readonly of: (event: HeardEvent<D>, to: To) => Value;
}
type Cell<D extends AnyEventDefinition, To, Value> = Value | Picked<D, To, Value>;

/** One particular 内容: left out where there is nothing to tell, several in its place where it names them itself. */
type Particular<D extends AnyEventDefinition, To> = (event: HeardEvent<D>, to: To) => string | undefined | Readonly<Record<string, string>>;

/** 谁因何事被告知: what stands here is the same each time, what is picked has a title. */
export interface Line<D extends AnyEventDefinition = AnyEventDefinition, To extends Recipient = Recipient> {
  readonly event: D;
  /** For some events of the name only. */
  readonly when?: { readonly title: string; readonly holds: (event: HeardEvent<D>) => boolean };
  readonly recipients: Picked<D, undefined, readonly To[]>;
  readonly sender: Cell<D, To, string>;
  readonly purpose: Cell<D, To, string>;
  /** 未告知 */
  readonly withheld: Cell<D, To, readonly string[]>;
  readonly particulars: Readonly<Record<string, Particular<D, To>>>;
  /** 应当签收 */
  readonly mustSign: Cell<D, To, boolean>;
  /** Articles that such a notice may cite: of 司办通〔2020〕56号 where no `document` stands beside them. */
  readonly article: string;
  readonly document?: DocumentId;
  readonly basis: Picked<D, To, Basis>;
}

/** 不告知任何单位: an event of which nobody is told, and why. */
export interface Silence {
  readonly event: AnyEventDefinition;
  readonly when?: string;
  readonly nobody: string;
}

export const tell = <D extends AnyEventDefinition, To extends Recipient>(event: D, columns: Omit<Line<D, To>, 'event'>): Line =>
  ({ event, ...columns }) as unknown as Line;

export const nobody = (event: AnyEventDefinition, because: string, when?: string): Silence => ({
  event,
  nobody: because,
  ...(when === undefined ? {} : { when }),
});

export const isLine = (row: Line | Silence): row is Line => 'recipients' in row;

/** The field of that name. */
export const field =
  <Name extends string>(name: Name) =>
  ({ data }: { readonly data: Readonly<Record<Name, string>> }): string =>
    data[name];

/** The one agency that a field names. */
export const agencyIn = <Name extends string>(name: Name, title: string) => ({
  title,
  of: ({ data }: { readonly data: Readonly<Record<Name, string>> }): readonly Recipient[] => [{ recipient: data[name] }],
});

/** 由鉴定机构签收: who else is told of a decision does not sign for it. */
export const institutionSigns = {
  title: 'the institution',
  of: ({ data }: { readonly data: { readonly institution: string } }, { recipient }: Recipient): boolean => recipient === data.institution,
};

/** The event's own. */
export const ownBasis = { title: 'the event’s', of: ({ data }: { readonly data: { readonly basis: Basis } }): Basis => data.basis };

const cell = <Value>(of: Cell<AnyEventDefinition, Recipient, Value>, event: HeardEvent, to: Recipient): Value =>
  typeof of === 'object' && of !== null && 'of' in of ? of.of(event, to) : of;

const particularsOf = (of: Line['particulars'], event: HeardEvent, to: Recipient): Record<string, string> =>
  Object.fromEntries(
    Object.entries(of).flatMap(([name, pick]) => {
      const value = pick(event, to);
      if (value === undefined) return [];
      return typeof value === 'string' ? [[name, value]] : Object.entries(value);
    }),
  );

/** What an event's lines tell, one notice a recipient. */
export const noticesOf = (table: readonly (Line | Silence)[], event: HeardEvent): readonly Notice[] =>
  table
    .filter(isLine)
    .filter((line) => line.event.name === event.name && (line.when?.holds(event) ?? true))
    .flatMap((line) =>
      line.recipients.of(event, undefined).map((to) => ({
        recipient: to.recipient,
        sender: cell(line.sender, event, to),
        purpose: cell(line.purpose, event, to),
        withheld: cell(line.withheld, event, to),
        particulars: particularsOf(line.particulars, event, to),
        mustSign: cell(line.mustSign, event, to),
        basis: line.basis.of(event, to),
      })),
    );
