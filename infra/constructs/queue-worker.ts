import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { FunctionName } from '../functions.ts';
import { HandlerFunction, type HandlerFunctionProps } from './handler-function.ts';
import { deadLetters, deadLettersName, privateQueue, queueName } from './private-queue.ts';
import { keyUse, type Setting } from './setting.ts';

export interface QueueWorkerProps<Name extends FunctionName> extends HandlerFunctionProps<Name> {
  readonly key: IKey;
  /** Messages a call. @default 1 */
  readonly batchSize?: number;
  /** Calls at once, 2 to 1000. @default as many as the account allows */
  readonly maxConcurrency?: number;
}

/** A function fed by a queue. What fails five times becomes a dead letter and waits 14 days for a person. */
export class QueueWorker<Name extends FunctionName> extends Construct {
  readonly queue: Queue;
  readonly #key: IKey;

  constructor(scope: Construct, id: string, props: QueueWorkerProps<Name>) {
    super(scope, id);
    const { key, timeout, batchSize = 1, maxConcurrency } = props;
    this.#key = key;
    const worker = new HandlerFunction(this, 'Worker', props);
    const names = namesOf(props);
    props.defaults.watched.queues.push({ name: props.name, ...names });
    const queueOfDeadLetters = deadLetters(this, 'DeadLetters', {
      key,
      queueName: names.deadLettersName,
    });
    this.queue = privateQueue(this, 'Queue', {
      key,
      queueName: names.queueName,
      // Lambda's own rule: room for the retries that throttling costs before the message shows again.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      deadLetterQueue: { queue: queueOfDeadLetters, maxReceiveCount: 5 },
    });
    for (const statement of this.#consuming()) {
      worker.function.addToRolePolicy(new PolicyStatement(statement));
    }
    new EventSourceMapping(this, 'Source', {
      target: worker.function,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      reportBatchItemFailures: true,
      maxConcurrency,
    });
  }

  ringing(): Setting {
    return {
      value: this.queue.queueUrl,
      allows: [
        { actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] },
        keyUse(this.#key, 'sqs', ['kms:Decrypt', 'kms:GenerateDataKey']),
      ],
    };
  }

  #consuming() {
    return [
      {
        actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        resources: [this.queue.queueArn],
      },
      keyUse(this.#key, 'sqs', ['kms:Decrypt']),
    ];
  }
}

const namesOf = ({ name, defaults: { settings } }: HandlerFunctionProps<FunctionName>) => ({
  queueName: queueName(settings.stage, name),
  deadLettersName: deadLettersName(settings.stage, name),
});
