import type { Outcome } from '../../../../shared/outcome.ts';
import type { Rule } from './rule.ts';

/** By the anchors that the receiver holds for what comes in. */
export const TRUSTED: Rule<Outcome<unknown>> = {
  id: 'trusted',
  source: 'Java RI, TrustModel.enforce and TrustChainValidator',
  minds: (trusted) =>
    trusted.ok ? undefined : `trust: the signer is not trusted (${trusted.failure.code})`,
};
