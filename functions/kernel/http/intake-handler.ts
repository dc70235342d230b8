import { attributesIn, contentModeOf, idempotencyKeyOf, type PostedEvent, type PostedTypes, type Sender, takeAttributes, takeEvent } from '../cloud-events.ts';
import { claimsFrom } from '../identity.ts';
import type { Kernel } from '../kernel.ts';
import { LIMITS } from '../limits.ts';
import { bodyText, parseJson } from '../parse-json.ts';
import type { Json } from '../ports.ts';
import { type Problem, problem } from '../problem.ts';
import { type HttpEvent, type HttpResult, handlerOf, json, logged, notNow, problemOfError, problems, Rejected, verifiedClaims } from './middleware.ts';

/** Gives a command by its own function, with the event that the gateway would have handed it. Throws {@link Throttled} when that takes no more now. */
export type CommandPort = (command: string, event: HttpEvent) => Promise<HttpResult>;

/** What takes events decides nothing and writes nothing: it has the commands' functions do it. */
export interface IntakeParts extends Pick<Kernel, 'clock' | 'log'> {
  readonly types: PostedTypes;
  readonly give: CommandPort;
}

/** `POST /v1/events` as a Lambda behind the gateway's authorizer: every event goes to the function of its command, with the claims that came. */
export function intakeHandler(parts: IntakeParts): (event: HttpEvent) => Promise<HttpResult> {
  return handlerOf([logged(parts, FIELDS), problems(parts.log.with(FIELDS))], async (event) => {
    const claims = claimsFrom(verifiedClaims(event));
    if ('refused' in claims) throw new Rejected(problem('invalid_claims', { detail: claims.detail }));
    const sender: Sender = { agency: claims.agency, by: 'token' };
    const mode = contentModeOf(event.headers);
    switch (mode) {
      case undefined:
        throw new Rejected(problem('unsupported_media_type', { detail: MEDIA_TYPES }));
      case 'binary':
        return giveOne(parts, event, takeAttributes(attributesIn(event.headers), sender, parts.types));
      default:
        return giveAll(parts, event, readEvents(event, mode), sender);
    }
  });
}

const FIELDS = { command: 'events' };

const MEDIA_TYPES = '请求体应当是 application/cloudevents+json、application/cloudevents-batch+json，或者带有 ce- 请求头的 application/json';

/** One event, or a batch. */
export type Read = { readonly one: Json } | { readonly batch: readonly Json[] };

/** The events of a body, as one or as a batch, within their limits. Rejects with the problem. */
export function readEvents({ body, isBase64Encoded }: HttpEvent, mode: 'structured' | 'batched'): Read & { readonly text: string } {
  const batched = mode === 'batched';
  const text = bodyText(body, isBase64Encoded, batched ? LIMITS.batch : LIMITS.body);
  if (typeof text !== 'string') throw new Rejected(batched && text.code === 'too_large' ? problem('batch_too_large') : text);
  // What is in `data` may be as deep as a body of its own.
  const parsed = parseJson(text, LIMITS.depth + (batched ? 2 : 1));
  if (!parsed.ok) throw new Rejected(parsed.problem);
  const { value } = parsed;
  if (!batched) return { one: value, text };
  if (!Array.isArray(value)) throw new Rejected(problem('invalid_event', { errors: [{ pointer: '', message: '一批事件应为 JSON 数组' }] }));
  if (value.length > LIMITS.batchEvents) throw new Rejected(problem('batch_too_large'));
  return { batch: value, text };
}

type Taken = ReturnType<typeof takeEvent>;

/** One event is answered as its command's own route answers; a batch with one item an event, in order. */
export const giveAll = async (parts: IntakeParts, event: HttpEvent, read: Read, sender: Sender): Promise<HttpResult> => {
  const take = (each: Json): Taken => takeEvent(each, sender, parts.types);
  return 'one' in read ? giveOne(parts, event, take(read.one)) : giveEach(parts, event, read.batch.map(take));
};

async function giveOne({ give }: IntakeParts, event: HttpEvent, taken: Taken): Promise<HttpResult> {
  if (!taken.ok) throw new Rejected(taken.problem);
  return give(taken.posted.command, handedOn(event, taken.posted));
}

/**
 * Milliseconds after which no further event of a batch is begun: a command's function may take 20 s, and the gateway waits for 30.
 * Who sends those again that were not begun loses nothing.
 */
const BEGUN_WITHIN = 8_000;

/** One after the other, so that a later event finds what an earlier one did. None keeps another from its turn. */
async function giveEach({ give, clock, log }: IntakeParts, event: HttpEvent, all: readonly Taken[]): Promise<HttpResult> {
  const began = clock.now();
  const items: object[] = [];
  let bytes = 0;
  const { accept: _, ...headers } = event.headers;
  const room = () => clock.now() - began < BEGUN_WITHIN && bytes < LIMITS.batchAnswers;
  for (const taken of all) {
    const { id, source } = taken.ok ? taken.posted : taken.named;
    const answered = !taken.ok ? refused(taken.problem) : room() ? await told(taken.posted) : refused(notNow());
    items.push({ id, source, ...answered });
  }
  return json(200, { items });

  async function told(posted: PostedEvent): Promise<object> {
    try {
      const { statusCode: status = 0, body = '' } = await give(posted.command, handedOn({ ...event, headers }, posted));
      bytes += body.length;
      return { status, [status < 400 ? 'answer' : 'problem']: JSON.parse(body) };
    } catch (error) {
      return refused(problemOfError(log.with({ command: posted.command }), error));
    }
  }
}

const refused = (found: Problem) => ({ status: found.status, problem: found });

/** The event as the gateway hands it to the command's own function; in binary mode its body is the command's already. */
function handedOn(event: HttpEvent, posted: PostedEvent): HttpEvent {
  const path = `/v1/${posted.command}`;
  const headers = { ...event.headers, 'idempotency-key': idempotencyKeyOf(posted) };
  const routed = { ...event, routeKey: `POST ${path}`, rawPath: path, headers };
  if (posted.data === undefined) return routed;
  return { ...routed, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(posted.data), isBase64Encoded: false };
}
