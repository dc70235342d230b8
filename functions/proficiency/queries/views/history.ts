import { notFound, type Refusal } from '../../../kernel/decision.ts';
import type { QueryContext } from '../../../kernel/query.ts';
import { type History, historyRow, told } from '../../history.ts';

/** 能力验证记录 of one institution in one item. */
export async function historyOf(views: Pick<QueryContext['views'], 'row'>, institution: string, item: string): Promise<History | Refusal> {
  const row = await views.row('proficiency/history', institution, item);
  return row ? told(historyRow.parse(row.item)) : notFound('能力验证记录', '/item');
}
