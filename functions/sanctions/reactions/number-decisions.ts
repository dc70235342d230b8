import { RectificationOrdered } from '../../../events/proficiency.ts';
import { CancellationDecided } from '../../../events/registry.ts';
import { reaction } from '../../kernel/reaction.ts';
import numberDecision from '../commands/number-decision.ts';

/** An order to rectify, a decision on striking off → each has a number in its series (rule X12). */
export default reaction({
  name: 'sanctions/number-decisions',
  title: '责令整改、决定注销后编文号',
  hears: [RectificationOrdered, CancellationDecided],
  since: '2020-07-01',
  atOnce: 2,
  command: numberDecision,
  targets: ({ id, name, data }) => {
    const { institution, item, bureau, registrar, basis } = data;
    const decision =
      name === 'RectificationOrdered'
        ? {
            bureau,
            toTell: registrar === null ? [] : [registrar],
            matter: data.rectification,
            document: { kind: 'rectification' as const, failedYear: data.year, dates: data.dates },
            decidedOn: data.orderedOn,
          }
        : {
            bureau: data.registrar,
            toTell: [bureau],
            matter: data.cancellation,
            document: { kind: 'cancellation' as const, outcome: data.outcome },
            decidedOn: data.decidedOn,
          };
    return [{ ...decision, of: id, institution, item, basis, toTell: decision.toTell.filter((agency) => agency !== decision.bureau) }];
  },
});
