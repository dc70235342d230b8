import * as z from 'zod';
import { opaqueId } from '../../../events/common.ts';
import { CircularIssued } from '../../../events/interference.ts';
import { notFound } from '../../kernel/decision.ts';
import type { Json } from '../../kernel/ports.ts';
import { query } from '../../kernel/query.ts';
import { type CircularDocument, circularPage } from '../circular-page.ts';
import { issuedOrAddressed } from '../relations.ts';
import { agencyOf, institutionOf } from './views/statistics.ts';

/** 情况通报 as it was issued, with the names of today: to the bureau that issued it and to each institution that it names; to others it does not exist. */
export default query({
  name: 'interference/circular',
  title: '情况通报',
  parameters: z.strictObject({ circular: opaqueId }),
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader'], relation: issuedOrAddressed },
    { kind: 'institution', roles: ['head', 'staff'], relation: issuedOrAddressed },
  ],
  read: async ({ circular: id }, { views, actor: { agency } }) => {
    const row = await views.row('interference/circular', id, id);
    const document = row && CircularIssued.data.parse(row.item);
    if (!document || (document.bureau !== agency && !document.lines.some(({ institution }) => institution === agency)))
      return notFound('情况通报', '/circular');
    const [bureau, institutions] = await Promise.all([
      agencyOf(views, document.bureau),
      Promise.all(document.lines.map(({ institution }) => institutionOf(views, institution))),
    ]);
    return {
      ...document,
      bureauName: bureau?.name ?? document.bureau,
      lines: document.lines.map((line, at) => ({ ...line, name: institutions[at]?.name ?? line.institution })),
    } as unknown as Json;
  },
  page: (answer) => circularPage(answer as unknown as CircularDocument),
});
