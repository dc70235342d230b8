import * as z from 'zod';
import { agencyId, opaqueId } from '../../../events/common.ts';
import { correctionCause, itemCode, ProficiencyResultCorrected } from '../../../events/proficiency.ts';
import { InstitutionFact } from '../../../events/registry.ts';
import { command, need } from '../../kernel/command.ts';
import { conflict, notFound } from '../../kernel/decision.ts';
import { CORRECTION } from '../articles.ts';
import { reportedResult as result, year } from '../inputs.ts';
import { record, withYear, yearOf } from '../record.ts';
import { ofReportingProvider } from '../relations.ts';
import { chainEvents, concernedBy, outOfPlace, resultOf } from '../results.ts';

/** 更正能力验证结果: names the first, which stays in the ledger; what had followed from it is compensated by events of the same commit and theirs. */
export default command({
  name: 'proficiency/correct-result',
  title: '更正能力验证结果',
  aggregate: record,
  input: z.strictObject({
    institution: agencyId,
    item: itemCode,
    year,
    /** Event of the result that was wrong. */
    corrects: opaqueId.meta({ title: '被更正结果的事件编号' }),
    cause: correctionCause.meta({ title: '更正原因' }),
    /** What stands in its place; `null`: nothing (作废). */
    result: result.nullable(),
  }),
  who: [{ kind: 'provider', roles: ['clerk'], relation: ofReportingProvider }],
  key: ({ institution, item }) => [institution, item],
  facts: ({ institution }) => ({ institution: need(InstitutionFact, institution, '/institution') }),
  decide: (state, { item, year: of, corrects, cause, result: reported }, { facts, actor, occurredOn, policy }) => {
    const institution = facts.institution.state;
    const about = { institution, item, year: of, provider: actor.agency, on: occurredOn, policy };
    const misplaced = outOfPlace(about);
    if (misplaced) return misplaced;
    const { test } = yearOf(state, of);
    if (!test) return notFound('能力验证结果', '/year');
    if (test.event !== corrects) return conflict('result_moved_on', '该结果已被更正，请先查看现有结果', '/corrects');
    const replaced = reported === null ? undefined : resultOf(reported, about);
    if (replaced && 'refused' in replaced) return replaced;
    const corrected = ProficiencyResultCorrected.of({
      institution: institution.uscc,
      item,
      year: of,
      provider: actor.agency,
      ...concernedBy(institution),
      corrects,
      was: test.verdict,
      now: replaced?.test.verdict ?? null,
      enteredFile: test.entersFile,
      cause,
      correctedOn: occurredOn,
      basis: CORRECTION,
    });
    const after = withYear(state, of, { test: replaced ? { ...replaced.test, event: '' } : null });
    return [corrected, ...(replaced ? [replaced.event] : []), ...chainEvents(after, about)];
  },
});
