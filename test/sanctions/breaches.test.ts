import { describe, expect, test } from 'vitest';
import { type Breach, breach, type Subject } from '../../events/sanctions.ts';
import { isRefusal } from '../../functions/kernel/decision.ts';
import { type Capacity, capacityOf, countsTowardsStepTwo, itemOf } from '../../functions/sanctions/breaches.ts';

const SUBJECTS: Readonly<Record<Capacity, Subject>> = {
  appraiser: { kind: 'appraiser', id: 'a'.repeat(32) },
  head: { kind: 'institution', id: 'institution', role: 'head' },
  staff: { kind: 'institution', id: 'institution', role: 'staff' },
  institution: { kind: 'institution', id: 'institution', role: 'institution' },
};

/** Item under which each can be found, and whether it counts; `–`: cannot be found. */
const TABLE: Readonly<Record<Breach, Readonly<Record<Capacity, string>>>> = {
  'did-not-record': { appraiser: 'appraiser failures', head: 'other failures', staff: 'other failures', institution: '–' },
  'recorded-untruthfully': { appraiser: 'appraiser failures', head: 'other failures', staff: 'other failures', institution: '–' },
  'did-not-report': { appraiser: 'appraiser failures', head: 'other failures', staff: 'other failures', institution: '–' },
  'reported-untruthfully': { appraiser: 'appraiser failures', head: 'other failures', staff: 'other failures', institution: 'other failures' },
  'instructed-not-to-record-or-report': { appraiser: '–', head: 'head instructions', staff: '–', institution: '–' },
  leaked: { appraiser: 'other never', head: 'other never', staff: 'other never', institution: 'other never' },
  retaliated: { appraiser: 'other never', head: 'other never', staff: 'other never', institution: 'other never' },
  'did-not-forward': { appraiser: '–', head: '–', staff: '–', institution: 'other never' },
  other: { appraiser: 'other never', head: 'other never', staff: 'other never', institution: 'other never' },
};

describe('第十一条: who can breach what, and what counts (两次以上不记录或者不如实记录、报告)', () => {
  const capacities = Object.keys(SUBJECTS) as Capacity[];
  test.each(breach.options.flatMap((name) => capacities.map((capacity) => [name, capacity, TABLE[name][capacity]] as const)))(
    '%s by %s: %s',
    (name, capacity, expected) => {
      const item = itemOf(name, SUBJECTS[capacity]);
      const count = countsTowardsStepTwo(name, SUBJECTS[capacity]);
      if (isRefusal(item)) {
        expect(expected).toBe('–');
        expect(item).toMatchObject({ code: 'breach_not_of_subject', basis: { article: '第十一条' }, cure: expect.any(String), pointer: '/breach' });
        expect(count).toBeUndefined();
      } else {
        expect(`${item} ${count ?? 'never'}`).toBe(expected);
      }
    },
  );
  test.each(capacities)('a subject answers as %s', (capacity) => expect(capacityOf(SUBJECTS[capacity])).toBe(capacity));
});
