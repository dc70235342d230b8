import * as z from 'zod';
import { basis } from './basis.ts';
import { agencyId, day, opaqueId, shortText } from './common.ts';
import { defineEvent } from './event.ts';
import { defineFact } from './fact.ts';

export const NoticeSent = defineEvent({
  context: 'notifications',
  name: 'NoticeSent',
  title: '通知已送达收件箱',
  means: 'A notice lies in the inbox of an agency: why, by which article, and what was withheld.',
  data: z.object({
    /** Event that the agency is told of. */
    about: opaqueId,
    event: z.string().max(80),
    recipient: agencyId,
    /** `system` where no agency stands behind it: a service alert, or a report whose sender is withheld. */
    sender: agencyId,
    /** What the recipient is asked to do, 中文. */
    purpose: shortText,
    /** What the notice leaves out, 中文. */
    withheld: z.array(shortText).max(20),
    /** Open particulars that the recipient needs: case number, institution, dates. */
    particulars: z.record(z.string(), z.string().max(400)),
    /** 应当签收 */
    mustSign: z.boolean(),
    sentOn: day,
    basis,
  }),
});

export const NoticeSignedFor = defineEvent({
  context: 'notifications',
  name: 'NoticeSignedFor',
  title: '通知已签收',
  means: 'The recipient has signed for a notice.',
  data: z.object({ about: opaqueId, recipient: agencyId, mustSign: z.boolean(), signedOn: day }),
});

/** 通知 */
export const NoticeFact = defineFact('notifications/notice', '通知', z.object({ signedOn: day.nullable() }));
