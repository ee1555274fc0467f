import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import * as z from 'zod';
import { deploymentOf, type Deployment } from './assembly/deployment.ts';
import { REGION } from './assembly/physical.ts';
import type { Assembly } from './assembly/template.ts';
import { startDynamoDb } from './engines/dynamodb.ts';
import { CREDENTIALS } from './engines/credentials.ts';
import { startEventBusEndpoint, type EventBusEndpoint } from './engines/event-bus-endpoint.ts';
import { startObjectsEndpoint, type ObjectsEndpoint } from './engines/objects-endpoint.ts';
import { createBuckets, createQueues } from './engines/queues-and-buckets.ts';
import { secretsOf } from './engines/secrets.ts';
import { createTables } from './engines/tables.ts';
import { createTopics } from './engines/topics.ts';
import { startEventSources } from './events/event-sources.ts';
import { mailIntake, type MailIntake } from './events/receipt-rules.ts';
import { startSchedules } from './events/schedules.ts';
import type { FunctionLog } from './functions/function-log.ts';
import { functionNamesOf, functionsOf, type Functions } from './functions/functions.ts';
import { gatewayOf } from './http/gateway.ts';
import { startHttpApi, type HttpApi } from './http/http-api.ts';
import { startBorder, type Border } from './iam/border.ts';
import { keysOf } from './iam/encryption.ts';
import { privilegesOf, type Privileges } from './iam/privileges.ts';
import { denialsOf } from './iam/resource-policies.ts';
import { rolesOf } from './iam/roles.ts';
import { callReaders, throughBorder } from './iam/services.ts';
import { signersOf } from './iam/signers.ts';
import { startSecretsEndpoint, type SecretsEndpoint } from './engines/secrets-endpoint.ts';
import { siteOf } from './portal/distribution.ts';
import { startPortal, type PortalServer } from './portal/portal-server.ts';
import { startAll } from './process/start-all.ts';

/** Engines that listen before anything is deployed on them. */
export interface Engines {
  readonly dynamoDb: { readonly endpoint: string };
  /** Topics too. */
  readonly queues: FauxqsServer;
  readonly objects: ObjectsEndpoint;
  readonly secrets: SecretsEndpoint;
  readonly secretValues: Record<string, string>;
  readonly eventBus: EventBusEndpoint;
  /** In front of all of them, for functions; whoever looks after the system goes to them directly. */
  readonly border: Border;
  readonly api: HttpApi;
  /** In front of the hosted pages, and of the API for them. */
  readonly portal: PortalServer;
  readonly close: () => Promise<void>;
}

/** @param ports free ones unless given */
export async function startEngines(
  ports: { readonly api?: number | undefined; readonly portal?: number | undefined } = {},
): Promise<Engines> {
  const secretValues: Record<string, string> = {};
  const queues = startFauxqs({ port: 0, logger: false }).then((engine) =>
    Object.assign(engine, { close: () => engine.stop() }),
  );
  const started = await startAll({
    dynamoDb: startDynamoDb(),
    queues,
    objects: queues.then(({ address }) => startObjectsEndpoint(address)),
    secrets: startSecretsEndpoint({ secrets: secretValues }),
    eventBus: startEventBusEndpoint(),
    border: startBorder(),
    api: startHttpApi(ports.api),
    portal: startPortal(ports.portal),
  });
  return { ...started.values, secretValues, close: started.close };
}

export interface Deploying {
  readonly engines: Engines;
  readonly assembly: Assembly;
  /** Values of template parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Values of secrets that somebody fills in after deployment, by a part of their logical id. */
  readonly secrets?: Readonly<Record<string, string>>;
  /**
   * Environment variables set over the template's own, for every function. What they say of where services are is for the
   * border: functions go there.
   */
  readonly variables?: Readonly<Record<string, string>>;
  readonly log: FunctionLog;
  /** How long a minute of a schedule lasts: 60 unless given. */
  readonly minuteLastsSeconds?: number | undefined;
  /** Environments that one function may have at once: 4 unless given. */
  readonly maxEnvironments?: number;
}

