import * as z from 'zod';
import { ACCOUNT, REGION } from '../../assembly/physical.ts';
import { usesOfKey, type KeyOf, type KeyUse } from '../encryption.ts';
import { COMMON_CONTEXT, operationOf, type ReadCalls } from './asked.ts';

const Request = z.looseObject({
  QueueUrl: z.string().default(''),
  QueueName: z.string().optional(),
});

const USES: Readonly<Record<string, readonly KeyUse[]>> = {
  SendMessage: ['kms:GenerateDataKey', 'kms:Decrypt'],
  ReceiveMessage: ['kms:Decrypt'],
};

/** A batch needs the permission of the single one. */
export const sqsCalls =
  (keyOf: KeyOf): ReadCalls =>
  (asked) => {
    const operation = operationOf(asked).replace(/Batch$/, '');
    const { QueueUrl, QueueName } = Request.parse(JSON.parse(asked.body || '{}'));
    const resource = `arn:aws:sqs:${REGION}:${ACCOUNT}:${QueueName ?? QueueUrl.split('/').at(-1)}`;
    return [
      { action: `sqs:${operation}`, resource, context: COMMON_CONTEXT },
      ...usesOfKey(keyOf(resource), 'sqs', USES[operation] ?? []),
    ];
  };
