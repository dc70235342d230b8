import { randomBytes } from 'node:crypto';
import { CredentialFact } from '../../../events/credential.ts';
import { agencyOfSource, contentModeOf } from '../cloud-events.ts';
import { lookUp } from '../command.ts';
import { readFacts, readOnce } from '../facts.ts';
import { goodAt, openKept } from '../kept-secret.ts';
import type { Kernel } from '../kernel.ts';
import type { Json } from '../ports.ts';
import { type ProblemCode, problem } from '../problem.ts';
import { faultOf, type SignatureFault, type Signed } from '../standard-webhooks.ts';
import { streamName } from '../stream.ts';
import { giveAll, type IntakeParts, type Read, readEvents } from './intake-handler.ts';
import { type HttpEvent, type HttpResult, handlerOf, logged, onlyParameters, problems, Rejected } from './middleware.ts';

/** What a signature is verified by. */
export type Verifying = Pick<Kernel, 'definitions' | 'ledger' | 'keyRing'>;

/**
 * `POST /v1/signed-events` as a Lambda behind no authorizer: the agency that the source names has signed the body with its registered secret
 * (Standard Webhooks), and acts by its system. Nothing that the signature does not cover has any effect.
 */
export function signedIntakeHandler(kernel: Verifying, parts: IntakeParts): (event: HttpEvent) => Promise<HttpResult> {
  const decoy = `whsec_${randomBytes(32).toString('base64')}`;
  return handlerOf([logged(parts, FIELDS), problems(parts.log.with(FIELDS))], async (event) => {
    onlyParameters(event, []);
    const mode = contentModeOf(event.headers);
    if (mode === undefined || mode === 'binary') throw new Rejected(problem('unsupported_media_type', { detail: MEDIA_TYPES[mode ?? 'other'] }));
    const signed = signatureIn(event);
    const read = readEvents(event, mode);
    const now = parts.clock.now();
    const agency = signerOf(read);
    const found = agency === undefined ? undefined : await credentialOf(kernel, agency, new Date(now).toISOString());
    const fault = faultOf(found?.secrets ?? [decoy], signed, read.text, now);
    if (fault !== undefined || !found) throw new Rejected(problem(FAULTS[fault ?? 'no_match']));
    return giveAll(parts, asIfAuthorized(event, found.claims), read, { agency: found.claims.agency, by: 'signature' });
  });
}

const FIELDS = { command: 'signed-events' };

const MEDIA_TYPES = {
  binary: '二进制方式的事件属性在请求头中，而签名只包括请求体，请改用结构化方式或者批量方式',
  other: '请求体应当是 application/cloudevents+json 或者 application/cloudevents-batch+json',
} as const;

/** Whose signature it is not, and whether anybody of that name has one, is not told. */
const FAULTS: Readonly<Record<SignatureFault, ProblemCode>> = {
  malformed: 'invalid_signature',
  no_match: 'invalid_signature',
  too_old: 'signature_too_old',
  too_new: 'signature_too_new',
};

function signatureIn({ headers }: HttpEvent): Signed {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
  if (!id || !timestamp || !signature) throw new Rejected(problem('missing_signature'));
  return { id, timestamp, signature };
}

/** Who claims to have signed: the first well-formed source says it, and whatever names another agency is refused as foreign later on. */
const signerOf = (read: Read): string | undefined =>
  ('one' in read ? [read.one] : read.batch).map((event) => agencyOfSource((event as { readonly source?: Json } | null)?.source)).find((agency) => agency);

interface Credential {
  readonly secrets: readonly string[];
  readonly claims: Readonly<Record<string, string>> & { readonly agency: string };
}

/** The agency's good secrets, and the claims that its system acts by; nothing where none is good. Either way the same is read. */
async function credentialOf(kernel: Verifying, agency: string, now: string): Promise<Credential | undefined> {
  const stream = streamName(CredentialFact.aggregate, [agency]);
  const { facts } = await readFacts(readOnce(kernel), { credential: lookUp(CredentialFact, agency) });
  const { state } = facts.credential;
  const good = goodAt(state?.secrets ?? [], now);
  if (!state || good.length === 0) {
    await Promise.allSettled([kernel.ledger.read(stream, { after: 0, limit: 1 }), kernel.keyRing.open(stream, '', '')]);
    return undefined;
  }
  const opened = (await openKept(kernel, stream, good)) as readonly { readonly secret: string }[];
  const { kind, division, roles } = state;
  return {
    secrets: opened.map(({ secret }) => secret),
    claims: { agency, kind, division, person: `client:${agency}`, roles: `[${roles.join(' ')}]` },
  };
}

/** The request as the gateway's authorizer would have let it through, without what the signature does not cover. */
const asIfAuthorized = (event: HttpEvent, claims: Credential['claims']): HttpEvent => ({
  ...event,
  headers: {},
  requestContext: { ...event.requestContext, authorizer: { jwt: { claims, scopes: null } } } as unknown as HttpEvent['requestContext'],
});
