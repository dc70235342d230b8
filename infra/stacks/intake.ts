import { Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { HttpApi, HttpAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import type { Place } from '../constructs/deployed-function.ts';
import { routedFunction } from '../constructs/routed-function.ts';
import type { AtDoor } from '../deployed.ts';
import { keysToldBy, toldBy } from './parameters.ts';

/** Where agencies' systems post events (事件接收): one function and its route; of signed events a stack of its own, for not every province may have it. */
export class IntakeStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly place: Omit<Place, 'keys'>; readonly deployed: AtDoor }) {
    super(scope, id, props);
    const { deployed } = props;
    const told = toldBy(this, props.place.names);
    const authorizer = deployed.route.signed
      ? 'none'
      : HttpAuthorizer.fromHttpAuthorizerAttributes(this, 'authorizer', { authorizerId: told('authorizer'), authorizerType: 'JWT' });
    const api = HttpApi.fromHttpApiAttributes(this, 'api', { httpApiId: told('api') });
    routedFunction(this, deployed, { ...props.place, keys: keysToldBy(told) }, { api, authorizer });
    if (deployed.route.signed)
      Validations.of(this).acknowledge({ id: 'AwsSolutions-APIG4', reason: 'The function verifies the signature of every request over its whole body.' });
  }
}
