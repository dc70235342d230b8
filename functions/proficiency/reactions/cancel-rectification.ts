import { ConsecutiveFailureRevoked } from '../../../events/proficiency.ts';
import { reaction } from '../../kernel/reaction.ts';
import cancelRectification from '../commands/cancel-rectification.ts';

/** The two year no longer stand → the rectification does not either. */
export default reaction({
  name: 'proficiency/cancel-rectification',
  title: '结果更正后撤销限期整改',
  hears: [ConsecutiveFailureRevoked],
  since: '2020-07-01',
  command: cancelRectification,
  targets: ({ data: { detected, institution, item, year, bureau, registrar } }) => [{ rectification: detected, institution, item, year, bureau, registrar }],
});
