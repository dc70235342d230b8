import * as z from 'zod';
import { CaseFact } from '../../../events/commissions.ts';
import { caseNumber, shortText } from '../../../events/common.ts';
import { type RecordContent, RecordDisclosed, RecordFact, RecordRowSigned, ReportFact } from '../../../events/interference.ts';
import { InstitutionFact } from '../../../events/registry.ts';
import { command, type Fact, lookUp, need } from '../../kernel/command.ts';
import type { Actor } from '../../kernel/identity.ts';
import { streamName } from '../../kernel/stream.ts';
import { RECORD } from '../articles.ts';
import { type PrintedForm, printedForm } from '../printed-form.ts';
import { readerOf, shownRows } from '../reading.ts';
import { recordPage } from '../record-page.ts';
import { recordReading } from '../record-reading.ts';
import { ofCaseBureau, ofCaseInstitution } from '../relations.ts';
import { reportKey } from '../report.ts';

type Report = z.infer<typeof ReportFact.schema>;
type Record = z.infer<typeof RecordFact.schema>;

const rowsOf = (record: Fact<Record | undefined>) => record.state?.rows ?? [];

/** Reports by row stand beside the institution. What its reporter has withdrawn the institution has no more. */
function shownTo(actor: Actor, record: Fact<Record | undefined>, { institution: _, ...reports }: Readonly<{ [name: string]: Fact<unknown> }>) {
  const reached = new Set(
    Object.entries(reports as { [row: string]: Fact<Report | undefined> })
      .filter(([, { state }]) => state !== undefined && state.status !== 'withdrawn')
      .map(([row]) => row),
  );
  return shownRows(rowsOf(record), { reader: readerOf(actor), person: actor.person, reached });
}

/**
 * 调阅记录表: the form with what the reader may see of it, as data or as a page to be printed; leaves who, when, why.
 *
 * Which reports reached the institution is looked up row by row, and that it was looked up is not recorded: it would tell which rows were reported.
 */
export default command({
  name: 'interference/disclose-record',
  title: '调阅干预司法鉴定活动记录表',
  aggregate: recordReading,
  input: z.strictObject({ case: caseNumber, purpose: shortText }),
  who: [
    { kind: 'institution', roles: ['appraiser', 'staff', 'head'], relation: ofCaseInstitution },
    { kind: 'justice-bureau', roles: ['officer', 'leader'], relation: ofCaseBureau },
  ],
  key: (input, { callId }) => [input.case, callId],
  facts: (input) => ({ case: need(CaseFact, input.case, '/case'), record: lookUp(RecordFact, input.case) }),
  moreFacts: ({ facts }, { actor, pseudonym }) => ({
    ...Object.fromEntries(
      (readerOf(actor) === 'institution' ? rowsOf(facts.record) : []).map(({ row, signer }) => [
        row,
        lookUp(ReportFact, reportKey(pseudonym, { row, to: 'institution', reporter: signer }), { withheld: true }),
      ]),
    ),
    institution: need(InstitutionFact, facts.case.state.institution, '/case'),
  }),
  decide: (_, { purpose }, { facts, more, actor }) => {
    const { case: number, institution } = facts.case.state;
    const toRole = (['leader', 'officer', 'head', 'staff'] as const).find((role) => actor.roles.includes(role)) ?? 'appraiser';
    return [
      RecordDisclosed.of(
        { case: number, institution, toAgency: actor.agency, toRole, basis: RECORD.disclosed },
        { purpose, rows: [...shownTo(actor, facts.record, more)] },
      ),
    ];
  },
  discloses: {
    streams: ({ input }) => [streamName('interference/record', [input.case])],
    answer: (opened, { facts, more, actor }) => {
      const shown = shownTo(actor, facts.record, more);
      const rows = rowsOf(facts.record);
      // Rows stand in the stream in the order of the state, which may be a row behind.
      const signed = opened.filter(({ name }) => name === RecordRowSigned.name).slice(0, rows.length);
      const contents = signed.map(({ restricted }, at) => [rows[at]?.row ?? '', (restricted as unknown as { content: RecordContent }).content] as const);
      return printedForm(facts.case.state, rows, new Map(contents.filter(([row]) => shown.has(row))));
    },
    page: (answer) => recordPage(answer as unknown as PrintedForm),
  },
});
