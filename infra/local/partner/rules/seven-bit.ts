import type { Rule } from './rule.ts';

/** It reads what is in the wrapper as ASCII. */
export const SEVEN_BIT: Rule<Uint8Array> = {
  id: 'seven-bit',
  source: '.NET RI, WrappedMessage.cs',
  minds: (signed) =>
    signed.every((byte) => byte < 128) ? undefined : 'form: the inner message is not 7-bit',
};
