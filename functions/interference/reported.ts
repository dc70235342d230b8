import { InsiderDealtWith, InterferenceReported } from '../../events/interference.ts';
import type { OpenedEvent } from '../kernel/command.ts';
import type { Actor } from '../kernel/identity.ts';
import type { Json } from '../kernel/ports.ts';
import type { Interference } from './form.ts';

const told = InterferenceReported.restricted as NonNullable<typeof InterferenceReported.restricted>;
const isReport = ({ name }: Pick<OpenedEvent, 'name'>): boolean => name === InterferenceReported.name;

/** 报告的具体情况 among what was opened of its stream. Throws where there is none: such a stream begins with it. */
export function contentIn(opened: readonly OpenedEvent[]): Interference {
  const { content } = told.parse(opened.find(isReport)?.restricted);
  if (content.answer === 'none') throw new Error('a report tells of interference');
  return content;
}

/** 报告人身份, and the row that would name the signer. */
export const reporterIn = (opened: readonly OpenedEvent[]): Json => told.pick({ reporter: true, row: true }).parse(opened.find(isReport)?.restricted);

/** What of a report reaches each kind of agency: an institution reads what it received and what it did, never how the bureau went on. */
const OF_INSTITUTION: readonly string[] = [InterferenceReported.name, InsiderDealtWith.name];

/** 报告内容: what was opened, as far as that kind of agency may read it, without who reported and the row whose signer is known. */
export const withoutReporter = (opened: readonly OpenedEvent[], { kind }: Pick<Actor, 'kind'>): Json =>
  opened
    .filter(({ name }) => kind !== 'institution' || OF_INSTITUTION.includes(name))
    .map((each) => {
      if (!isReport(each)) return { event: each.name, occurredOn: each.occurredOn, restricted: each.restricted };
      const { reporter: _, row: __, ...rest } = each.restricted as { readonly [key: string]: Json };
      return { event: each.name, occurredOn: each.occurredOn, restricted: rest };
    });
