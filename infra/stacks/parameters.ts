import type { Stack } from 'aws-cdk-lib';
import { HttpApi, HttpAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Gateway } from '../constructs/routed-function.ts';
import type { Keys } from '../grants.ts';
import type { Names } from '../names.ts';

/** What the platform tells this stack when it is deployed (参数). A parameter that is not asked for is none of the stack's. */
export const toldBy =
  (stack: Stack, { parameters }: Names) =>
  (name: keyof Names['parameters']): string =>
    StringParameter.valueForStringParameter(stack, parameters[name]);

export const keysToldBy = (told: ReturnType<typeof toldBy>): Keys => ({
  get data() {
    return told('dataKey');
  },
  get ring() {
    return told('ringKey');
  },
  get pseudonym() {
    return told('pseudonymKey');
  },
});

export const gatewayToldBy = (stack: Stack, told: ReturnType<typeof toldBy>): Gateway => ({
  api: HttpApi.fromHttpApiAttributes(stack, 'api', { httpApiId: told('api') }),
  authorizer: HttpAuthorizer.fromHttpAuthorizerAttributes(stack, 'authorizer', { authorizerId: told('authorizer'), authorizerType: 'JWT' }),
});
