import * as z from 'zod';
import type { Json } from '../../kernel/ports.ts';
import { type PageRequest, page, pageParameters, type QueryContext, query } from '../../kernel/query.ts';
import { placeOf } from '../circular.ts';
import { issuedOrAddressed } from '../relations.ts';

type Head = { readonly [key: string]: Json } & { readonly named: readonly string[] };

/** Those of the place that name the institution; where a page holds none, the next is read. */
async function naming(views: QueryContext['views'], institution: string, { cursor, limit }: PageRequest) {
  for (let from = cursor; ; ) {
    const { items, next } = await page(views, 'interference/circulars-naming', placeOf(institution), { cursor: from, limit }, 'newest-first');
    const own = (items as Head[]).filter(({ named }) => named.includes(institution)).map(({ named: _, ...head }) => head);
    if (own.length > 0 || next === null) return { items: own, next };
    from = next;
  }
}

/** 情况通报一览, newest first: what a bureau has issued; to an institution, what names it. */
export default query({
  name: 'interference/circulars',
  title: '情况通报一览',
  parameters: z.strictObject(pageParameters),
  who: [
    { kind: 'justice-bureau', roles: ['officer', 'leader'], relation: issuedOrAddressed },
    { kind: 'institution', roles: ['head', 'staff'], relation: issuedOrAddressed },
  ],
  read: ({ cursor, limit }, { views, actor }) =>
    actor.kind === 'institution'
      ? naming(views, actor.agency, { cursor, limit })
      : page(views, 'interference/circulars', actor.agency, { cursor, limit }, 'newest-first'),
});
