import type { Duration } from 'aws-cdk-lib';

/** A function, as its alarms name it. */
export interface WatchedFunction {
  readonly functionName: string;
  readonly timeout: Duration;
  /** Whether a stream feeds it: then what is old in the stream is about to be lost. */
  readonly stream: boolean;
}

/** A queue and where its messages go that failed. */
export interface WatchedQueue {
  readonly queueName: string | undefined;
  readonly deadLettersName: string;
}

/**
 * Everything that an alarm looks at. Constructs enter what they make, so that nothing is made that nobody watches; names are
 * texts, so that no stack hangs on another for its alarms.
 */
export class Watched {
  readonly functions: WatchedFunction[] = [];
  readonly queues: WatchedQueue[] = [];
}
