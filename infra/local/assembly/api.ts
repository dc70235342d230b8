import * as z from 'zod';
import type { DeployedApi, DeployedRoute } from '../deployment.ts';
import { byName, invalid, KINDS, noPart, type Resources } from './resources.ts';

const api = z.strictObject({
  Name: noPart,
  ProtocolType: z.literal('HTTP'),
  CorsConfiguration: z.strictObject({
    AllowOrigins: z.array(z.string()),
    AllowMethods: z.array(z.string()),
    AllowHeaders: z.array(z.string()),
    ExposeHeaders: z.array(z.string()),
    /** Seconds. */
    MaxAge: z.int(),
  }),
});

const stage = z.strictObject({
  ApiId: z.string(),
  StageName: z.literal('$default'),
  AutoDeploy: z.literal(true),
  DefaultRouteSettings: z.strictObject({ ThrottlingRateLimit: z.number(), ThrottlingBurstLimit: z.int() }),
  AccessLogSettings: noPart,
});

const authorizer = z.strictObject({
  ApiId: z.string(),
  Name: noPart,
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
  JwtConfiguration: z.strictObject({ Issuer: z.string(), Audience: z.tuple([z.string()]) }),
});

const integration = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});

const routed = {
  ApiId: z.string(),
  RouteKey: z.string().regex(/^(GET|POST|PUT|PATCH|DELETE) \/\S*$/, 'must be a method and a path'),
  Target: z.string(),
};

const route = z.discriminatedUnion('AuthorizationType', [
  z.strictObject({ ...routed, AuthorizationType: z.literal('JWT'), AuthorizerId: z.string() }),
  z.strictObject({ ...routed, AuthorizationType: z.literal('NONE') }),
]);

/** The gateway (网关): one a province, one stage, one authorizer, and every route leads to a function, behind that authorizer or behind none. */
export function apiOf(resources: Resources): DeployedApi {
  const gateway = resources.readOne('AWS::ApiGatewayV2::Api', api);
  const limits = resources.readOne('AWS::ApiGatewayV2::Stage', stage);
  const shared = resources.readOne('AWS::ApiGatewayV2::Authorizer', authorizer);
  const integrations = resources.read('AWS::ApiGatewayV2::Integration', integration);
  const routes = resources.read('AWS::ApiGatewayV2::Route', route);

  const id = resources.idOf(gateway.at);
  for (const { at, properties } of [limits, shared, ...integrations, ...routes]) if (properties.ApiId !== id) throw invalid(at, 'is of another gateway');

  const functions = new Map(
    integrations.map(({ at, properties }) => [`integrations/${resources.idOf(at)}`, resources.lead(at, KINDS.functionArn, properties.IntegrationUri)]),
  );
  const deployed = routes.map(({ at, properties }) => {
    const { RouteKey, Target } = properties;
    const authorized = properties.AuthorizationType === 'JWT';
    if (authorized && properties.AuthorizerId !== resources.idOf(shared.at)) throw invalid(at, 'is behind another authorizer');
    const [method = '', path = ''] = RouteKey.split(' ');
    const leadsTo = functions.get(Target);
    if (leadsTo === undefined) throw invalid(at, `${Target} is no integration of the province`);
    return { at, made: { name: RouteKey, route: { method, path, function: leadsTo, authorized } satisfies DeployedRoute } };
  });

  const { AllowOrigins, AllowMethods, AllowHeaders, ExposeHeaders, MaxAge } = gateway.properties.CorsConfiguration;
  const { ThrottlingRateLimit, ThrottlingBurstLimit } = limits.properties.DefaultRouteSettings;
  const {
    Issuer,
    Audience: [audience],
  } = shared.properties.JwtConfiguration;
  return {
    routes: [...byName(deployed).values()].map((each) => each.route),
    cors: { allowOrigins: AllowOrigins, allowMethods: AllowMethods, allowHeaders: AllowHeaders, exposeHeaders: ExposeHeaders, maxAgeSeconds: MaxAge },
    throttle: { rate: ThrottlingRateLimit, burst: ThrottlingBurstLimit },
    authorizer: { issuer: Issuer, audience },
  };
}
