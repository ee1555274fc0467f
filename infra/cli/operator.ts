import { userInfo } from 'node:os';
import { SWITCHES, type SwitchName } from '../../shared/switches.ts';
import { CommandError, UsageError } from './command.ts';
import { onlyOne } from './command-line.ts';

/** Who does something, for `readArgs`. */
export const BY_OPTIONS = { by: { type: 'string' } } as const;

/** The same with why. */
export const WORDS_OPTIONS = { ...BY_OPTIONS, reason: { type: 'string' } } as const;

export const REASON_NOTE =
  '--reason: one word for the audit, a ticket or a case: letters, digits, . _ : / and -. Nothing of a patient.';
export const BY_NOTE =
  '--by: who does it, for the audit; the name on this machine unless given. It is a claim: who had the credentials, CloudTrail says.';

const WORD = /^[\w./:-]{1,64}$/;

/** @throws CommandError on what might be a sentence: sentences name people */
export function reasonIn(text: string): string {
  if (WORD.test(text)) return text;
  throw new CommandError(`--reason takes one word of at most 64 letters, digits, . _ : / and -.`);
}

export function operatorIn({
  by = userInfo().username,
}: {
  readonly by?: string | undefined;
}): string {
  if (/^[\w.@+/:-]{1,128}$/.test(by)) return by;
  throw new CommandError('--by takes one name of at most 128 characters, without blanks.');
}

export function switchIn(positionals: readonly string[]): SwitchName {
  const word = onlyOne(positionals, `of ${SWITCHES.join(' and ')}`);
  const name = SWITCHES.find((each) => each === word);
  if (name === undefined) throw new UsageError(`There is no switch "${word}".`);
  return name;
}
