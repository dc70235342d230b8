import { HttpMethod, HttpRoute, HttpRouteKey, type IHttpApi, type IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { type Deployed, idOf } from '../deployed.ts';
import { deployedFunction, type Place } from './deployed-function.ts';

/** The province's gateway and its shared authorizer. */
export interface Gateway {
  readonly api: IHttpApi;
  readonly authorizer: IHttpRouteAuthorizer;
}

type Routed = Extract<Deployed, { kind: 'command' | 'query' | 'document' }>;

/** A command (命令), a query (查询) or the contracts (契约) in the cloud: the Lambda, and its routes on the province's gateway behind the shared authorizer. */
export function routedFunction(scope: Construct, deployed: Routed, place: Place, { api, authorizer }: Gateway): void {
  const id = idOf(deployed);
  const integration = new HttpLambdaIntegration(`${id}-integration`, deployedFunction(scope, deployed, place));
  for (const [name, { method, path }] of routesOf(deployed, `${id}-route`)) {
    new HttpRoute(scope, name, { httpApi: api, routeKey: HttpRouteKey.with(path, HttpMethod[method]), integration, authorizer });
  }
}

const routesOf = (deployed: Routed, name: string) =>
  deployed.kind === 'document' ? deployed.routes.map((route) => [`${name}-${route.file}`, route] as const) : [[name, deployed.route] as const];
