import * as z from 'zod';
import { basis } from './basis.ts';
import { agencyId, day, opaqueId } from './common.ts';
import { defineEvent } from './event.ts';
import { subject } from './sanctions.ts';

export const EntryOpened = defineEvent({
  context: 'integrity',
  name: 'EntryOpened',
  title: '已记入诚信档案',
  means: 'An entry stands in the integrity file of a subject, with its cause and its basis.',
  restsOn: { 'interference-provisions': ['第十一条'], 'jian-reform-plan': ['第12项'], 'excellence-opinions': ['第14条'] },
  data: z.object({
    subject,
    institution: agencyId,
    /** Finding that it rests on; with the subject it names the entry. */
    cause: opaqueId,
    /** What it is about, such as `BreachFound/did-not-record`. */
    about: z
      .string()
      .max(80)
      .meta({ title: '记入事由', examples: ['BreachFound/did-not-record'] }),
    enteredOn: day,
    basis,
  }),
});

export const EntryCompensated = defineEvent({
  context: 'integrity',
  name: 'EntryCompensated',
  title: '诚信档案记录已更正',
  means: 'An entry no longer counts, because what it rested on was withdrawn. It is never deleted.',
  restsOn: { 'interference-provisions': ['第十一条'], 'jian-reform-plan': ['第12项'], 'excellence-opinions': ['第14条'] },
  data: z.object({
    subject,
    cause: opaqueId,
    /** Event by which the cause was withdrawn. */
    because: opaqueId,
    compensatedOn: day,
    basis,
  }),
});
