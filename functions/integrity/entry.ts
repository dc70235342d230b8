import type { DataOf } from '../../events/event.ts';
import { EntryCompensated, EntryOpened } from '../../events/integrity.ts';
import type { Subject } from '../../events/sanctions.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** 档案主体: whose integrity file, as a key. The role at an institution is a matter of the entry. */
export const subjectKey = ({ kind, id }: Pick<Subject, 'kind' | 'id'>): string => `${kind}:${id}`;

/** The part of an appraiser's file that arose at one institution. */
export const subjectAt = (subject: Pick<Subject, 'kind' | 'id'>, institution: string): string => `${subjectKey(subject)}@${institution}`;

/** 诚信档案记录: one finding in the file of one subject. What withdraws it may arrive before it does, and is kept. */
export interface EntryState {
  readonly opened: DataOf<typeof EntryOpened> | null;
  readonly compensated: Pick<DataOf<typeof EntryCompensated>, 'because' | 'compensatedOn' | 'basis'> | null;
}

export const entry = aggregate({
  name: 'integrity/entry',
  title: '诚信档案记录',
  initial: { opened: null, compensated: null } as EntryState,
  events: [EntryOpened, EntryCompensated],
  evolve: {
    EntryOpened: (state, data) => ({ ...state, opened: data }),
    EntryCompensated: (state, { because, compensatedOn, basis }) => ({ ...state, compensated: { because, compensatedOn, basis } }),
  },
  listings: ({ opened, compensated }) => {
    if (!opened) return [];
    const { subject, institution, ...entered } = opened;
    const item = { ...entered, role: subject.kind === 'appraiser' ? 'appraiser' : subject.role, standing: compensated === null, compensated };
    const sort = `${opened.enteredOn}/${opened.cause}`;
    return [
      { listing: 'integrity/file', partition: subjectKey(subject), sort, item },
      ...(subject.kind === 'appraiser' ? [{ listing: 'integrity/file-at-institution', partition: subjectAt(subject, institution), sort, item }] : []),
    ];
  },
  // Whichever of the two comes second to the stream changes nothing about how many stand: right in either order.
  counters: {
    EntryOpened: ({ subject }, _, { version }) => [{ counter: `integrity/standing/${subject.kind}`, by: version === 1 ? 1 : 0 }],
    EntryCompensated: ({ subject }, _, { version }) => [{ counter: `integrity/standing/${subject.kind}`, by: version === 1 ? 0 : -1 }],
  },
});
