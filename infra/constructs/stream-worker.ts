import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { FunctionName } from '../functions.ts';
import { HandlerFunction, type HandlerFunctionProps } from './handler-function.ts';
import type { MainTable } from './main-table.ts';
import { deadLetters, deadLettersName } from './private-queue.ts';
import { keyUse } from './setting.ts';

export interface StreamWorkerProps<Name extends FunctionName> extends HandlerFunctionProps<Name> {
  readonly table: MainTable;
  readonly key: IKey;
  /** The kinds of new items it is called for; all else never reaches it. */
  readonly insertedKinds: readonly string[];
  /** Records a call. @default 100 */
  readonly batchSize?: number;
  /**
   * How long a record that fails holds up those behind it, up to a day, after which the stream forgets. Without it ten
   * times are enough, within an hour.
   */
  readonly retryFor?: Duration;
}

/**
 * A function fed by the stream of the table. A record that keeps failing is cut out of its batch and set aside, so
 * that it does not hold up for ever what is behind it.
 */
export class StreamWorker<Name extends FunctionName> extends Construct {
  constructor(scope: Construct, id: string, props: StreamWorkerProps<Name>) {
    super(scope, id);
    const { table, key, insertedKinds, batchSize = 100, retryFor } = props;
    const worker = new HandlerFunction(this, 'Worker', { ...props, calledBy: 'stream' });
    const { name, defaults } = props;
    const queueName = deadLettersName(defaults.settings.stage, name);
    defaults.watched.queues.push({ name, deadLettersName: queueName });
    const setAside = deadLetters(this, 'DeadLetters', { key, queueName });
    const statements = [
      ...table.streamReading(),
      { actions: ['sqs:SendMessage'], resources: [setAside.queueArn] },
      keyUse(key, 'sqs', ['kms:Decrypt', 'kms:GenerateDataKey']),
    ];
    for (const statement of statements) {
      worker.function.addToRolePolicy(new PolicyStatement(statement));
    }
    new EventSourceMapping(this, 'Source', {
      target: worker.function,
      eventSourceArn: table.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize,
      filters: [
        FilterCriteria.filter({
          eventName: ['INSERT'],
          dynamodb: { NewImage: { kind: { S: insertedKinds } } },
        }),
      ],
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      // The stream forgets after a day; what is set aside some hours late is still there to look at.
      ...(retryFor
        ? { maxRecordAge: retryFor }
        : { retryAttempts: 10, maxRecordAge: Duration.hours(1) }),
      onFailure: { bind: () => ({ destination: setAside.queueArn }) },
    });
  }
}
