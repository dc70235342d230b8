import canonicalize from 'canonicalize';
import {
  DeliveryFailed,
  DeliveryGivenUp,
  DeliveryPlanned,
  DeliverySucceeded,
  EndpointAnswered,
  EndpointDisabled,
  EndpointEnabled,
  EndpointPinged,
  EndpointRegistered,
  EndpointSecretRotated,
  RedeliveryAsked,
} from '../../events/deliveries.ts';
import { NoticeSent } from '../../events/notifications.ts';
import { LADDER } from '../../functions/deliveries/ladder.ts';
import { openStream } from '../../functions/kernel/execute.ts';
import type { Kernel } from '../../functions/kernel/kernel.ts';
import type { Commit } from '../../functions/kernel/ledger.ts';
import { faultOf } from '../../functions/kernel/standard-webhooks.ts';
import type { Posted } from './outside.ts';
import { DAY, PLATFORM } from './platform.ts';
import type { World } from './world.ts';

/** An event with where and when it was written. */
interface Written {
  readonly id: string;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly commit: Commit;
  /** Instant at which it was there to be read. */
  readonly at: number;
}

interface Endpoint {
  /** Between which instants which host was delivered to. */
  readonly stood: readonly { readonly host: string | undefined; readonly from: number; readonly until: number }[];
  readonly secrets: readonly { readonly secret: string; readonly at: number; readonly recordedAt: number }[];
}

/** A message with what it says that it is. */
interface Message extends Posted {
  readonly host: string;
  readonly id: string;
  readonly event: Readonly<Record<string, unknown>>;
  /** What the ledger holds under its id. */
  readonly known: Written | undefined;
  readonly recipient: string;
}

type Named = { readonly name: string };
const is = (event: Named, ...definitions: readonly Named[]): boolean => definitions.some(({ name }) => name === event.name);

/** Whoever began before a change was there to be read may act by what was there before. */
const LAG = PLATFORM.functionTimeout;

/** What must hold of deliveries when a run has come to rest: by what it wrote and what endpoints were sent, whatever the rules say. */
export async function deliveryFaults(world: World, commits: readonly Commit[], kernel: Kernel): Promise<string[]> {
  const written = commits.flatMap((commit) =>
    commit.events.map((event): Written => ({ ...event, commit, at: world.writtenAt.get(`${commit.stream} ${commit.version}`) ?? 0 })),
  );
  const byId = new Map(written.map((event) => [event.id, event]));
  const endpoints = await endpointsOf(written, kernel);
  const messages = world.outside.posted.map((posted) => messageOf(posted, byId));
  const streams = [...Map.groupBy(written, ({ commit }) => commit.stream)].filter(([stream]) => stream.startsWith('deliveries/delivery/'));
  return [
    messages.flatMap((message) => strayFaults(message, endpoints.get(message.recipient))),
    messages.flatMap((message) => signatureFaults(message, endpoints.get(message.recipient))),
    messages.flatMap(contentFaults),
    bytesFaults(messages),
    streams.flatMap(([stream, events]) => attemptFaults(stream, events)),
    written.filter((event) => is(event, DeliverySucceeded)).flatMap((event) => takenFaults(event, messages)),
    written.filter((event) => is(event, DeliveryGivenUp)).flatMap((given) => failingFaults(given, written, endpoints.get(String(given.data.recipient)))),
    written.filter((event) => is(event, NoticeSent)).flatMap((notice) => planFaults(notice, written, endpoints.get(String(notice.data.recipient)))),
  ].flatMap((faults) => faults.slice(0, 2));
}

async function endpointsOf(written: readonly Written[], kernel: Kernel): Promise<ReadonlyMap<string, Endpoint>> {
  const changes = written.filter((event) => is(event, EndpointRegistered, EndpointSecretRotated, EndpointDisabled, EndpointEnabled));
  const endpoints = new Map<string, Endpoint>();
  for (const [agency, own] of Map.groupBy(changes, ({ data }) => String(data.agency))) {
    const opened = new Map((await openStream(kernel, (own[0] as Written).commit.stream)).map(({ id, restricted }) => [id, restricted as { secret: string }]));
    const moves = own.filter((event) => !is(event, EndpointSecretRotated));
    endpoints.set(agency, {
      stood: moves.map((event, place) => ({
        host: is(event, EndpointDisabled) ? undefined : String(event.data.host),
        from: event.at,
        until: moves[place + 1]?.at ?? Number.POSITIVE_INFINITY,
      })),
      secrets: own.flatMap(({ id, at, commit }) => {
        const secret = opened.get(id)?.secret;
        return secret === undefined ? [] : [{ secret, at, recordedAt: Date.parse(commit.recordedAt) }];
      }),
    });
  }
  return endpoints;
}

function messageOf(posted: Posted, byId: ReadonlyMap<string, Written>): Message {
  const event = JSON.parse(posted.body) as Message['event'];
  const data = event.data as Written['data'];
  const known = byId.get(String(event.id));
  const recipient = String(known && is(known, EndpointPinged) ? data.agency : data.recipient);
  return { ...posted, host: new URL(posted.url).host, id: String(posted.headers['webhook-id']), event, known, recipient };
}

/** A message goes to a host that its recipient has registered, and that stood, neither disabled nor replaced, when it was begun to be sent. */
function strayFaults({ host, recipient, at }: Message, endpoint: Endpoint | undefined): string[] {
  const registered = endpoint?.stood.filter((each) => each.host === host) ?? [];
  if (registered.length === 0) return [`what is for ${recipient} went to ${host}, which it never registered`];
  return registered.some(({ from, until }) => from <= at && until >= at - LAG) ? [] : [`${host} was sent something for ${recipient} while it did not stand`];
}

