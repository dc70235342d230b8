import { DeliveryFailed, DeliveryGivenUp, EndpointFact } from '../../events/deliveries.ts';
import type { DataOf } from '../../events/event.ts';
import type { FactDefinition } from '../../events/fact.ts';
import type { Fact } from '../../functions/kernel/command.ts';
import type { Definitions } from '../../functions/kernel/definitions.ts';
import type { AnyDispatch, DispatchContext } from '../../functions/kernel/dispatch.ts';
import { decodeCommit } from '../../functions/kernel/ledger.ts';
import { streamName } from '../../functions/kernel/stream.ts';
import { type Bug, redecided, replaced, type Seen } from './bugs.ts';
import { DAY } from './platform.ts';

/** Planted bugs in what leaves the system. */
export const DELIVERIES_BUGS: Readonly<Record<string, Bug>> = {
  'delivered to who sent the notice': {
    means: 'The endpoint is looked up by the sender of a notice.',
    definitions: sending(async ({ about, recipient, event }, context) => {
      if (event !== 'NoticeSent') return context;
      const { events } = await context.events(streamName('notifications/notice', [about, recipient]), 1);
      const sender = String(events[0]?.data.sender);
      return {
        ...context,
        fact: (fact, key) => context.fact(fact, (fact as unknown) === EndpointFact ? [sender] : key),
        open: (_, kept) => context.open([sender], kept),
      };
    }),
  },
  'signed with a secret that has expired': {
    means: 'A secret that has a successor goes on signing.',
    definitions: sending(async (_, context) =>
      seeingEndpoint(context, (endpoint) => ({ ...endpoint, secrets: (endpoint.secrets as readonly object[]).map((each) => ({ ...each, until: null })) })),
    ),
  },
  'sent to a disabled endpoint': {
    means: 'Whether an endpoint is disabled is looked at when a delivery is planned, and not again.',
    definitions: sending(async (_, context) => seeingEndpoint(context, (endpoint) => ({ ...endpoint, disabled: null }))),
  },
  'a new id for each attempt': {
    means: 'Who receives a message twice cannot know it.',
    definitions: sending(async ({ attempt }, context) => ({
      ...context,
      events: async (stream, version) => {
        const commit = await context.events(stream, version);
        return { ...commit, events: commit.events.map((event) => ({ ...event, id: `${event.id.slice(0, -1)}${attempt}` })) };
      },
    })),
  },
  'the time of the attempt in the message': {
    means: 'What is sent again under one id has other bytes.',
    definitions: sending(async (_, context) => ({
      ...context,
      events: async (...commit) => ({ ...(await context.events(...commit)), recordedAt: context.now }),
    })),
  },
  'changed endpoint taken for none': {
    means: 'A notice is planned for an endpoint as it was registered, and for no other.',
    definitions: replaced('deliveries/plan-delivery', (command) => ({
      ...command,
      decide: (state, input, context) => {
        const { endpoint } = context.facts as unknown as { readonly endpoint: Fact<Seen> };
        return endpoint.version > 1 ? [] : command.decide(state, input, context);
      },
    })),
  },
  'an error taken for success': {
    means: 'Any answer of an endpoint counts as having the message.',
    definitions: changed((dispatch) => ({
      ...dispatch,
      outcome: (item, sent) => ({ ...(dispatch.outcome(item, sent) as object), ...('status' in sent ? { fault: null } : {}) }),
    })),
  },
  'correlation told': {
    means: 'A header of each message names the command that brought its notice about.',
    kernel: (kernel) => ({
      ...kernel,
      network: {
        ...kernel.network,
        post: async (message) => {
          const { subject, data } = JSON.parse(message.body) as { subject: string; data: Seen };
          const [record] = await kernel.ledger.read(streamName('notifications/notice', [subject, String(data.recipient)]), { after: 0, limit: 1 });
          return kernel.network.post(record ? { ...message, headers: { ...message.headers, 'user-agent': decodeCommit(record).correlationId } } : message);
        },
      },
    }),
  },
  'failing endpoint left standing': {
    means: 'Whatever is given up, the endpoint is tried with the next notice.',
    definitions: (definitions) => ({
      ...definitions,
      reactions: new Map(
        [...definitions.reactions].map(([name, reaction]) => [
          name,
          name === 'deliveries/disable-failing-endpoint' ? { ...reaction, targets: () => [] } : reaction,
        ]),
      ),
    }),
  },
  'tried for ever': {
    means: 'A delivery that fails is never given up.',
    definitions: redecided('deliveries/record-attempt', (event) => {
      if (event.definition.name !== DeliveryGivenUp.name) return event;
      const { givenUpOn, event: _, firstOn: __, ...attempt } = event.data as DataOf<typeof DeliveryGivenUp>;
      return DeliveryFailed.of({ ...attempt, nextDueAt: new Date(Date.parse(givenUpOn) + 2 * DAY).toISOString() });
    }),
  },
};

/** What is told of a delivery that is due. */
interface Due {
  readonly about: string;
  readonly recipient: string;
  readonly event: string;
  readonly attempt: number;
}

/** The definitions with every dispatch changed. */
function changed(change: (dispatch: AnyDispatch) => AnyDispatch) {
  return (definitions: Definitions): Definitions => ({
    ...definitions,
    dispatches: new Map([...definitions.dispatches].map(([name, dispatch]) => [name, change(dispatch)])),
  });
}

/** The definitions with messages made from other than what there is. */
function sending(change: (item: Due, context: DispatchContext) => Promise<DispatchContext>) {
  return changed((dispatch) => ({ ...dispatch, message: async (item, context) => dispatch.message(item, await change(item as Due, context)) }));
}

const seeingEndpoint = (context: DispatchContext, change: (endpoint: Seen) => object): DispatchContext => ({
  ...context,
  fact: async <T>(fact: FactDefinition<T>, key: readonly string[]) => {
    const found = await context.fact(fact, key);
    return found && (fact as unknown) === EndpointFact ? ({ ...found, ...change(found) } as T) : found;
  },
});
