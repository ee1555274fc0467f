import type { FailureCode } from '../../../failures.ts';
import { done, fail, type Outcome } from '../../../outcome.ts';
import {
  verifySignedData,
  type SignedDataFault,
  type VerifiedContent,
} from '../../../trust/cms/signed-data.ts';
import { STRICT } from '../../../trust/rules.ts';

const CODES: Readonly<Record<SignedDataFault, FailureCode>> = {
  'not-signed': 'secure/not-signed',
  'weak-digest': 'secure/weak-digest',
  'weak-key': 'secure/weak-key',
  'bad-signature': 'secure/bad-signature',
  malformed: 'secure/malformed',
};

/**
 * The content of SignedData as a message has it, verified.
 *
 * @param detached the content when it travels apart; without it the content must be inside, with it it must not
 * @failure secure/not-signed     another kind of CMS content
 * @failure secure/weak-digest    SHA-1 unless it is accepted, or MD5
 * @failure secure/weak-key
 * @failure secure/bad-signature  no signer, no certificate of the signer, an unknown algorithm, or not over this content
 * @failure secure/malformed
 */
export function verifiedContent(
  cms: Uint8Array,
  detached: Uint8Array | undefined,
  acceptSha1: boolean,
): Outcome<VerifiedContent> {
  const rules = { ...STRICT, allowSha1: acceptSha1 };
  const verified = verifySignedData(cms, detached, rules);
  return typeof verified === 'string' ? fail(CODES[verified]) : done(verified);
}
