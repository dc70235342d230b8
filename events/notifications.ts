import * as z from 'zod';
import { basis } from './basis.ts';
import { agencyId, day, longText, opaqueId, shortText } from './common.ts';
import { defineEvent } from './event.ts';
import { defineFact } from './fact.ts';

export const NoticeSent = defineEvent({
  context: 'notifications',
  name: 'NoticeSent',
  title: '通知已送达收件箱',
  means: 'A notice lies in the inbox of an agency: why, by which article, and what was withheld.',
  restsOn: {
    'interference-provisions': ['第四条', '第五条', '第六条', '第七条', '第八条', '第九条', '第十条', '第十一条', '印发通知第二段'],
    'jian-reform-plan': ['第12项'],
    'excellence-opinions': ['第14条'],
    'data-security-law': ['第二十七条'],
  },
  data: z.object({
    /** Event that the agency is told of. */
    about: opaqueId,
    event: z.string().max(80),
    recipient: agencyId,
    /** `system` where no agency stands behind it: a service alert, or a report whose sender is withheld. */
    sender: agencyId,
    /** What the recipient is asked to do, 中文. */
    purpose: shortText.meta({ title: '事由' }),
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
  restsOn: '条文没有规定签收，由收件单位确认收到',
  data: z.object({ about: opaqueId, recipient: agencyId, mustSign: z.boolean(), signedOn: day.meta({ title: '签收日期' }) }),
});

export const NoticeReminded = defineEvent({
  context: 'notifications',
  name: 'NoticeReminded',
  title: '通知已催办签收',
  means: 'A notice that is to be signed for was not by the reminder’s day: it stands out in the inbox, and no second one is sent.',
  restsOn: { 'interference-provisions': ['第八条'] },
  data: z.object({ about: opaqueId, recipient: agencyId, remindedOn: day, basis }),
});

export const NoticeEscalated = defineEvent({
  context: 'notifications',
  name: 'NoticeEscalated',
  title: '通知逾期未签收已上报',
  means: 'A notice that is to be signed for was not for days: the recipient’s superior and the sender are told so. Of what it was about nothing stands here.',
  restsOn: { 'interference-provisions': ['第八条'] },
  data: z.object({
    about: opaqueId,
    recipient: agencyId,
    sender: agencyId,
    /** 上级机关 or 主管单位 of the recipient; `null` where the directory names none. */
    superior: agencyId.nullable(),
    sentOn: day,
    /** Day on which it was found to be not signed for. */
    escalatedOn: day,
    basis,
  }),
});

export const NoticeReplied = defineEvent({
  context: 'notifications',
  name: 'NoticeReplied',
  title: '通知已答复',
  means: 'The recipient has replied to who sent a notice. What the reply says is restricted.',
  restsOn: { 'interference-provisions': ['第八条'] },
  data: z.object({
    about: opaqueId,
    event: z.string().max(80),
    /** Who replies: the notice’s recipient. */
    recipient: agencyId,
    /** Whom the reply is for: the notice’s sender. */
    sender: agencyId,
    repliedOn: day,
    basis,
  }),
  restricted: z.object({ text: longText }),
});

export const ReplyDisclosed = defineEvent({
  context: 'notifications',
  name: 'ReplyDisclosed',
  title: '答复内容已依权限查阅',
  means: 'Replies to a notice were opened: when, to which role of the agency that sent it, and, restricted itself, why.',
  restsOn: { 'interference-provisions': ['第十条'] },
  data: z.object({ about: opaqueId, recipient: agencyId, toAgency: agencyId, toRole: z.string(), disclosedOn: day, basis }),
  restricted: z.object({ purpose: shortText }),
});

/** 通知 */
export const NoticeFact = defineFact('notifications/notice', '通知', z.object({ signedOn: day.nullable() }));
