import { ruleOf, type FailureCode } from '../../shared/failures.ts';
import type { Failure } from '../../shared/outcome.ts';
import type { Batch } from './batch/batch.ts';

/** Where a command finds what it is given and leaves what it has to say. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly input: () => AsyncIterable<Uint8Array>;
}

/** What a command found out. It is printed in one of two forms, never in both. */
export interface Report {
  /** Whether it found what it was asked for; otherwise the exit code is 1. */
  readonly ok: boolean;
  /** For people, line by line. */
  readonly lines: readonly string[];
  /** For programs: with --json the only thing on standard output. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Printed last; on standard error with --json. */
  readonly summary: string;
}

export interface Command {
  /** What follows `npm run transmit --`. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly does: string;
  /** For its --help: what the options take, and what holds without them. */
  readonly notes?: readonly string[];
  /** @throws CommandError when it cannot be done as it was asked */
  readonly run: (args: readonly string[]) => Promise<Report>;
  /** What it does with --batch instead. */
  readonly batch?: Batch;
}

/** Something that the operator can put right: its message is the one line that is shown. */
export class CommandError extends Error {
  /** For programs that ask by the batch. */
  readonly code: FailureCode;

  constructor(message: string, code: FailureCode = 'edge/malformed') {
    super(message);
    this.code = code;
  }
}

/** A command line that is not one of this command: who wrote it is told how it is written. */
export class UsageError extends CommandError {}

/** One line, whatever went wrong; an error that is nobody's mistake but ours keeps its name. */
export function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = error.message.split('\n')[0] ?? '';
  return error instanceof CommandError ? text : `${error.name}: ${text}`;
}

/** What others wrote, in certificates and messages, must not steer the terminal. */
export const printable = (line: string): string => line.replace(/\p{Cc}/gu, '?');

/** A failure in one line: its code, its sentence, and the numbers that go with it. */
export const inWords = ({ code, detail }: Failure): string =>
  `${code}: ${ruleOf(code).says}${detail === undefined ? '' : ` (${detail})`}`;

export const codeInWords = (code: FailureCode): string => inWords({ code });
