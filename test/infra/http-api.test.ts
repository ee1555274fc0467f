import { describe, expect, test } from '@jest/globals';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { ROUTES } from '../../lambdas/routes.ts';
import { KEY_LEASE_SECONDS } from '../../shared/door.ts';
import {
  named,
  type Resource,
  resourcesOf,
  SANDBOX,
  sandboxResources,
} from './support/templates.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const resources = sandboxResources();
const all = (type: string): Resource[] => resources.filter((each) => each.type === type);
const routes = all('AWS::ApiGatewayV2::Route').map(({ properties }) => properties);

const routeFor = (method: string, path: string) =>
  routes.find(({ RouteKey }) => RouteKey === `${method} ${path}`);

const authorizer = (id: string) =>
  all('AWS::ApiGatewayV2::Authorizer').find((each) => each.id === id)?.properties;

/** `transmit-requests` > `TransmitRequestsFunction` */
const functionId = (lambda: string): string =>
  `${lambda.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}Function`;

describe('the HTTP API', () => {
  test.each(ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s is answered by its function',
    (_, { method, path, lambda }) => {
      const target = named(routeFor(method, path)?.Target).replace('integrations/', '');
      const integration = all('AWS::ApiGatewayV2::Integration').find(({ id }) => id === target);
      expect(integration?.properties).toMatchObject({ PayloadFormatVersion: '2.0' });
      expect(named(integration?.properties.IntegrationUri)).toBe(functionId(lambda));
    },
  );

  test('has no route that lambdas/routes.ts does not list', () => {
    expect(routes.map(({ RouteKey }) => String(RouteKey)).sort()).toEqual(
      ROUTES.map(({ method, path }) => `${method} ${path}`).sort(),
    );
  });

  test.each(
    ROUTES.filter(({ scopes }) => scopes.length > 0).map(
      (route) => [`${route.method} ${route.path}`, route] as const,
    ),
  )('%s is behind the authorizer', (_, { method, path, ...more }) => {
    const route = routeFor(method, path);
    const takesCertificates = 'certificate' in more && more.certificate;
    expect(route?.AuthorizationType).toBe('CUSTOM');
    expect(named(route?.AuthorizerId)).toBe(
      takesCertificates ? 'HttpGatewayCertificateAuthorizer' : 'HttpGatewayAuthorizer',
    );
  });

  test('for a certificate only XDR may be called', () => {
    const keys = ROUTES.filter((route) => 'certificate' in route && route.certificate);
    expect(keys.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v1/xdr']);
  });

  test('open to anybody are the consent texts and the health check, and nothing else', () => {
    const open = routes.filter(({ AuthorizationType }) => AuthorizationType === 'NONE');
    expect(open.map(({ RouteKey }) => String(RouteKey)).sort()).toEqual([
      'GET /v1/consent-texts/{language}',
      'GET /v1/consent-texts/{language}/{version}',
      'GET /v1/health',
      'GET /v1/openapi.json',
    ]);
  });

  test('an answer of the authorizer is kept for one route and one token, for a minute', () => {
    expect(authorizer('HttpGatewayAuthorizer')).toMatchObject({
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
      IdentitySource: ['$request.header.Authorization', '$context.routeKey'],
      AuthorizerResultTtlInSeconds: 60,
    });
  });

  test('where a certificate does for a token, the authorizer is asked each time', () => {
    expect(authorizer('HttpGatewayCertificateAuthorizer')).toMatchObject({
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
      IdentitySource: [],
      AuthorizerResultTtlInSeconds: 0,
    });
  });

  test('the access log names routes and results, and neither paths nor callers', () => {
    const [stage] = all('AWS::ApiGatewayV2::Stage');
    const logged = Object.values<string>(JSON.parse(stage?.properties['AccessLogSettings'].Format));
    expect(logged.sort()).toEqual([
      '$context.requestId',
      '$context.requestTime',
      '$context.responseLatency',
      '$context.responseLength',
      '$context.routeKey',
      '$context.status',
    ]);
  });

  test('takes no more requests a second than the stage says', () => {
    const [stage] = all('AWS::ApiGatewayV2::Stage');
    expect(stage?.properties.DefaultRouteSettings).toEqual({
      ThrottlingRateLimit: 50,
      ThrottlingBurstLimit: 100,
    });
  });

  test('takes fewer where each one asks strangers, and has such routes before their limit', () => {
    const [stage] = all('AWS::ApiGatewayV2::Stage');
    const key = 'POST /v1/direct-addresses/check';
    expect(stage?.properties.RouteSettings).toEqual({
      [key]: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 },
      'GET /v1/directory': { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 },
    });
    const route = all('AWS::ApiGatewayV2::Route').find(
      ({ properties }) => properties['RouteKey'] === key,
    );
    expect(stage?.dependsOn).toContain(route?.id);
  });

  test('no function that answers it runs longer than a key is held for it', () => {
    const names = new Set(ROUTES.map(({ lambda }) => `direct-transmit-sandbox-${lambda}`));
    const answering = all('AWS::Lambda::Function').filter(({ properties }) =>
      names.has(String(properties['FunctionName'])),
    );
    expect(answering).toHaveLength(names.size);
    for (const { properties } of answering) {
      expect(properties['Timeout']).toBeLessThan(KEY_LEASE_SECONDS);
    }
  });
});

const corsOf = (corsOrigins: readonly string[]) => {
  const deployment = { ...SANDBOX.deployment, corsOrigins: [...corsOrigins] };
  const config = { ...SANDBOX, deployment };
  const made = resourcesOf(directTransmit({ config, outdir: temporaryFolder() }));
  const [api] = made.filter(({ type }) => type === 'AWS::ApiGatewayV2::Api');
  return api?.properties['CorsConfiguration'];
};

describe('pages of other sites', () => {
  test('may not call where the settings name none', () => {
    const [api] = all('AWS::ApiGatewayV2::Api');
    expect(api?.properties).not.toHaveProperty('CorsConfiguration');
  });

  test('may call from the sites that are named, exactly, with a token and never with cookies', () => {
    const origins = ['https://portal.example.org', 'https://other.example.org:8443'];
    expect(corsOf(origins)).toEqual({
      AllowOrigins: origins,
      AllowCredentials: false,
      AllowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      AllowHeaders: [
        'Authorization',
        'Content-Type',
        'Idempotency-Key',
        'If-Match',
        'If-None-Match',
        'Accept-Language',
      ],
      ExposeHeaders: [
        'ETag',
        'Location',
        'Retry-After',
        'Link',
        'Idempotency-Replayed',
        'RateLimit',
        'RateLimit-Policy',
        'WWW-Authenticate',
      ],
      MaxAge: 3600,
    });
  });

  test('ask beforehand without a token: no route of ours stands in the way of the gateway', () => {
    const keys = routes.map(({ RouteKey }) => String(RouteKey));
    expect(keys.filter((key) => /^(OPTIONS|ANY|\$default)/.test(key))).toEqual([]);
  });
});
