import * as z from 'zod';
import { opaqueId, shortText } from '../../../events/common.ts';
import { FindingWithdrawn, ladderKey, OrderFact, subject } from '../../../events/sanctions.ts';
import { command, need } from '../../kernel/command.ts';
import { conflict, isRefusal, notFound } from '../../kernel/decision.ts';
import { WITHDRAWAL } from '../articles.ts';
import { ofFindingBureau } from '../relations.ts';
import { standingMeasures, stands, subjectLadder } from '../subject.ts';
import { compensationOf } from '../withdrawal.ts';

/** 撤回认定: compensates exactly what rested on the finding; nothing is deleted. */
export default command({
  name: 'sanctions/withdraw-finding',
  title: '撤回认定',
  aggregate: subjectLadder,
  input: z.strictObject({ subject, finding: opaqueId, reason: shortText }),
  who: [{ kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofFindingBureau }],
  key: (input) => ladderKey(input.subject),
  facts: (input) => ({ order: need(OrderFact, input.finding, '/finding') }),
  decide: (state, { finding, subject: of, reason }, { facts, actor, occurredOn }) => {
    const { issued } = facts.order.state;
    if (!issued || ladderKey(issued.subject).join() !== ladderKey(of).join()) return notFound('认定', '/finding');
    const { breach, acts, institution } = issued;
    if (!stands(state, { finding, subject: of, breach })) return conflict('finding_withdrawn', '该认定已撤回', '/finding');
    const measures = standingMeasures(state, { finding, subject: of, breach, measures: issued.measures });
    const compensation = compensationOf(state.counts, { finding, subject: of, breach, acts, measures });
    if (isRefusal(compensation)) return compensation;
    return [
      FindingWithdrawn.of(
        {
          finding,
          subject: of,
          institution,
          bureau: actor.agency,
          breach,
          acts,
          measures: [...compensation.measures],
          released: compensation.released.map((each) => ({ ...each, measures: [...each.measures] })),
          reviewLater: compensation.reviewLater,
          withdrawnOn: occurredOn,
          basis: WITHDRAWAL,
        },
        { reason },
      ),
    ];
  },
});
