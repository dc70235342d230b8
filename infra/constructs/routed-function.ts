import { HttpMethod, HttpNoneAuthorizer, HttpRoute, HttpRouteKey, type IHttpApi, type IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { type Deployed, idOf } from '../deployed.ts';
import { deployedFunction, type Place } from './deployed-function.ts';

/** The province's gateway and its shared authorizer; none where the function itself verifies a signature. */
export interface Gateway {
  readonly api: IHttpApi;
  readonly authorizer: IHttpRouteAuthorizer | 'none';
}

type Routed = Extract<Deployed, { kind: 'command' | 'query' | 'intake' | 'document' }>;

/** What the gateway leads to (命令、查询、事件接收、契约): the Lambda, and its routes. */
export function routedFunction(scope: Construct, deployed: Routed, place: Place, { api, authorizer }: Gateway): void {
  const id = idOf(deployed);
  const integration = new HttpLambdaIntegration(`${id}-integration`, deployedFunction(scope, deployed, place));
  const behind = authorizer === 'none' ? new HttpNoneAuthorizer() : authorizer;
  for (const [name, { method, path }] of routesOf(deployed, `${id}-route`)) {
    new HttpRoute(scope, name, { httpApi: api, routeKey: HttpRouteKey.with(path, HttpMethod[method]), integration, authorizer: behind });
  }
}

const routesOf = (deployed: Routed, name: string) =>
  deployed.kind === 'document' ? deployed.routes.map((route) => [`${name}-${route.file}`, route] as const) : [[name, deployed.route] as const];
