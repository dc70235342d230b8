import { RectificationCancelled } from '../../../events/proficiency.ts';
import { reaction } from '../../kernel/reaction.ts';
import withdrawCancellation from '../commands/withdraw-cancellation.ts';

/** The rectification no longer stands → neither does the procedure that rested on it. */
export default reaction({
  name: 'registry/withdraw-cancellation',
  title: '限期整改撤销后撤销注销程序',
  hears: [RectificationCancelled],
  since: '2020-07-01',
  command: withdrawCancellation,
  targets: ({ data: { rectification } }) => [{ cancellation: rectification }],
});
