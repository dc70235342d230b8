import { CancellationWithdrawn } from '../../../events/registry.ts';
import { reaction } from '../../kernel/reaction.ts';
import restoreScope from '../commands/restore-scope.ts';

/** The procedure is withdrawn after it had struck off → the item is registered again. */
export default reaction({
  name: 'registry/restore-scope',
  title: '注销程序撤销后恢复鉴定业务',
  hears: [CancellationWithdrawn],
  since: '2020-07-01',
  command: restoreScope,
  targets: ({ data: { restores, cancellation, institution, item, bureau, registrar } }) =>
    restores ? [{ cancellation, institution, item, bureau, registrar }] : [],
});
