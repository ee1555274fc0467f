import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Doorbell } from '../trigger/doorbell.ts';
import { REQUEST_HANDLER } from './request-handler.ts';

/** A queue as a doorbell: the body of a message is the bare id. */
export function sqsDoorbell(queueUrl: string): Doorbell {
  // The queue's URL names the queue; where to reach SQS is the environment's to say.
  const sqs = new SQSClient({ requestHandler: REQUEST_HANDLER, useQueueUrlAsEndpoint: false });
  return {
    async ring(id, afterSeconds = 0) {
      const message = { QueueUrl: queueUrl, MessageBody: id, DelaySeconds: afterSeconds };
      await sqs.send(new SendMessageCommand(message));
    },
  };
}
