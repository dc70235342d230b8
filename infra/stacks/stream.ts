import { Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Place } from '../constructs/deployed-function.ts';
import { streamFunction } from '../constructs/stream-function.ts';
import type { OnStream } from '../deployed.ts';
import { keysToldBy, toldBy } from './parameters.ts';

/** The functions on the ledger's change stream (变更流): the last stack of a province, so that nothing is published before every rule is there. */
export class StreamStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly place: Omit<Place, 'keys'>; readonly deployed: readonly OnStream[] }) {
    super(scope, id, props);
    const told = toldBy(this, props.place.names);
    const place: Place = { ...props.place, keys: keysToldBy(told) };
    const key = Key.fromKeyArn(this, 'data-key', place.keys.data);
    for (const deployed of props.deployed) streamFunction(this, deployed, place, { stream: told('ledgerStream'), key });
  }
}
