import type { Outcome } from '../../../../shared/outcome.ts';
import type { Rule } from './rule.ts';

/** Over the bytes of the part, as they came. */
export const SIGNATURE_VERIFIES: Rule<Outcome<unknown>> = {
  id: 'signature-verifies',
  source: 'Java RI, TrustModel.findTrustedSignature',
  minds: (verified) =>
    verified.ok
      ? undefined
      : `signature: it does not fit what is signed (${verified.failure.code})`,
};
