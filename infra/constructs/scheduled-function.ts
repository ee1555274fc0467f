import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { FunctionName } from '../functions.ts';
import { HandlerFunction, type HandlerFunctionProps } from './handler-function.ts';

export interface ScheduledFunctionProps<
  Name extends FunctionName,
> extends HandlerFunctionProps<Name> {
  /** Whole minutes. */
  readonly every: Duration;
}

/** A function called by the clock. A call that fails is not repeated: the next one does the same work. */
export class ScheduledFunction<Name extends FunctionName> extends Construct {
  readonly function: Function;

  constructor(scope: Construct, id: string, props: ScheduledFunctionProps<Name>) {
    super(scope, id);
    const worker = new HandlerFunction(this, 'Worker', props);
    this.function = worker.function;
    worker.function.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    new Rule(this, 'Schedule', {
      schedule: Schedule.rate(props.every),
      targets: [
        new LambdaFunction(worker.function, { retryAttempts: 0, maxEventAge: Duration.minutes(1) }),
      ],
    });
  }
}
