import type { Rule } from './rule.ts';

/** It writes the part anew with CRLF before it verifies, so that a signature over other line ends never fits. */
export const CRLF_LINES: Rule<Uint8Array> = {
  id: 'crlf-lines',
  source: 'Java RI, CRLFOutputStream; RFC 8551 section 3.1.1',
  minds: (signed) =>
    /(?<!\r)\n/.test(Buffer.from(signed).toString('latin1'))
      ? 'signature: it is over lines that do not end with CRLF'
      : undefined,
};
