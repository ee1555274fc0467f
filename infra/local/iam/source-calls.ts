import type { Mapping } from '../events/mapping.ts';
import { COMMON_CONTEXT } from './calls/asked.ts';
import { usesOfKey, type KeyOf } from './encryption.ts';
import type { Call } from './statement.ts';

const TAKING = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];
const READING = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];

/**
 * What an event source mapping does in the name of the function: AWS makes no mapping for a role that does not allow all
 * of it (Lambda Developer Guide, "Using Lambda with Amazon SQS" and "… DynamoDB", execution role permissions).
 */
export function sourceCalls(mapping: Mapping, keyOf: KeyOf): readonly Call[] {
  const { EventSourceArn: source } = mapping;
  const call = (action: string, resource = source): Call => ({
    action,
    resource,
    context: COMMON_CONTEXT,
  });
  if (source.split(':')[2] === 'sqs') {
    return [
      ...TAKING.map((operation) => call(`sqs:${operation}`)),
      ...usesOfKey(keyOf(source), 'sqs', ['kms:Decrypt']),
    ];
  }
  const table = source.replace(/\/stream\/.*$/, '');
  const deadLetters = mapping.DestinationConfig?.OnFailure?.Destination;
  return [
    ...READING.map((operation) => call(`dynamodb:${operation}`)),
    ...usesOfKey(keyOf(table), 'dynamodb', ['kms:Decrypt']),
    ...(deadLetters === undefined
      ? []
      : [
          call('sqs:SendMessage', deadLetters),
          ...usesOfKey(keyOf(deadLetters), 'sqs', ['kms:GenerateDataKey', 'kms:Decrypt']),
        ]),
  ];
}
