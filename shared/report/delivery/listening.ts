import type { FailureCode } from '../../failures.ts';
import type { LogEvent, LogFields } from '../../log.ts';
import type { Posted } from './posted.ts';

/** One who is to be told, during one attempt. */
export interface Listening {
  /** Of those who come when it was left alone for long enough, one may ask it. */
  readonly mayBeAsked: () => Promise<boolean>;
  readonly post: () => Promise<Posted>;
  /** @param isGivenUp whether the report will not be tried again */
  readonly conclude: (posted: Posted, isGivenUp: boolean) => Promise<void>;
  /** With which the log tells of the attempt; and what it is known by there. */
  readonly words: Readonly<Record<'delivered' | 'failed' | 'put-off', LogEvent>>;
  readonly knownAs: Pick<LogFields, 'webhookId'>;
  readonly failure: FailureCode;
}
