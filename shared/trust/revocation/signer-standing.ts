import type { Certificate } from '../certificate.ts';
import { statusOf } from './certificate-status.ts';
import type { Decision, Question } from './decision.ts';
import { doubtOfSignature } from './signed.ts';
import type { Doubt, Status } from './status.ts';

/** Lists that are signed by certificates whose lists are signed by others, and so on, were made to waste time. */
const MAX_DEPTH = 4;

/**
 * What speaks against believing a certificate that signs lists or OCSP answers.
 *
 * One that stands on the path above the certificate in question is asked about anyway. Any other is asked about here,
 * and those above it until the path is reached, by the same rules; whoever is being asked about vouches for nobody.
 *
 * @see RFC 5280 section 6.3.3 (f): its path is to be validated, which takes in revocation
 */
export async function doubtOfSigner(
  signer: Certificate,
  question: Question,
  decision: Decision,
): Promise<Doubt | undefined> {
  const { path, validIssuersOfCrl } = decision;
  const { asking } = question;
  const onPath = path.findIndex(({ fingerprint }) => fingerprint === signer.fingerprint);
  const asked = path.findIndex(({ fingerprint }) => fingerprint === asking[0]);
  if (onPath > asked) return undefined;
  if (asking.includes(signer.fingerprint)) return 'doubtful-signer';
  if (asking.length > MAX_DEPTH) return 'too-costly';
  const issuers = [...path.slice(asked + 1), ...validIssuersOfCrl(signer.issuer.comparable)]
    .filter(({ subject }) => subject.comparable === signer.issuer.comparable)
    .filter(({ fingerprint }) => fingerprint !== signer.fingerprint);
  for (const issuer of new Set(issuers)) {
    if (doubtOfSignature(signer, issuer, decision)) continue;
    const inner = { certificate: signer, issuer, asking: [...asking, signer.fingerprint] };
    if (await doubtOfSigner(issuer, inner, decision)) continue;
    if (stands(await statusOf(inner, decision), decision)) return undefined;
  }
  return 'doubtful-signer';
}

/** As with certificates of the path. */
export function stands(status: Status, { rules }: Pick<Decision, 'rules'>): boolean {
  if (status.kind !== 'unknown') return status.kind === 'good';
  if (status.why === 'no-source') return rules.revocation !== 'required';
  return rules.revocation === 'soft-fail';
}
