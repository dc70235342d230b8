import * as z from 'zod';
import { caseNumber, day, opaqueId, personId } from '../../../events/common.ts';
import { protectionKind } from '../../../events/interference.ts';
import type { Json } from '../../kernel/ports.ts';
import { query } from '../../kernel/query.ts';
import { OWN_PROTECTION } from '../protection.ts';
import { SIGNED_ROWS } from '../record.ts';
import { oneself } from '../relations.ts';
import { OWN_REPORT, reportKey } from '../report.ts';

const signed = z.array(z.object({ row: opaqueId, signer: personId, signedOn: day }));

/**
 * 本人记录与报告 in a case: the rows that one has signed, what one has reported of each and how it stands, who opened that report or one's
 * identity and to what end (第九条、第十条), and what came of a request for protection. Nobody else finds them: the numbers are made of one's own.
 */
export default query({
  name: 'interference/own-records',
  title: '本人记录与报告',
  parameters: z.strictObject({ case: caseNumber }),
  who: [{ kind: 'institution', roles: ['appraiser', 'staff', 'head'], relation: oneself }],
  read: async ({ case: number }, { views, actor, pseudonym }) => {
    const found = await views.row(SIGNED_ROWS, number, 'rows');
    const itemAt = async (listing: string, partition: string): Promise<Json> => (await views.row(listing, partition, 'state'))?.item ?? null;
    const items = signed.parse(found?.item.rows ?? []).map(async ({ row, signer, signedOn }) => {
      const reports = (['institution', 'bureau'] as const).map((to) => itemAt(OWN_REPORT, reportKey(pseudonym, { row, to, reporter: actor.person })));
      const protections = protectionKind.options.map((kind) => itemAt(OWN_PROTECTION, pseudonym('protection', `${row} ${kind} ${actor.person}`)));
      const [reported, sought] = await Promise.all([Promise.all(reports), Promise.all(protections)]);
      const own = signer === actor.person || reported.some((each) => each !== null);
      return own ? [{ row, signedOn, reports: reported.filter((each) => each !== null), protections: sought.filter((each) => each !== null) }] : [];
    });
    return { items: (await Promise.all(items)).flat(), next: null };
  },
});
