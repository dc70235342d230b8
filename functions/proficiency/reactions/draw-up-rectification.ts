import { ConsecutiveFailureDetected } from '../../../events/proficiency.ts';
import { reaction } from '../../kernel/reaction.ts';
import drawUpRectification from '../commands/draw-up-rectification.ts';

/** Two consecutive year failed → an order to rectify lies drawn up on the bureau's desk. */
export default reaction({
  name: 'proficiency/draw-up-rectification',
  title: '连续两年不合格后拟办责令整改',
  hears: [ConsecutiveFailureDetected],
  since: '2020-07-01',
  command: drawUpRectification,
  targets: ({ id, data: { institution, item, year, bureau, registrar } }) => [{ rectification: id, institution, item, year, bureau, registrar }],
});
