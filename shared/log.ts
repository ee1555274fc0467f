import type { FailureCode } from './failures.ts';
import type { TokenFault } from './token-fault.ts';

/** What may stand in a log line: ids we made, codes and counts. There is no field for free text. */
export interface LogFields {
  readonly transmissionId?: string;
  readonly triggerId?: string;
  readonly requestId?: string;
  readonly deliveryId?: string;
  readonly answerId?: string;
  readonly webhookId?: string;
  readonly uploadId?: string;
  /** SHA-256 of what came in, or SES's id of it. */
  readonly noticeId?: string;
  readonly awsRequestId?: string;
  readonly route?: string;
  readonly status?: number | string;
  readonly code?: FailureCode;
  readonly errorName?: string;
  readonly tokenFault?: TokenFault;
  readonly count?: number;
  /** Of a trust bundle, as the settings call it. */
  readonly bundle?: string;
  readonly ageSeconds?: number;
}

/** What happened, as words of our own choosing; a new line of the log is a new word here. */
export type LogEvent =
  | 'address-paused'
  | 'attempted'
  | 'bundle-refreshed'
  | 'bundle-unrefreshed'
  | 'bus-untold'
  | 'cache-failed'
  | 'caller-refused'
  | 'caller-unnamed'
  | 'answered-letter'
  | 'copies-opened'
  | 'copy-failed'
  | 'disposition-recorded'
  | 'door-unwatched'
  | 'doorbell-ignored'
  | 'doorbell-unheard'
  | 'http-answered'
  | 'http-failed'
  | 'letter-ignored'
  | 'letter-kept'
  | 'letter-unanswered'
  | 'mail-skipped'
  | 'mailbox-polled'
  | 'mailbox-unread'
  | 'notice-ignored'
  | 'notice-recorded'
  | 'notification-gap'
  | 'own-certificate-found'
  | 'own-certificate-unusable'
  | 'record-failed'
  | 'rang'
  | 'swept'
  | 'purged'
  | 'held-back'
  | 'relay-event-ignored'
  | 'relay-event-recorded'
  | 'relay-quota-unread'
  | 'reported'
  | 'request-looked-at'
  | 'resource-answered'
  | 'submitter-given-up'
  | 'submitter-put-off'
  | 'submitter-told'
  | 'submitter-untold'
  | 'trigger-matched'
  | 'upload-accepted'
  | 'upload-gone'
  | 'upload-refused'
  | 'upload-unasked'
  | 'webhook-delivered'
  | 'webhook-disabled'
  | 'webhook-failed'
  | 'webhook-put-off'
  | 'window-closed'
  | 'window-waits';

export interface Log {
  info(event: LogEvent, fields?: LogFields): void;
  error(event: LogEvent, fields?: LogFields): void;
}

/** What somebody may be rung for. */
export type RungKind = 'answer' | 'transmission' | 'trigger' | 'window' | 'request' | 'delivery';

/** The field for an id by the kind of thing that it is of. */
export function idField(kind: RungKind, id: string): LogFields {
  switch (kind) {
    case 'transmission':
      return { transmissionId: id };
    case 'trigger':
      return { triggerId: id };
    case 'delivery':
      return { deliveryId: id };
    case 'answer':
      return { answerId: id };
    // A window is known by its request.
    case 'window':
    case 'request':
      return { requestId: id };
  }
}

/** One JSON object a line on standard output, as CloudWatch Logs Insights reads it. */
export const jsonLog = (write: (line: string) => void, functionName: string): Log => {
  const line =
    (level: 'INFO' | 'ERROR') =>
    (event: LogEvent, fields: LogFields = {}): void =>
      write(`${JSON.stringify({ level, function: functionName, event, ...fields })}\n`);
  return { info: line('INFO'), error: line('ERROR') };
};

/**
 * The place where an unexpected error was thrown, without its message: a library's message may quote what it choked on.
 * At most 200 characters: the error's class and the first own frame.
 */
export function errorNameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const name = NAME.test(error.name) ? error.name : 'Error';
  const place = PLACE.exec(firstFrameOf(error))?.[1];
  return (place === undefined ? name : `${name} at ${place}`).slice(0, 200);
}

const NAME = /^[A-Za-z]\w{0,60}$/;
const PLACE = /([\w.-]+:\d+:\d+)\)?$/;

/** As engines write it before a message, or with or without a colon before none: a class, and what Node has for a code. */
const CLASS = /^[\w$]+(?: \[\w+\])?(?:: )?$/;

/**
 * The message stands in the stack too, in front, and may have lines that look like frames: it is cut off as it stands
 * there. A message that was changed since cannot be found there, and then no frame is believed.
 */
function firstFrameOf({ name, stack, message }: Error): string {
  if (typeof stack !== 'string') return '';
  const said = message === '' ? '\n' : `: ${message}\n`;
  const at = stack.indexOf(said);
  const before = stack.slice(0, Math.max(at, 0));
  if (before !== name && !CLASS.test(before)) return '';
  const frames = stack.slice(at + said.length).split('\n');
  return frames.find((each) => each.startsWith('    at ') && PLACE.test(each)) ?? '';
}
