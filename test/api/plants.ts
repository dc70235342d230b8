import * as z from 'zod';
import { catalogue } from '../../events/catalogue.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Texts of a schema by path, and what its enumerations can say. */
function leavesOf(schema: Schema, path: string): { texts: string[]; words: string[] } {
  const join = (all: { texts: string[]; words: string[] }[]) => ({
    texts: [...new Set(all.flatMap(({ texts }) => texts))],
    words: all.flatMap(({ words }) => words),
  });
  const branches = (schema.anyOf ?? schema.oneOf ?? schema.allOf) as readonly Schema[] | undefined;
  if (branches) return join(branches.map((each) => leavesOf(each, path)));
  if (schema.type === 'object') {
    return join(Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(([key, each]) => leavesOf(each, `${path}.${key}`)));
  }
  if (schema.type === 'array') return leavesOf(schema.items as Schema, `${path}[]`);
  const words = (schema.enum ?? (schema.const === undefined ? undefined : [schema.const])) as unknown[] | undefined;
  if (words) return { texts: [], words: words.filter((word) => typeof word === 'string') };
  return { texts: schema.type === 'string' ? [path] : [], words: [] };
}

const jsonSchema = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { unrepresentable: 'any' }) as Schema;

const restricted = catalogue.flatMap(({ name, restricted: part }) => (part ? [leavesOf(jsonSchema(part), name)] : []));
const openWords = new Set(catalogue.flatMap(({ name, data }) => leavesOf(jsonSchema(data), name).words));

/** Every text of every restricted part (保密字段), as `Event.path`. */
export const RESTRICTED_TEXTS: readonly string[] = restricted.flatMap(({ texts }) => texts);

/** What only a restricted enumeration can say, and no common word. */
export const RESTRICTED_WORDS: readonly string[] = [...new Set(restricted.flatMap(({ words }) => words))].filter(
  (word) => word.includes('-') && !openWords.has(word),
);

/**
 * How a restricted text is looked for:
 * - `mark`: what the slice plants under that name stands nowhere in clear.
 * - `value`: this text of the slice stands nowhere but at places that begin with one of these.
 * - `open`: the same event tells it openly; why.
 */
export type Planted =
  | { readonly mark: string }
  | { readonly value: 'reporter' | 'row' | 'organ' | 'laterOrgan' | 'standing' | 'reading' | 'protected' | 'protectedRow'; readonly except: readonly string[] }
  | { readonly open: string };

const content = (event: string): Readonly<Record<string, Planted>> => ({
  [`${event}.content.interferers[].other`]: { mark: 'interferers.other' },
  [`${event}.content.interferers[].name`]: { mark: 'interferers.name' },
  [`${event}.content.interferers[].organ`]: { mark: 'interferers.organ' },
  [`${event}.content.contents[].other`]: { mark: 'contents.other' },
  [`${event}.content.account`]: { mark: 'account' },
  [`${event}.content.evidence[].kind`]: { mark: 'evidence.kind' },
  [`${event}.content.evidence[].sha256`]: { mark: 'evidence.sha256' },
  [`${event}.content.evidence[].keptAt`]: { mark: 'evidence.keptAt' },
});

/** Who is assigned and who has signed is open: the institution knows it. */
const PERSON_OPEN = [
  'registry/appraiser',
  'commissions/case',
  'interference/record',
  'interference/signed-rows',
  'interference/missing-rows',
  'answer commissions/open-case',
  'answer commissions/conclude-case',
  'answer interference/sign-row',
  'answer interference/disclose-record',
  'answer interference/missing-rows',
];
/** That a row is signed is open; that it was reported, or shown, is not. */
const ROW_OPEN = [
  'interference/record/',
  'interference/signed-rows',
  'kernel/trace/interference/sign-row',
  'answer oversight/trace/row',
  'answer interference/own-records',
  'answer interference/disclose-record',
];

