import type * as z from 'zod';
import { itemTitle } from '../../events/items.ts';
import type { ProficiencyFact } from '../../events/proficiency.ts';
import type { InstitutionFact } from '../../events/registry.ts';
import { type Refusal, refuse } from '../kernel/decision.ts';
import type { Policy } from '../policy/policy.ts';
import { OUT_OF_SCOPE, STOPPED } from './articles.ts';

/** 鉴定项目 that is asked for, and what the proficiency tests say of the institution in it; `undefined`: it has no record in it. */
export interface Asked {
  readonly item: string;
  readonly record: z.infer<typeof ProficiencyFact.schema> | undefined;
}

/** 不得受理: the first item that the institution must not accept, by its scope (rule Q-2 ①) or by its failed test (rule P-4). */
export function mustNotAccept(
  asked: readonly Asked[],
  { scopes }: Pick<z.infer<typeof InstitutionFact.schema>, 'scopes'>,
  { proficiency }: Pick<Policy, 'proficiency'>,
): Refusal | undefined {
  for (const [at, { item, record }] of asked.entries()) {
    const pointer = `/items/${at}`;
    if (!scopes.includes(item))
      return refuse('out_of_scope', `${itemTitle(item)}不在贵机构现登记的业务范围内，不得受理`, OUT_OF_SCOPE, {
        cure: '不予受理并书面说明理由，或者只受理业务范围内的鉴定项目',
        pointer,
      });
    const failed = record?.unresolved ?? null;
    if (proficiency.commissionsStopAfterFailure && failed !== null)
      return refuse('item_stopped', `${itemTitle(item)}在${failed}年度能力验证中不合格，补测合格前不得受理新的委托`, STOPPED, {
        cure: '补测合格后恢复受理',
        pointer,
      });
  }
  return undefined;
}
