import { EndpointAnswered, EndpointDisabled, EndpointEnabled, EndpointPinged, EndpointRegistered, EndpointSecretRotated } from '../../events/deliveries.ts';
import type { DataOf } from '../../events/event.ts';
import { aggregate } from '../kernel/aggregate.ts';
import { type KeptSecret, rotated } from '../kernel/kept-secret.ts';

/** 接收端点 of an agency, one; `null` before it is registered. */
export type EndpointState = {
  readonly agency: string;
  readonly host: string;
  /** Where its address lies, sealed. */
  readonly address: Pick<KeptSecret, 'event' | 'version'>;
  readonly secrets: readonly KeptSecret[];
  readonly disabled: DataOf<typeof EndpointDisabled>['reason'] | null;
  readonly registeredOn: string;
  /** Last day on which it took a delivery. */
  readonly answeredOn: string | null;
} | null;

export const endpoint = aggregate({
  name: 'deliveries/endpoint',
  title: '接收端点',
  initial: null as EndpointState,
  events: [EndpointRegistered, EndpointSecretRotated, EndpointDisabled, EndpointEnabled, EndpointPinged, EndpointAnswered],
  evolve: {
    EndpointRegistered: (state, { agency, host, registeredOn }, meta): EndpointState => ({
      agency,
      host,
      address: { event: meta.id, version: meta.version },
      secrets: rotated(state?.secrets ?? [], meta),
      disabled: null,
      registeredOn,
      answeredOn: null,
    }),
    EndpointSecretRotated: (state, _, meta) => state && { ...state, secrets: rotated(state.secrets, meta) },
    EndpointDisabled: (state, { reason }) => state && { ...state, disabled: reason },
    EndpointEnabled: (state) => state && { ...state, disabled: null },
    EndpointPinged: (state) => state,
    EndpointAnswered: (state, { answeredOn }) => state && { ...state, answeredOn },
  },
  listings: (state) => {
    if (!state) return [];
    const { address: _, secrets, ...told } = state;
    const item = { ...told, secretUntil: secrets.map(({ until }) => until) };
    return [
      { listing: 'deliveries/endpoint', partition: state.agency, sort: 'endpoint', item },
      { listing: 'deliveries/endpoints', partition: 'all', sort: state.agency, item },
    ];
  },
});
