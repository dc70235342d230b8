import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import { type AgencyKind, agencyKind } from '../../events/agency-kind.ts';
import type { Clock, KeyRing } from './ports.ts';

export { type AgencyKind, agencyKind } from '../../events/agency-kind.ts';

/**
 * Roles (身份): officer 承办人员 · leader 负责人 · registrar 登记管理人员 · operator 系统运行人员 · appraiser 司法鉴定人 ·
 * staff 鉴定机构其他工作人员 · head 鉴定机构负责人 · clerk 机关、单位经办人 · system 系统自动办理.
 */
export const role = z.enum(['officer', 'leader', 'appraiser', 'staff', 'head', 'registrar', 'clerk', 'operator', 'system']);
export type Role = z.infer<typeof role>;

/** Who acts (办理人): never more of a person than a keyed pseudonym. */
export interface Actor {
  readonly agency: string;
  readonly kind: AgencyKind;
  /** Six digits, GB/T 2260. */
  readonly division: string;
  readonly person: string;
  readonly roles: readonly Role[];
}

const BUREAU: readonly Role[] = ['officer', 'leader', 'registrar', 'operator'];
const CLERK: readonly Role[] = ['clerk'];

/** Roles that a token may claim for each kind of agency; none may claim to be the system. */
export const ROLES_OF: Readonly<Record<AgencyKind, readonly Role[]>> = {
  'justice-bureau': BUREAU,
  ministry: BUREAU,
  institution: ['appraiser', 'staff', 'head'],
  court: CLERK,
  procuratorate: CLERK,
  police: CLERK,
  association: CLERK,
  discipline: CLERK,
  health: CLERK,
  government: CLERK,
  'market-regulator': CLERK,
  provider: CLERK,
  'insurer-regulator': CLERK,
  organ: CLERK,
};

const SYSTEM = 'system';

/** The gateway's authorizer renders an array claim as one string, `[officer leader]`. */
const rendered = (value: unknown): unknown => {
  const inner = typeof value === 'string' ? /^\[(.*)\]$/.exec(value)?.[1] : undefined;
  return inner === undefined ? value : inner.split(/[\s,]+/).filter((item) => item !== '');
};

/** Claims of a token (身份声明), in the token's own form or the gateway's. Registered and other claims may stand beside them. */
export const claimsSchema = z
  .object({
    /** Opaque name of the agency, such as its 统一社会信用代码. */
    agency: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
      .refine((agency) => agency !== SYSTEM),
    kind: agencyKind,
    division: z.string().regex(/^\d{6}$/),
    /** Number or name that the identity provider knows the person by. */
    person: z.string().regex(/^\S{1,128}$/u),
    roles: z.preprocess(
      rendered,
      z
        .array(role)
        .min(1)
        .refine((roles) => new Set(roles).size === roles.length),
    ),
  })
  .refine(({ kind, roles }) => roles.every((each) => ROLES_OF[kind].includes(each)), { path: ['roles'] });

/** A verified token whose claims name no possible actor. */
export interface ClaimsRefusal {
  readonly refused: 'forbidden';
  readonly code: 'invalid_claims';
  /** Names of the claims at fault, never their values. */
  readonly detail: string;
}

/** Claims that were verified before, by {@link makeVerifier} or the gateway's authorizer, as they name who acts: the person by its number yet. */
export function claimsFrom(claims: unknown): Actor | ClaimsRefusal {
  const parsed = claimsSchema.safeParse(claims);
  if (parsed.success) return parsed.data;
  const faulty = new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? 'claims')));
  return { refused: 'forbidden', code: 'invalid_claims', detail: `身份声明缺失或者相互不符：${[...faulty].join('、')}` };
}

/** The actor of such claims. */
export function actorFrom(claims: unknown, keyRing: Pick<KeyRing, 'pseudonym'>): Actor | ClaimsRefusal {
  const found = claimsFrom(claims);
  return 'refused' in found ? found : { ...found, person: personPseudonym(keyRing, found.person) };
}

/** Pseudonym of a person's number, the same wherever it is written; the check character of a citizen number may be small. */
export const personPseudonym = (keyRing: Pick<KeyRing, 'pseudonym'>, person: string): string =>
  keyRing.pseudonym('person', /^\d{17}x$/.test(person) ? person.toUpperCase() : person);

/** Who acts in a reaction or a schedule of that province (six digits); no token can claim its agency. */
export const systemActor = (province: string): Actor => ({ agency: SYSTEM, kind: 'justice-bureau', division: province, person: SYSTEM, roles: ['system'] });

export type TokenFault = 'missing_token' | 'malformed_token' | 'expired_token' | 'invalid_token';
export type Verified = { readonly ok: true; readonly claims: JWTPayload } | { readonly ok: false; readonly code: TokenFault };

export interface VerifierOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JSONWebKeySet | JWTVerifyGetKey;
  readonly clock: Clock;
}

/** Bytes of a token; seconds by which two clocks may differ. */
export const TOKEN = { size: 8 * 1024, tolerance: 60 } as const;

const ALGORITHMS = ['ES256', 'RS256'];

/** What is not in the table is no fault of the token, such as a key set that cannot be fetched, and is thrown on. */
const faults = (): Readonly<Record<string, TokenFault>> => ({
  [errors.JWTExpired.code]: 'expired_token',
  [errors.JWSInvalid.code]: 'malformed_token',
  [errors.JWTInvalid.code]: 'malformed_token',
  [errors.JWTClaimValidationFailed.code]: 'invalid_token',
  [errors.JOSEAlgNotAllowed.code]: 'invalid_token',
  [errors.JOSENotSupported.code]: 'invalid_token',
  [errors.JWKSNoMatchingKey.code]: 'invalid_token',
  [errors.JWKSMultipleMatchingKeys.code]: 'invalid_token',
  [errors.JWSSignatureVerificationFailed.code]: 'invalid_token',
});

/** Verifies `Bearer` tokens (RFC 6750) the way the gateway's JWT authorizer does: `kid`, `iss`, `aud` and `exp` must be there. */
export function makeVerifier({ issuer, audience, keys, clock }: VerifierOptions): (authorizationHeader: string | undefined) => Promise<Verified> {
  const known = faults();
  const resolve = typeof keys === 'function' ? keys : createLocalJWKSet(keys);
  const named: JWTVerifyGetKey = (header, token) => {
    if (typeof header.kid !== 'string') throw new errors.JWKSNoMatchingKey();
    return resolve(header, token);
  };
  return async (authorizationHeader) => {
    if (authorizationHeader === undefined || authorizationHeader.trim() === '') return { ok: false, code: 'missing_token' };
    const token = bearer(authorizationHeader);
    if (token === undefined) return { ok: false, code: 'malformed_token' };
    const now = clock.now();
    try {
      const { payload } = await jwtVerify(token, named, {
        algorithms: ALGORITHMS,
        issuer,
        audience,
        requiredClaims: ['exp'],
        clockTolerance: TOKEN.tolerance,
        currentDate: new Date(now),
      });
      const early = payload.iat !== undefined && payload.iat > Math.floor(now / 1000) + TOKEN.tolerance;
      return early ? { ok: false, code: 'invalid_token' } : { ok: true, claims: payload };
    } catch (error) {
      const code = error instanceof errors.JOSEError ? known[error.code] : undefined;
      if (code === undefined) throw error;
      return { ok: false, code };
    }
  };
}

function bearer(header: string): string | undefined {
  if (header.length > 'Bearer '.length + TOKEN.size) return undefined;
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(header)?.[1];
}
