import { cite } from '../../events/documents.ts';
import type { RectificationStatus } from '../../events/proficiency.ts';
import { fact } from '../support/given.ts';
import { id } from '../support/heard.ts';
import { actor, BUREAU, INSTITUTION, ITEM, REGISTRAR, registered as registeredFor } from '../support/made-institution.ts';

export { ADOPTED, BUREAU, DAY, head, INSTITUTION, ITEM, NOT_ADOPTED, officer, otherHead, otherOfficer, REGISTRAR } from '../support/made-institution.ts';

export const OTHER_ITEM = 'medicine-0202';
export const ID = id('d');
export const basis = cite('jian-reform-plan', '第12项');

export const of = { cancellation: ID, institution: INSTITUTION, item: ITEM, bureau: BUREAU, registrar: REGISTRAR };

export const rectified = (status: RectificationStatus = 'failed', bureau = BUREAU) =>
  fact({
    rectification: ID,
    institution: INSTITUTION,
    item: ITEM,
    bureau,
    registrar: REGISTRAR,
    status,
    submitted: true,
    decided: true,
    fault: status === 'failed' ? 'not-in-place' : null,
  });

/** Registered for two items. */
export const registered = (change: Parameters<typeof registeredFor>[0] = {}) => registeredFor({ scopes: [ITEM, OTHER_ITEM], ...change });

export const registrar = actor(REGISTRAR, 'justice-bureau', 'registrar', '360000');
/** Of a province-level bureau that has not registered the institution. */
export const otherRegistrar = actor('made-second-bureau', 'justice-bureau', 'registrar', '360000');
