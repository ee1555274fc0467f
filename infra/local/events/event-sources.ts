import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { FauxqsServer } from 'fauxqs';
import type { Deployment } from '../assembly/deployment.ts';
import { ACCOUNT } from '../assembly/physical.ts';
import type { Functions } from '../functions/functions.ts';
import { keysOf } from '../iam/encryption.ts';
import type { Privileges } from '../iam/privileges.ts';
import { sourceCalls } from '../iam/source-calls.ts';
import { Mapping, type Source } from './mapping.ts';
import { queueSource } from './queue-source.ts';
import { streamSource } from './stream-source.ts';

export interface EventSourcesSetup {
  readonly deployment: Deployment;
  readonly functions: Functions;
  readonly privileges: Privileges;
  readonly queues: SQSClient;
  readonly queueEngine: FauxqsServer;
  readonly tables: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
}

/**
 * Starts every event source mapping of the template.
 *
 * @throws Error when the role of a function does not allow what is done in its name, as no mapping would be made on AWS
 */
export function startEventSources(setup: EventSourcesSetup): Source {
  const mappings = setup.deployment
    .resources('AWS::Lambda::EventSourceMapping', Mapping)
    .map(({ properties }) => properties)
    .filter(({ Enabled }) => Enabled);
  for (const mapping of mappings) refuseWithoutLeave(setup, mapping);
  const sources = mappings.map((mapping) => startMapping(setup, mapping));
  return {
    async stop() {
      await Promise.all(sources.map((source) => source.stop()));
    },
  };
}

function refuseWithoutLeave({ deployment, privileges }: EventSourcesSetup, mapping: Mapping): void {
  const functionName = /:function:([^:/]+)/.exec(mapping.FunctionName)?.[1] ?? mapping.FunctionName;
  const refusal = privileges.refusalOf(functionName, sourceCalls(mapping, keysOf(deployment)));
  if (!refusal) return;
  throw new Error(`The execution role of ${functionName} does not let it have its source. ${refusal.message}`); // prettier-ignore
}

function startMapping(setup: EventSourcesSetup, mapping: Mapping): Source {
  const target = setup.functions.get(mapping.FunctionName);
  const [, , service, , , name = ''] = mapping.EventSourceArn.split(':');
  if (service === 'sqs') {
    const queueUrl = `${setup.queueEngine.address}/${ACCOUNT}/${name}`;
    return queueSource({ mapping, queueUrl, client: setup.queues, target });
  }
  if (service === 'dynamodb') {
    const tableName = name.split('/')[1] ?? '';
    const { tables, streams, queueEngine } = setup;
    const destination = mapping.DestinationConfig?.OnFailure?.Destination.split(':').at(-1);
    const giveUp = (body: string): void => {
      if (destination) queueEngine.sendMessage(destination, body);
    };
    return streamSource({ mapping, tableName, tables, streams, target, giveUp });
  }
  throw new Error(`The local system does not know the event source ${mapping.EventSourceArn}`);
}
