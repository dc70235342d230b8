import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { itemTitle } from '../../../events/items.ts';
import { RectificationFact } from '../../../events/proficiency.ts';
import { CancellationApplied, InstitutionFact } from '../../../events/registry.ts';
import { command, need } from '../../kernel/command.ts';
import { conflict, refuse } from '../../kernel/decision.ts';
import { isBinding } from '../../policy/policy.ts';
import { APPLICATION, planIn } from '../articles.ts';
import { cancellation } from '../cancellation.ts';
import { ofRectifyingBureau } from '../relations.ts';

/** 申请注销相应鉴定业务: the supervising bureau's officer finds that the failed rectification calls for it; once, and only where the draft was adopted (rules P-2, X10). */
export default command({
  name: 'registry/apply-for-cancellation',
  title: '申请注销相应鉴定业务',
  aggregate: cancellation,
  input: z.strictObject({ rectification: opaqueId }),
  who: [{ kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofRectifyingBureau }],
  key: ({ rectification }) => rectification,
  facts: ({ rectification }) => ({ rectification: need(RectificationFact, rectification, '/rectification', { guard: true }) }),
  moreFacts: ({ facts }) => ({ institution: need(InstitutionFact, facts.rectification.state.institution, '/rectification', { guard: true }) }),
  decide: (state, { rectification: id }, { facts, more, occurredOn, policy }) => {
    const { status, item, institution, bureau } = facts.rectification.state;
    const { scopes, registeredBy: registrar } = more.institution.state;
    const pointer = '/rectification';
    if (status === 'cancelled') return conflict('rectification_cancelled', '两个年度的结果已更正，限期整改已撤销', pointer);
    if (state) return conflict('already_applied', '已就该项整改申请注销', pointer);
    if (status !== 'failed')
      return refuse('rectification_not_failed', '限期整改没有未通过的结论，不能申请注销', planIn(policy, APPLICATION), {
        cure: '先核实整改情况，或者待整改期满',
        pointer,
      });
    if (!isBinding('jian-reform-plan', policy))
      return refuse('not_adopted', '本省尚未采用该征求意见稿，不能据此申请注销', planIn(policy), {
        cure: '待本省发布采用文件后再申请；在此之前可以依照其他有效规定处理',
        pointer,
      });
    if (!scopes.includes(item))
      return refuse('item_not_registered', `该机构现在没有登记“${itemTitle(item)}”，无可注销`, planIn(policy, APPLICATION), { pointer });
    if (registrar === undefined)
      return refuse('registrar_unknown', '该机构的登记没有载明登记机关，不知应向哪个机关申请', planIn(policy, APPLICATION), {
        cure: '报请省级司法行政机关查明并依法办理；本系统不推定登记机关',
        pointer,
      });
    return [CancellationApplied.of({ cancellation: id, institution, item, bureau, registrar, appliedOn: occurredOn, basis: planIn(policy, APPLICATION) })];
  },
});
