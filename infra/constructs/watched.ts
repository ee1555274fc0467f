import type { Duration } from 'aws-cdk-lib';

/** A function, as its alarms name it. */
export interface WatchedFunction {
  /** Folder under lambdas/. */
  readonly name: string;
  readonly functionName: string;
  readonly timeout: Duration;
  readonly memoryMegabytes: number;
  readonly calledBy: Caller;
  /** By the clock. Absent: whenever something happens. */
  readonly every?: Duration;
}

/**
 * What calls a function. What goes wrong behind the `api` is an answer of the API, and is seen there; what is old in a
 * `stream` is about to be lost; of all others only their own errors tell.
 */
export type Caller = 'api' | 'stream' | 'other';

/** Where messages end that failed, and the queue that they come from. */
export interface WatchedQueue {
  /** What becomes of its messages: mostly the folder of the function that they are for. */
  readonly name: string;
  /** Absent: they come from a stream, or a topic. */
  readonly queueName?: string;
  readonly deadLettersName: string;
}

/**
 * Everything that an alarm looks at. Constructs enter what they make, so that nothing is made that nobody watches; names are
 * texts, so that no stack hangs on another for its alarms.
 */
export class Watched {
  readonly functions: WatchedFunction[] = [];
  readonly queues: WatchedQueue[] = [];
  /** Ids of HTTP APIs, which only AWS gives. */
  readonly apis: string[] = [];
}
