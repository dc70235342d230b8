import { cite } from '../../events/documents.ts';

/** The text says that agencies are told, and not by which way. */
export const DELIVERED = cite(
  'interference-provisions',
  '第八条',
  '没有规定告知、通报的方式；单位登记接收端点的，通知在送达收件箱的同时投递到该端点，是否送达、签收仍以收件箱为准',
);