/** By restricted field: a field without a line here fails the test. */
export const PLANTS: Readonly<Record<string, Planted>> = {
  ...content('RecordRowSigned'),
  ...content('InterferenceReported'),
  // Whose rows and cases they are is open: who signed is known to the institution, who reported is not.
  'InterferenceReported.reporter': { value: 'reporter', except: PERSON_OPEN },
  'InterferenceReported.row': { value: 'row', except: ROW_OPEN },
  'InterferenceReported.standing.document': { open: 'the open basis names the document too' },
  'InterferenceReported.standing.article': { value: 'standing', except: [] },
  'InterferenceReported.standing.reading': { value: 'reading', except: [] },
  'ReportRouted.established[].organ': { value: 'organ', except: ['agencies/'] },
  'ReportRouted.acts[].recipient': { open: 'the open acts name the recipient; which situation they answer they do not' },
  'ReportRouted.acts[].basis.document': { open: 'the open acts carry the basis' },
  'ReportRouted.acts[].basis.article': { open: 'the open acts carry the basis' },
  'ReportRouted.acts[].basis.reading': { open: 'the open acts carry the basis' },
  'ReportReclassified.established[].organ': { value: 'laterOrgan', except: ['agencies/'] },
  'ReportReclassified.acts[].recipient': { open: 'the open acts name the recipient; which situation they answer they do not' },
  'ReportReclassified.acts[].basis.document': { open: 'the open acts carry the basis' },
  'ReportReclassified.acts[].basis.article': { open: 'the open acts carry the basis' },
  'ReportReclassified.acts[].basis.reading': { open: 'the open acts carry the basis' },
  'ReportReclassified.reason': { mark: 'reclassification.reason' },
  'ReportDisclosed.purpose': { mark: 'disclosure.purpose' },
  'ImportantMatterReported.reason': { mark: 'upward.reason' },
  'ReporterDisclosed.reason': { mark: 'identity.reason' },
  'InsiderDealtWith.outcome': { mark: 'insider.outcome' },
  'ReportWithdrawn.reason': { mark: 'report-withdrawal.reason' },
  'OutcomeRecorded.account': { mark: 'outcome.account' },
  'ProtectionSought.reporter': { value: 'protected', except: PERSON_OPEN },
  'ProtectionSought.case': { open: 'which case it is about is known; that somebody of it asks for protection is not, and stands sealed with the rest' },
  'ProtectionSought.row': { value: 'protectedRow', except: ROW_OPEN },
  'ProtectionSought.account': { mark: 'protection.account' },
  'ProtectionSought.evidence[].kind': { mark: 'evidence.kind' },
  'ProtectionSought.evidence[].sha256': { mark: 'evidence.sha256' },
  'ProtectionSought.evidence[].keptAt': { mark: 'evidence.keptAt' },
  'ProtectionDisclosed.purpose': { mark: 'protection-disclosure.purpose' },
  'ProtectionDecided.account': { mark: 'protection-decision.account' },
  'EndpointRegistered.url': { mark: 'endpoint.url' },
  'EndpointRegistered.secret': { mark: 'endpoint.secret' },
  'EndpointSecretRotated.secret': { mark: 'endpoint.next' },
  'NoticeReplied.text': { mark: 'reply.text' },
  'ReplyDisclosed.purpose': { mark: 'reply.purpose' },
  'RecordDisclosed.purpose': { mark: 'disclosure.purpose' },
  'RecordDisclosed.rows[]': { value: 'row', except: ROW_OPEN },
  'BreachFound.account': { mark: 'finding.account' },
  'FindingWithdrawn.reason': { mark: 'withdrawal.reason' },
  'RectificationSubmitted.account': { mark: 'rectification.account' },
  'RectificationSubmitted.evidence[].kind': { mark: 'evidence.kind' },
  'RectificationSubmitted.evidence[].sha256': { mark: 'evidence.sha256' },
  'RectificationSubmitted.evidence[].keptAt': { mark: 'evidence.keptAt' },
  'RectificationDisclosed.purpose': { mark: 'disclosure.purpose' },
  'RectificationFailed.account': { mark: 'rectification-failed.account' },
  'HearingRequested.statement': { mark: 'hearing.statement' },
  'HearingHeld.account': { mark: 'hearing.account' },
  'HearingDisclosed.purpose': { mark: 'hearing-disclosure.purpose' },
  'CredentialRegistered.secret': { mark: 'credential.secret' },
  'AppraiserRegistered.name': { mark: 'name' },
  'AppraiserRegistered.licence': { mark: 'licence' },
};
