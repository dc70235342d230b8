import { cite } from '../../events/documents.ts';

/** What the text does not say of notices, and how it was read. */
export const NOTICES = {
  reply: cite('interference-provisions', '第八条', '没有规定对通知的答复；收件单位可以书面答复发出单位，应当签收的先签收'),
  disclose: cite('interference-provisions', '第十条', '答复内容只供发出单位依工作需要查阅，每次查阅留痕'),
} as const;
