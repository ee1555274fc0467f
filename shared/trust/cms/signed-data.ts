import { OID } from './algorithms.ts';
import { certificateIdOf } from './certificate-id.ts';
import { readSignedData, type SignedData } from './read-signed-data.ts';
import {
  verifiedSigner,
  type Candidate,
  type SignatureFault,
  type SignatureRules,
  type VerifiedSigner,
} from './signer-info.ts';

/** A content and those who have signed it: at least one. */
export interface VerifiedContent {
  readonly content: Uint8Array;
  readonly signers: readonly [VerifiedSigner, ...VerifiedSigner[]];
  /** DER of all certificates that came with it, as claims. */
  readonly certificates: readonly Uint8Array[];
}

/**
 * Why a CMS object is not a signed content: `not-signed` for another kind of CMS content, `bad-signature` also for no signer,
 * no certificate of the signer, an unknown algorithm, or another content.
 */
export type SignedDataFault = SignatureFault | 'not-signed' | 'malformed';

const MOST_CERTIFICATES = 32;

/**
 * Verifies SignedData. One good signature is enough: some senders sign with an old and a new certificate.
 * Whether a signer is to be trusted is not asked here.
 *
 * @param detached the content when it travels apart; without it the content must be inside, with it it must not
 */
export function verifySignedData(
  cms: Uint8Array,
  detached: Uint8Array | undefined,
  rules: SignatureRules,
): VerifiedContent | SignedDataFault {
  const signed = readSignedData(cms, { mostCertificates: MOST_CERTIFICATES });
  return typeof signed === 'string' ? signed : verifyContent(signed, detached, rules);
}

/** The same of one that was read before. */
export function verifyContent(
  signed: SignedData,
  detached: Uint8Array | undefined,
  rules: SignatureRules,
): VerifiedContent | SignatureFault {
  const content = detached ?? signed.content;
  const inTwoPlaces = detached !== undefined && signed.content !== undefined;
  if (content === undefined || inTwoPlaces || signed.type !== OID.data) return 'bad-signature';

  const candidates = signed.certificates.flatMap(candidateOf);
  const verdicts = signed.signerInfos.map((each) =>
    verifiedSigner(each, candidates, content, rules),
  );
  const [first, ...others] = verdicts.filter((each) => typeof each !== 'string');
  const certificates = candidates.map((each) => each.der);
  if (first) return { content, signers: [first, ...others], certificates };
  const faults = verdicts.filter((each) => typeof each === 'string');
  // Of several signatures the one that failed by its strength alone says most.
  return faults.find((fault) => fault !== 'bad-signature') ?? 'bad-signature';
}

function candidateOf(der: Uint8Array): readonly Candidate[] {
  const id = certificateIdOf(der);
  return id ? [{ der, id }] : [];
}