/** Each signature is by a secret of the recipient's that was good at the time, and there is one. */
function signatureFaults({ id, headers, body, recipient, at }: Message, endpoint: Endpoint | undefined): string[] {
  const timestamp = String(headers['webhook-timestamp']);
  const seconds = Number(timestamp) * 1000;
  const secrets = endpoint?.secrets ?? [];
  const good = secrets.filter(
    (each, place) =>
      each.at <= at &&
      seconds < (secrets[place + 1]?.recordedAt ?? Number.POSITIVE_INFINITY) + DAY &&
      (secrets[place + 2]?.at ?? Number.POSITIVE_INFINITY) >= at - LAG,
  );
  const signatures = String(headers['webhook-signature']).split(' ');
  const holds = (signature: string) =>
    faultOf(
      good.map(({ secret }) => secret),
      { id, timestamp, signature },
      body,
      seconds,
    ) === undefined;
  return signatures.every(holds) ? [] : [`a signature of ${id} to ${recipient} is by no secret that was good at the time`];
}

/** What a message may tell of itself: nothing of what brought its notice about. */
const ATTRIBUTES = ['data', 'datacontenttype', 'id', 'source', 'specversion', 'subject', 'time', 'type'];
const HEADERS = ['content-type', 'user-agent', 'webhook-id', 'webhook-signature', 'webhook-timestamp'];

/** A message is a notice or a test of the ledger under its id, with nothing beside it: its correlation stands nowhere but where the notice itself names it. */
function contentFaults({ id, event, known, headers }: Message): string[] {
  if (!known || !is(known, NoticeSent, EndpointPinged) || event.id !== id) return [`${id} was sent, which is neither a notice nor a test`];
  const names = [...Object.keys(event), ...Object.keys(headers)].filter((name) => !ATTRIBUTES.includes(name) && !HEADERS.includes(name));
  const correlated = is(known, NoticeSent) && JSON.stringify([headers, { ...event, data: undefined }]).includes(known.commit.correlationId);
  return [
    ...names.map((name) => `a message tells ${name}`),
    ...(canonicalize(event.data) === canonicalize(known.data) ? [] : [`${id} was sent with other data than it has`]),
    ...(correlated ? [`${id} was sent with its correlation`] : []),
  ];
}

/** One id has the same bytes whenever it is sent. */
const bytesFaults = (messages: readonly Message[]): string[] =>
  [...Map.groupBy(messages, ({ id }) => id)]
    .filter(([, list]) => new Set(list.map(({ body }) => body)).size > 1)
    .map(([id]) => `${id} was sent with other bytes`);

/** A delivery has ended, delivered or given up, after no more attempts than the ladder has. */
function attemptFaults(stream: string, events: readonly Written[]): string[] {
  const ended = events.findLast((event) => is(event, DeliverySucceeded, DeliveryFailed, DeliveryGivenUp, RedeliveryAsked, DeliveryPlanned));
  const tries = events.reduce(
    ({ now, most }, event) => {
      const tried = is(event, DeliveryPlanned, RedeliveryAsked) ? 0 : now + 1;
      return { now: tried, most: Math.max(most, tried) };
    },
    { now: 0, most: 0 },
  );
  return [
    ...(ended && is(ended, DeliverySucceeded, DeliveryGivenUp) ? [] : [`${stream} is due for ever`]),
    ...(tries.most > LADDER.length + 1 ? [`${stream} was tried ${tries.most} times`] : []),
  ];
}

/** What stands as delivered was answered with 2xx, not long before. */
function takenFaults({ data: { about, recipient }, at, commit }: Written, messages: readonly Message[]): string[] {
  const taken = messages.some(
    ({ event, answer, ...message }) =>
      event.subject === about &&
      message.recipient === recipient &&
      'status' in answer &&
      Math.floor(answer.status / 100) === 2 &&
      message.at <= at &&
      message.at >= at - LAG,
  );
  return taken ? [] : [`${commit.stream} stands as delivered, and nobody took it`];
}

/** A notice to an agency whose endpoint stood ever since is planned to be delivered, once. */
function planFaults(notice: Written, written: readonly Written[], endpoint: Endpoint | undefined): string[] {
  const { about, recipient } = notice.data;
  const own = written.filter((event) => is(event, DeliveryPlanned, RedeliveryAsked) && event.data.about === about && event.data.recipient === recipient);
  const planned = own.filter((event) => is(event, DeliveryPlanned)).length;
  const stood = endpoint && (endpoint.stood[0]?.from ?? 0) <= notice.at && endpoint.stood.every(({ host }) => host !== undefined);
  return planned > 1 || (stood && own.length === 0) ? [`the notice ${notice.id} to ${recipient} is planned ${planned} times`] : [];
}

/** An endpoint that is gone, or took nothing since the day on which a notice was first tried that is given up now, stands no longer. */
function failingFaults({ data, at, commit }: Written, written: readonly Written[], endpoint: Endpoint | undefined): string[] {
  const { recipient, fault, firstOn, event } = data;
  if (event !== NoticeSent.name || fault === 'no-endpoint') return [];
  const since = (definition: Named, day: string) =>
    written.some((each) => is(each, definition) && each.data.agency === recipient && String(each.data[day]) > String(firstOn));
  const excused = since(EndpointRegistered, 'registeredOn') || (fault !== 'gone' && since(EndpointAnswered, 'answeredOn'));
  const fell = endpoint?.stood.some(({ host, until }) => host === undefined && until > at);
  return excused || fell ? [] : [`${commit.stream} was given up, and the endpoint goes on standing`];
}
