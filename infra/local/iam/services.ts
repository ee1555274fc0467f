import * as z from 'zod';
import type { Deployment } from '../assembly/deployment.ts';
import type { ReadCalls } from './calls/asked.ts';
import { dynamoDbCalls } from './calls/dynamodb-calls.ts';
import { eventCalls, keyCalls, secretCalls } from './calls/json-calls.ts';
import { s3Calls } from './calls/s3-calls.ts';
import { sesCalls } from './calls/ses-calls.ts';
import { sqsCalls } from './calls/sqs-calls.ts';
import { keysOf } from './encryption.ts';
import type { ServiceName } from './refusal-answers.ts';

/** By the end of the variable in which the SDK finds where a service is. */
const BY_VARIABLE: Readonly<Record<string, ServiceName>> = {
  DYNAMODB: 'dynamodb',
  EVENTBRIDGE: 'events',
  KMS: 'kms',
  S3: 's3',
  SECRETS_MANAGER: 'secretsmanager',
  SES: 'ses',
  SQS: 'sqs',
};

const ENDPOINT = 'AWS_ENDPOINT_URL_';

export type Upstreams = Partial<Readonly<Record<ServiceName, string>>>;

/** Where variables say that services are, and the same variables with the border in their place. */
export function throughBorder(
  variables: Readonly<Record<string, string>>,
  border: string,
): { readonly upstreams: Upstreams; readonly variables: Readonly<Record<string, string>> } {
  const places = Object.entries(variables).filter(([name]) => name.startsWith(ENDPOINT));
  const upstreams = places.map(([name, url]) => [serviceOf(name), url] as const);
  const instead = places.map(([name]) => [name, border] as const);
  return {
    upstreams: Object.fromEntries(upstreams),
    variables: { ...variables, ...Object.fromEntries(instead) },
  };
}

/** @throws Error for one whose calls nobody here can read: they would go where no role is looked at */
function serviceOf(variable: string): ServiceName {
  const service = BY_VARIABLE[variable.slice(ENDPOINT.length)];
  if (!service) throw new Error(`The local system does not know what calls of ${variable} need`);
  return service;
}

const Identity = z.object({ EmailIdentity: z.string() });

/** How the calls of each service are read. */
export function callReaders(deployment: Deployment): Readonly<Record<ServiceName, ReadCalls>> {
  const keyOf = keysOf(deployment);
  const identities = deployment
    .resources('AWS::SES::EmailIdentity', Identity)
    .map(({ properties }) => properties.EmailIdentity);
  return {
    dynamodb: dynamoDbCalls(deployment, keyOf),
    events: eventCalls,
    kms: keyCalls,
    s3: s3Calls(keyOf),
    secretsmanager: secretCalls(keyOf),
    ses: sesCalls(identities),
    sqs: sqsCalls(keyOf),
  };
}
