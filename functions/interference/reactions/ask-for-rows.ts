import { CaseConcluded } from '../../../events/commissions.ts';
import { reaction } from '../../kernel/reaction.ts';
import askForRows from '../commands/ask-for-rows.ts';

/** 要求补签: who was assigned and has signed no row is asked for one as soon as the case is concluded. */
export default reaction({
  name: 'interference/ask-for-rows',
  title: '办结后要求补签干预情况记录',
  hears: [CaseConcluded],
  since: '2020-07-01',
  command: askForRows,
  targets: ({ data: { case: number, institution, appraisers, concludedOn } }) => [{ case: number, institution, appraisers, concludedOn }],
});
