import { ruleOf, type FailureCode } from '../../shared/failures.ts';
import type { Failure } from '../../shared/outcome.ts';

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
  /** @throws CommandError when it cannot be done as it was asked */
  readonly run: (args: readonly string[]) => Promise<Report>;
}

/** Something that the operator can put right: its message is the one line that is shown. */
export class CommandError extends Error {}

/** A failure in one line: its code, its sentence, and the numbers that go with it. */
export const inWords = ({ code, detail }: Failure): string =>
  `${code}: ${ruleOf(code).says}${detail === undefined ? '' : ` (${detail})`}`;

export const codeInWords = (code: FailureCode): string => inWords({ code });
