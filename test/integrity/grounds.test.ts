import { describe, expect, test } from 'vitest';
import { cite } from '../../events/documents.ts';
import {
  ProficiencyAbsenceRecorded,
  ProficiencyResultCorrected,
  ProficiencyTestFailed,
  RectificationCancelled,
  RectificationFailed,
  RectificationOrdered,
} from '../../events/proficiency.ts';
import { BusinessScopeCancelled, BusinessScopeRestored } from '../../events/registry.ts';
import compensateOn from '../../functions/integrity/reactions/compensate-entry.ts';
import openOn from '../../functions/integrity/reactions/open-entry.ts';
import type { HeardEvent } from '../../functions/kernel/reaction.ts';
import { heard, id } from '../support/heard.ts';
import { BUREAU, DAY, INSTITUTION, ITEM, REGISTRAR } from '../support/made-institution.ts';

const basis = cite('jian-reform-plan', '第12项', '虚构口径');
const CAUSE = id('c');
const tested = { institution: INSTITUTION, item: ITEM, year: 2025, provider: 'made-provider', bureau: BUREAU, registrar: REGISTRAR };
const rectified = { rectification: id('d'), institution: INSTITUTION, item: ITEM, year: 2025, bureau: BUREAU, registrar: REGISTRAR };
const struck = { cancellation: id('d'), institution: INSTITUTION, item: ITEM, bureau: BUREAU, registrar: REGISTRAR, toTell: [] };
const dates = { start: DAY, rawDue: DAY, legalDue: DAY, alertDue: DAY, beyondCalendar: false };
const grade = { by: 'word' as const, word: '不满意' };
const named = { id: CAUSE, occurredOn: '2026-03-09' };

const subject = { kind: 'institution', id: INSTITUTION, role: 'institution' };
const entry = (about: string) => ({ subject, institution: INSTITUTION, cause: CAUSE, about: `${about}/${ITEM}`, enteredOn: '2026-03-09', basis });

const failed = (entersFile: boolean) => heard(ProficiencyTestFailed, { ...tested, grade, entersFile, reportedOn: DAY, basis }, named);
const absent = (entersFile: boolean) =>
  heard(ProficiencyAbsenceRecorded, { ...tested, excused: !entersFile, counts: false, entersFile, reportedOn: DAY, basis }, named);
const corrected = (enteredFile: boolean) =>
  heard(ProficiencyResultCorrected, { ...tested, corrects: CAUSE, was: 'failed', now: 'passed', enteredFile, cause: 'misreported', correctedOn: DAY, basis });

describe('C-1: what of proficiency testing and striking off is entered in the institution’s file, by its own event', () => {
  test.each<[string, HeardEvent]>([
    ['ProficiencyTestFailed', failed(true)],
    ['ProficiencyAbsenceRecorded', absent(true)],
    ['RectificationOrdered', heard(RectificationOrdered, { ...rectified, dates, orderedOn: DAY, basis }, named)],
    ['RectificationFailed', heard(RectificationFailed, { ...rectified, fault: 'not-in-place', failedOn: DAY, basis }, named)],
    ['BusinessScopeCancelled', heard(BusinessScopeCancelled, { ...struck, cancelledOn: DAY, basis }, named)],
  ])('%s: from the day of the fact', (about, event) => {
    expect(openOn.targets(event)).toEqual([entry(about)]);
  });

  test('X10: what does not enter the file by the rules of its day opens no entry', () => {
    for (const event of [failed(false), absent(false)]) expect(openOn.targets(event)).toEqual([]);
  });
});

describe('X7: what falls compensates exactly the entries that rested on it', () => {
  const compensation = (cause: string) => ({ subject, cause, because: id('e'), compensatedOn: DAY, basis });

  test('a corrected result its own, where it had one', () => {
    expect(compensateOn.targets(corrected(true))).toEqual([compensation(CAUSE)]);
    expect(compensateOn.targets(corrected(false))).toEqual([]);
  });

  test.each([[[]], [[id('1')]], [[id('1'), id('2')]]])('a cancelled rectification those of its order and its failure: %o', (entered: string[]) => {
    const cancelled = heard(RectificationCancelled, { ...rectified, was: 'failed', entered, cancelledOn: DAY, basis });
    expect(compensateOn.targets(cancelled)).toEqual(entered.map(compensation));
  });

  test('a restored item that of its striking off', () => {
    const restored = heard(BusinessScopeRestored, { ...struck, cancelled: CAUSE, registered: true, restoredOn: DAY, basis });
    expect(compensateOn.targets(restored)).toEqual([compensation(CAUSE)]);
  });
});
