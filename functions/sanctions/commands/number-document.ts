import { AgencyFact } from '../../../events/agencies.ts';
import { InstitutionFact } from '../../../events/registry.ts';
import { DocumentNumbered } from '../../../events/sanctions.ts';
import { command, lookUp } from '../../kernel/command.ts';
import { numberText, series, seriesWord } from '../series.ts';

/** 编文号 (rule X12): the next of its series, in order of arrival. An event is numbered once, by the reaction's receipt. */
export default command({
  name: 'sanctions/number-document',
  title: '编文号',
  aggregate: series,
  input: DocumentNumbered.data.omit({ number: true, issuedBy: true, issuedTo: true, series: true, year: true, ordinal: true }),
  who: 'system',
  key: ({ bureau, document, decidedOn }) => [bureau, document.kind, decidedOn.slice(0, 4)],
  facts: ({ bureau, institution }) => ({ bureau: lookUp(AgencyFact, bureau), institution: lookUp(InstitutionFact, institution) }),
  decide: ({ next: ordinal }, input, { facts, policy }) => {
    const issuedBy = facts.bureau.state?.name ?? input.bureau;
    const issuedTo = facts.institution.state?.name ?? input.institution;
    const word = seriesWord(policy.documentSeries, { bureau: input.bureau, name: issuedBy, kind: input.document.kind });
    const number = { series: word, year: Number(input.decidedOn.slice(0, 4)), ordinal };
    return [DocumentNumbered.of({ ...input, ...number, number: numberText(number), issuedBy, issuedTo })];
  },
});
