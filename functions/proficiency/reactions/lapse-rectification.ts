import { DeadlinePassed } from '../../../events/deadlines.ts';
import { reaction } from '../../kernel/reaction.ts';
import { parseStream } from '../../kernel/stream.ts';
import lapseRectification from '../commands/lapse-rectification.ts';

/** The order's last day has passed with nothing submitted → the rectification failed. */
export default reaction({
  name: 'proficiency/lapse-rectification',
  title: '期满后记录未提交整改情况',
  hears: [DeadlinePassed],
  since: '2020-07-01',
  command: lapseRectification,
  targets: ({ data: { kind, source } }) => {
    const [rectification] = parseStream(source).key;
    return kind === 'rectify' && rectification !== undefined ? [{ rectification }] : [];
  },
});
