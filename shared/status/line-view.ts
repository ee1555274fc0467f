import { isFailureCode } from '../failures.ts';
import type { Language } from '../language.ts';
import { saysOf } from '../says-of.ts';
import type { TransmissionLine } from '../transmission/ledger.ts';

/** One copy in a list of copies, with the sentence of its code. */
export const viewOfLine = (
  { id, requestId, clientReference, address, createdAt, isProbe, status, code }: TransmissionLine,
  language: Language,
): object => ({
  id,
  requestId,
  ...(clientReference !== undefined && { clientReference }),
  address,
  createdAt,
  ...(isProbe && { isProbe }),
  status,
  ...(code === undefined ? {} : { code }),
  ...(code !== undefined && isFailureCode(code) ? { sentence: saysOf(code, language) } : {}),
});
