import * as z from 'zod';
import type { Deployment } from '../assembly/deployment.ts';
import { Cors } from './cors.ts';
import { parseRouteKey, type RouteKey } from './routes.ts';

const Api = z.object({
  ProtocolType: z.string().default('HTTP'),
  CorsConfiguration: Cors.optional(),
});
const Route = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.enum(['NONE', 'CUSTOM']).default('NONE'),
  AuthorizerId: z.string().optional(),
});
const Integration = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z.number().default(30_000),
});
const Authorizer = z.object({
  AuthorizerType: z.literal('REQUEST'),
  AuthorizerUri: z.string(),
  AuthorizerPayloadFormatVersion: z.literal('2.0'),
  EnableSimpleResponses: z.literal(true),
  IdentitySource: z.array(z.string()).default([]),
  AuthorizerResultTtlInSeconds: z.number().default(0),
});

export interface GatewayAuthorizer {
  readonly id: string;
  readonly functionArn: string;
  /** `$request.header.Authorization`, `$context.routeKey`, … */
  readonly identitySources: readonly string[];
  readonly cacheSeconds: number;
}

export interface GatewayRoute {
  readonly key: RouteKey;
  readonly functionArn: string;
  readonly timeoutSeconds: number;
  readonly authorizer?: GatewayAuthorizer;
}

/** The HTTP API of the template: its routes with their functions and authorizers. */
export interface Gateway {
  readonly apiId: string;
  readonly routes: readonly GatewayRoute[];
  readonly cors?: Cors;
}

export function gatewayOf(deployment: Deployment): Gateway {
  const api = deployment.resources('AWS::ApiGatewayV2::Api', Api)[0];
  const integrations = deployment.resources('AWS::ApiGatewayV2::Integration', Integration);
  const authorizers = deployment.resources('AWS::ApiGatewayV2::Authorizer', Authorizer);
  const routes = deployment.resources('AWS::ApiGatewayV2::Route', Route).map(({ properties }) => {
    const integration = integrations.find((each) => properties.Target.endsWith(`/${each.ref}`));
    const authorizer = authorizers.find((each) => each.ref === properties.AuthorizerId);
    if (!integration) throw new Error(`The route ${properties.RouteKey} has no integration`);
    if (properties.AuthorizationType === 'CUSTOM' && !authorizer) {
      throw new Error(`The route ${properties.RouteKey} has no authorizer`);
    }
    return {
      key: parseRouteKey(properties.RouteKey),
      functionArn: integration.properties.IntegrationUri,
      timeoutSeconds: integration.properties.TimeoutInMillis / 1000,
      ...(authorizer && { authorizer: authorizerOf(authorizer.ref, authorizer.properties) }),
    };
  });
  const cors = api?.properties.CorsConfiguration;
  return { apiId: api?.ref ?? 'local', routes, ...(cors && { cors }) };
}

const authorizerOf = (id: string, properties: z.output<typeof Authorizer>): GatewayAuthorizer => ({
  id,
  functionArn: properties.AuthorizerUri,
  identitySources: properties.IdentitySource,
  cacheSeconds: properties.AuthorizerResultTtlInSeconds,
});
