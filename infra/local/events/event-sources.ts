import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { FauxqsServer } from 'fauxqs';
import type { Deployment } from '../assembly/deployment.ts';
import { ACCOUNT, type Endpoints } from '../assembly/physical.ts';
import type { Functions } from '../functions/functions.ts';
import { Mapping, type Source } from './mapping.ts';
import { queueSource } from './queue-source.ts';
import { streamSource } from './stream-source.ts';

export interface EventSourcesSetup {
  readonly deployment: Deployment;
  readonly functions: Functions;
  readonly endpoints: Endpoints;
  readonly queues: SQSClient;
  readonly queueEngine: FauxqsServer;
  readonly tables: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
}

/** Starts every event source mapping of the template. */
export function startEventSources(setup: EventSourcesSetup): Source {
  const sources = setup.deployment
    .resources('AWS::Lambda::EventSourceMapping', Mapping)
    .filter(({ properties }) => properties.Enabled)
    .map(({ properties }) => startMapping(setup, properties));
  return {
    async stop() {
      await Promise.all(sources.map((source) => source.stop()));
    },
  };
}

function startMapping(setup: EventSourcesSetup, mapping: Mapping): Source {
  const target = setup.functions.get(mapping.FunctionName);
  const [, , service, , , name = ''] = mapping.EventSourceArn.split(':');
  if (service === 'sqs') {
    const queueUrl = `${setup.endpoints.queues}/${ACCOUNT}/${name}`;
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
