import { Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Place } from '../constructs/deployed-function.ts';
import { routedFunction } from '../constructs/routed-function.ts';
import { streamFunction } from '../constructs/stream-function.ts';
import { isOfDocuments, isOnStream, type OfDocuments, type OnStream } from '../deployed.ts';
import { gatewayToldBy, keysToldBy, toldBy } from './parameters.ts';

/**
 * The functions on the ledger's change stream (变更流), and that which tells the contracts (契约): the last stack of a province, so that nothing is
 * published before every rule is there, and nothing told before it can be asked for.
 */
export class StreamStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { readonly place: Omit<Place, 'keys'>; readonly deployed: readonly (OnStream | OfDocuments)[] },
  ) {
    super(scope, id, props);
    const told = toldBy(this, props.place.names);
    const place: Place = { ...props.place, keys: keysToldBy(told) };
    const key = Key.fromKeyArn(this, 'data-key', place.keys.data);
    const gateway = gatewayToldBy(this, told);
    for (const deployed of props.deployed.filter(isOfDocuments)) routedFunction(this, deployed, place, gateway);
    for (const deployed of props.deployed.filter(isOnStream)) streamFunction(this, deployed, place, { stream: told('ledgerStream'), key });
  }
}
