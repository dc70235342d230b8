import { RecordDisclosed } from '../../events/interference.ts';
import { aggregate } from '../kernel/aggregate.ts';

/**
 * 调阅 of a record, one stream a reading: in the record's own stream it would move the version, which the institution is told when it signs,
 * and so tell it that the bureau has looked.
 */
export const recordReading = aggregate({
  name: 'interference/record-reading',
  title: '记录表的调阅',
  initial: null,
  events: [RecordDisclosed],
  evolve: { RecordDisclosed: (state) => state },
  keyScope: ([number]) => `case/${number}`,
});
