import type { FailureCode } from './failures.ts';

/** What may stand in a log line: ids we made, codes and counts. There is no field for free text. */
export interface LogFields {
  readonly transmissionId?: string;
  readonly triggerId?: string;
  readonly awsRequestId?: string;
  readonly route?: string;
  readonly status?: number | string;
  readonly code?: FailureCode;
  readonly errorName?: string;
  readonly count?: number;
}

/** What happened, as words of our own choosing; a new line of the log is a new word here. */
export type LogEvent =
  | 'attempted'
  | 'doorbell-ignored'
  | 'http-answered'
  | 'http-failed'
  | 'notice-ignored'
  | 'notice-recorded'
  | 'record-failed'
  | 'rang'
  | 'swept'
  | 'trigger-matched';

export interface Log {
  info(event: LogEvent, fields?: LogFields): void;
  error(event: LogEvent, fields?: LogFields): void;
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
  const frame = error.stack?.split('\n').find((each) => each.trimStart().startsWith('at ')) ?? '';
  const place = /([\w.-]+:\d+:\d+)\)?$/.exec(frame)?.[1];
  return (place ? `${error.name} at ${place}` : error.name).slice(0, 200);
}
