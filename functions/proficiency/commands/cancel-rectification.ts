import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { ConsecutiveFailureRevoked, RectificationCancelled } from '../../../events/proficiency.ts';
import { command } from '../../kernel/command.ts';
import { planIn, REVOCATION } from '../articles.ts';
import { rectification } from '../rectification.ts';

const { institution, item, year, bureau, registrar } = ConsecutiveFailureRevoked.data.shape;

/** 撤销限期整改: kept also where it has not been drawn up yet (rule X7). */
export default command({
  name: 'proficiency/cancel-rectification',
  title: '撤销限期整改',
  aggregate: rectification,
  input: z.strictObject({ rectification: opaqueId, institution, item, year, bureau, registrar }),
  who: 'system',
  key: (input) => input.rectification,
  decide: (state, input, { occurredOn, policy }) =>
    state.status === 'cancelled'
      ? []
      : [
          RectificationCancelled.of({
            ...input,
            was: state.status,
            entered: [...state.entered],
            cancelledOn: occurredOn,
            basis: planIn(policy, REVOCATION),
          }),
        ],
});
