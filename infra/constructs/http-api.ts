import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  HttpApi as Gateway,
  type HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import {
  HttpLambdaAuthorizer,
  HttpLambdaResponseType,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ApiDomain } from '../config.ts';
import { corsFor } from './cors.ts';
import { ApiDomainName } from './api-domain-name.ts';
import { type FunctionDefaults, logGroupName } from './handler-function.ts';

export interface HttpApiProps<Resource extends string> {
  readonly routes: readonly {
    /** Folder of the function that answers. */
    readonly lambda: Resource;
    readonly method: string;
    readonly path: string;
    /** A route that asks for none is answered to anybody. */
    readonly scopes: readonly string[];
    /** A client certificate does for a token. */
    readonly certificate?: true;
    /** Where it takes fewer than the others. */
    readonly requestsPerSecond?: number;
  }[];
  /** Every function that a route names. */
  readonly functions: Readonly<Record<Resource, Function>>;
  readonly authorizer: Function;
  /** Names of its own; the first one is what it is called. Without any it has the one that the gateway gives. */
  readonly domains: readonly ApiDomain[];
  readonly requestsPerSecond: number;
  /** Pages of which sites may call from a browser, each exactly. Without any, none. */
  readonly corsOrigins: readonly string[];
  readonly defaults: FunctionDefaults;
}

/** Route keys instead of paths, and nothing about the caller: a path names a patient. */
const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    requestTime: '$context.requestTime',
    routeKey: '$context.routeKey',
    status: '$context.status',
    responseLength: '$context.responseLength',
    responseLatencyMs: '$context.responseLatency',
  }),
);

/** The HTTP API: every route to its function, past the authorizer unless the route is open to anybody. */
export class HttpApi<Resource extends string> extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, props: HttpApiProps<Resource>) {
    super(scope, id);
    const { routes, functions, defaults, domains } = props;
    const byToken = authorizerOf(props.authorizer);
    const byCertificateToo = certificateAuthorizerOf(props.authorizer);
    const api = new Gateway(this, 'Gateway', {
      apiName: `direct-transmit-${defaults.settings.stage}`,
      createDefaultStage: false,
      defaultAuthorizer: byToken,
      ...(props.corsOrigins.length > 0 && { corsPreflight: corsFor(props.corsOrigins) }),
      // Who must show a certificate at one door would go round it by the other.
      disableExecuteApiEndpoint: domains.some(({ truststore }) => truststore !== undefined),
    });
    for (const resource of Object.keys(functions) as Resource[]) {
      const integration = new HttpLambdaIntegration(resource, functions[resource]);
      for (const { method, path, ...route } of routes.filter((each) => each.lambda === resource)) {
        api.addRoutes({
          path,
          methods: [method as HttpMethod],
          integration,
          ...(route.certificate && { authorizer: byCertificateToo }),
          ...(route.scopes.length === 0 && { authorizer: new HttpNoneAuthorizer() }),
        });
      }
    }
    const stage = this.#stage(api, props);
    defaults.watched.apis.push(api.apiId);
    for (const domain of domains) new ApiDomainName(this, domain.name, { api, stage, domain });
    this.url = domains[0] ? `https://${domains[0].name}` : api.apiEndpoint;
  }

  #stage(api: Gateway, { routes, requestsPerSecond, defaults }: HttpApiProps<Resource>): HttpStage {
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: logGroupName(defaults.settings.stage, 'http-access'),
      encryptionKey: defaults.logKey,
      retention: defaults.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: requestsPerSecond, burstLimit: 2 * requestsPerSecond },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: ACCESS_LOG,
      },
    });
    // The construct has no property for it; the resource under a stage is this one.
    (stage.node.defaultChild as CfnStage).routeSettings = Object.fromEntries(
      routes.flatMap(({ method, path, requestsPerSecond: own }) =>
        own === undefined ? [] : [[`${method} ${path}`, throttleOf(own)]],
      ),
    );
    // A stage cannot be made that has settings for a route that is not there yet.
    stage.node.addDependency(...api.node.findAll().filter((each) => each instanceof HttpRoute));
    return stage;
  }
}

/** In the words of the template. */
const throttleOf = (requestsPerSecond: number) => ({
  ThrottlingRateLimit: requestsPerSecond,
  ThrottlingBurstLimit: 2 * requestsPerSecond,
});

/** The route is part of the cache's key, else an answer for one route would open all the others for a minute. */
const authorizerOf = (target: Function): HttpLambdaAuthorizer =>
  new HttpLambdaAuthorizer('Authorizer', target, {
    responseTypes: [HttpLambdaResponseType.SIMPLE],
    identitySource: ['$request.header.Authorization', '$context.routeKey'],
    resultsCacheTtl: Duration.seconds(60),
  });

/**
 * The same function, asked also when there is no token. Nothing of a certificate could be part of a cache's key, so
 * nothing is kept.
 */
const certificateAuthorizerOf = (target: Function): HttpLambdaAuthorizer =>
  new HttpLambdaAuthorizer('CertificateAuthorizer', target, {
    responseTypes: [HttpLambdaResponseType.SIMPLE],
    identitySource: [],
    resultsCacheTtl: Duration.seconds(0),
  });
