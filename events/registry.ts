import * as z from 'zod';
import { agencyId, day, personId, shortText } from './common.ts';
import { defineEvent } from './event.ts';
import { defineFact } from './fact.ts';

const institution = z.object({
  /** 统一社会信用代码; also the institution's id as an agency. */
  uscc: agencyId,
  name: shortText,
  division: z.string().regex(/^\d{6}$/, '应为六位行政区划代码'),
  /** 主管该鉴定机构的司法行政机关 */
  supervisedBy: agencyId,
  /** 业务范围 by item code. */
  scopes: z.array(z.string().max(20)).min(1).max(60),
  registeredOn: day,
});

export const InstitutionRegistered = defineEvent({
  context: 'registry',
  name: 'InstitutionRegistered',
  title: '司法鉴定机构已登记',
  means: 'An institution is registered, with its scopes and the bureau that supervises it.',
  data: institution,
});

export const AppraiserRegistered = defineEvent({
  context: 'registry',
  name: 'AppraiserRegistered',
  title: '司法鉴定人已登记',
  means: 'An appraiser is registered at an institution.',
  data: z.object({ person: personId, institution: agencyId, scopes: z.array(z.string().max(20)).max(60), registeredOn: day }),
  restricted: z.object({ name: shortText, licence: z.string().min(4).max(40) }),
});

/** 登记的司法鉴定机构 */
export const InstitutionFact = defineFact('registry/institution', '司法鉴定机构', institution);
/** 登记的司法鉴定人 */
export const AppraiserFact = defineFact('registry/appraiser', '司法鉴定人', z.object({ person: personId, institution: agencyId }));