/** The template's resources, at work on local engines. */
export interface Cloud {
  readonly deployment: Deployment;
  readonly functions: Functions;
  /** What the functions' roles allow, and what became of that. */
  readonly privileges: Privileges;
  readonly mail: MailIntake;
  /** Where the hosted pages are, where the template has any. */
  readonly portalUrl: string | undefined;
  /** Stops what calls functions, then the functions; the engines are closed by who started them. */
  close(): Promise<void>;
}

/** "Deploys" an assembly: creates what is kept, then the functions, then all that calls them. */
export async function deploy(deploying: Deploying): Promise<Cloud> {
  const { engines, assembly, parameters, log, maxEnvironments = 4 } = deploying;
  const endpoints = { queues: engines.border.endpoint, api: engines.api.url };
  const deployment = deploymentOf(assembly, endpoints, parameters);
  const privileges = privilegesIn(deployment, log);
  const clients = clientsFor(engines);
  await createTables(deployment, clients.tables);
  createQueues(deployment, engines.queues);
  createTopics(deployment, engines.queues);
  engines.eventBus.serve(busesOf(deployment));
  const buckets = createBuckets(deployment, engines.queues, clients.objects);
  fillSecrets(deployment, deploying);
  const portalUrl = servePortal(deployment, engines);
  const given = { ...functionVariables(engines), ...deploying.variables };
  const { variables, upstreams } = throughBorder(given, engines.border.endpoint);
  engines.border.serve({ upstreams, readers: callReaders(deployment), privileges });
  const functions = functionsOf({ deployment, variables, log, maxEnvironments, privileges });
  const sources = startEventSources({
    deployment,
    functions,
    privileges,
    queueEngine: engines.queues,
    ...clients,
  });
  const stopSchedules = startSchedules(deployment, functions, deploying.minuteLastsSeconds ?? 60);
  engines.api.serve(gatewayOf(deployment), functions);
  engines.objects.serve(buckets, signersOf(privileges, keysOf(deployment)));
  return {
    deployment,
    functions,
    privileges,
    mail: mailIntake(deployment, buckets),
    portalUrl,
    async close() {
      stopSchedules();
      await Promise.all([sources.stop(), functions.close()]);
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

function fillSecrets(deployment: Deployment, { engines, secrets = {} }: Deploying): void {
  for (const [arn, value] of secretsOf(deployment, secrets)) {
    engines.secretValues[arn.slice(arn.indexOf(':secret:') + ':secret:'.length)] = value;
  }
}

/** @returns where, unless the template has no hosted pages */
function servePortal(deployment: Deployment, { portal, queues, api }: Engines): string | undefined {
  const site = siteOf(deployment);
  portal.serve(site, { objects: queues.address, api: api.url });
  return site && portal.url;
}

/** Refusals are told in the function's own log, where one looks first. */
const privilegesIn = (deployment: Deployment, log: FunctionLog): Privileges =>
  privilegesOf(
    rolesOf(deployment, functionNamesOf(deployment)),
    denialsOf(deployment),
    ({ functionName, action, resource }) =>
      log.write(functionName, `ERROR AccessDenied ${action} ${resource}`),
  );

const busesOf = (deployment: Deployment): readonly string[] =>
  deployment.resources('AWS::Events::EventBus', z.object({})).map(({ ref }) => ref);

function clientsFor(engines: Engines) {
  const common = { region: REGION, credentials: CREDENTIALS };
  const dynamo = { ...common, endpoint: engines.dynamoDb.endpoint };
  const fauxqs = { ...common, endpoint: engines.queues.address };
  return {
    tables: new DynamoDBClient(dynamo),
    streams: new DynamoDBStreamsClient(dynamo),
    queues: new SQSClient(fauxqs),
    objects: new S3Client(fauxqs),
  };
}

/** What Lambda sets, and where the SDK finds the engines: an address of digits makes it use path-style buckets. */
const functionVariables = (engines: Engines): Readonly<Record<string, string>> => ({
  // The developer's own profiles are not the functions' business.
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_ENDPOINT_URL_DYNAMODB: engines.dynamoDb.endpoint,
  AWS_ENDPOINT_URL_EVENTBRIDGE: engines.eventBus.endpoint,
  AWS_ENDPOINT_URL_S3: engines.objects.endpoint,
  AWS_ENDPOINT_URL_SQS: engines.queues.address,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: engines.secrets.endpoint,
});
