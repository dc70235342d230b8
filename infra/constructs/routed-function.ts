import { HttpMethod, HttpNoneAuthorizer, HttpRoute, HttpRouteKey, type IHttpApi, type IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { type Deployed, idOf } from '../deployed.ts';
import { deployedFunction, type Place } from './deployed-function.ts';

/** What the gateway leads to (命令、查询、事件接收): its Lambda and its route, behind the shared authorizer, or behind none where the function verifies a signature. */
export function routedFunction(
  scope: Construct,
  deployed: Extract<Deployed, { kind: 'command' | 'query' | 'intake' }>,
  place: Place,
  { api, authorizer }: { readonly api: IHttpApi; readonly authorizer: IHttpRouteAuthorizer | 'none' },
): void {
  const { method, path } = deployed.route;
  const id = idOf(deployed);
  new HttpRoute(scope, `${id}-route`, {
    httpApi: api,
    routeKey: HttpRouteKey.with(path, HttpMethod[method]),
    integration: new HttpLambdaIntegration(`${id}-integration`, deployedFunction(scope, deployed, place)),
    authorizer: authorizer === 'none' ? new HttpNoneAuthorizer() : authorizer,
  });
}
