import type { Basis } from '../../events/basis.ts';

export const TWO_APPRAISERS: Basis = { document: '司法鉴定程序通则（司法部令第132号）', article: '第十九条', status: 'law' };

export const ACCEPTANCE: Basis = { document: '司法鉴定程序通则（司法部令第132号）', article: '第十一条', status: 'law' };
export const APPRAISERS_OF_INSTITUTION: Basis = { document: '司法鉴定程序通则（司法部令第132号）', article: '第十八条', status: 'law' };
