import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import { REQUEST_HANDLER } from '../../shared/adapters/request-handler.ts';
import { CommandError, lineOf } from './command.ts';

/** With the operator's own credentials. Which queue it is the URL says, where SQS is the environment. */
export const sqsClient = (): SQSClient =>
  new SQSClient({ requestHandler: REQUEST_HANDLER, useQueueUrlAsEndpoint: false });

/** So long nobody else sees a message that is being moved. */
const HIDDEN_SECONDS = 60;
/** Asks all servers of the queue, and not some of them. */
const WAIT_SECONDS = 1;
const AT_ONCE = 10;

/**
 * Where a queue is that is given by its name, as alarms have it; a URL is that already.
 *
 * @throws CommandError when there is none of that name
 */
export async function urlOf(queue: string, sqs: SQSClient): Promise<string> {
  if (queue.includes('://')) return queue;
  const asked = new GetQueueUrlCommand({ QueueName: queue });
  const { QueueUrl } = await sqs.send(asked).catch((error: unknown) => {
    throw new CommandError(`There is no queue ${queue} here. ${lineOf(error)}`, 'edge/not-found');
  });
  return QueueUrl ?? queue;
}

/**
 * The one queue whose dead letters these are.
 *
 * @throws CommandError when it cannot be found out, or is not one
 */
export async function sourceOf(deadLetters: string, sqs: SQSClient): Promise<string> {
  const asked = new ListDeadLetterSourceQueuesCommand({ QueueUrl: deadLetters });
  const { queueUrls = [] } = await sqs.send(asked).catch((error: unknown) => {
    throw new CommandError(`Name the queue with --to: it cannot be found out. ${lineOf(error)}`);
  });
  const [only, ...others] = queueUrls;
  if (only !== undefined && others.length === 0) return only;
  throw new CommandError(
    `Name the queue with --to: these are the dead letters of ${queueUrls.length} queues.`,
  );
}

/**
 * Moves every message of one queue to another. One is taken off only after it was sent: what breaks in between is there
 * twice, and a ring that is repeated is harmless.
 *
 * @returns how many were moved
 * @throws CommandError saying how many were moved before something broke
 */
export async function move(from: string, to: string, sqs: SQSClient): Promise<number> {
  let moved = 0;
  try {
    for (;;) {
      const messages = await receive(from, sqs);
      if (messages.length === 0) return moved;
      for (const message of messages) {
        await send(message, to, sqs);
        const { ReceiptHandle } = message;
        await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
        moved += 1;
      }
    }
  } catch (error) {
    throw new CommandError(`${moved} moved, and then this: ${lineOf(error)}`);
  }
}

async function receive(from: string, sqs: SQSClient): Promise<readonly Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: from,
      MaxNumberOfMessages: AT_ONCE,
      VisibilityTimeout: HIDDEN_SECONDS,
      WaitTimeSeconds: WAIT_SECONDS,
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
}

const send = ({ Body, MessageAttributes }: Message, to: string, sqs: SQSClient) =>
  sqs.send(new SendMessageCommand({ QueueUrl: to, MessageBody: Body, MessageAttributes }));
