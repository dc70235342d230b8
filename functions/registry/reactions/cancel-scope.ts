import { CancellationDecided } from '../../../events/registry.ts';
import { reaction } from '../../kernel/reaction.ts';
import cancelScope from '../commands/cancel-scope.ts';

/** Decided to strike off → the item leaves the institution’s scope, and those whom the roster concerns are told. */
export default reaction({
  name: 'registry/cancel-scope',
  title: '决定注销后注销鉴定业务',
  hears: [CancellationDecided],
  since: '2020-07-01',
  command: cancelScope,
  targets: ({ data: { outcome, cancellation, institution, item, bureau, registrar } }) =>
    outcome === 'cancel' ? [{ cancellation, institution, item, bureau, registrar }] : [],
});
