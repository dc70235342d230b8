import { HttpMethod, HttpRoute, HttpRouteKey, type IHttpApi, type IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { type Deployed, idOf } from '../deployed.ts';
import { deployedFunction, type Place } from './deployed-function.ts';

/** A command (命令) or a query (查询) in the cloud: its Lambda, and its route on the province's gateway behind the shared authorizer. */
export function routedFunction(
  scope: Construct,
  deployed: Extract<Deployed, { kind: 'command' | 'query' }>,
  place: Place,
  { api, authorizer }: { readonly api: IHttpApi; readonly authorizer: IHttpRouteAuthorizer },
): void {
  const { method, path } = deployed.route;
  const id = idOf(deployed);
  new HttpRoute(scope, `${id}-route`, {
    httpApi: api,
    routeKey: HttpRouteKey.with(path, HttpMethod[method]),
    integration: new HttpLambdaIntegration(`${id}-integration`, deployedFunction(scope, deployed, place)),
    authorizer,
  });
}
