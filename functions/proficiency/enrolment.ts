import type * as z from 'zod';
import { InstitutionFact } from '../../events/registry.ts';
import { type Fact, type FactRequest, need } from '../kernel/command.ts';
import { type Refusal, refuse } from '../kernel/decision.ts';
import { IN_SCOPE } from './articles.ts';

type Institution = z.infer<typeof InstitutionFact.schema>;

/** 参加机构, each as it is registered. */
export const enrolledFacts = (institutions: readonly string[]): Readonly<Record<string, FactRequest<Institution>>> =>
  Object.fromEntries(institutions.map((each, at) => [at, need(InstitutionFact, each, `/institutions/${at}`)]));

/** Whoever owes a result is registered for the item: an absence from what it does not do is none. */
export function notRegistered(item: string, institutions: readonly string[], facts: Readonly<Record<string, Fact<Institution>>>): Refusal | undefined {
  const at = institutions.findIndex((_, index) => !facts[index]?.state.scopes.includes(item));
  if (at < 0) return undefined;
  return refuse('item_not_registered', '该机构没有登记该鉴定项目', IN_SCOPE, {
    cure: '核对机构和项目代码，去掉没有登记该项目的机构',
    pointer: `/institutions/${at}`,
  });
}
