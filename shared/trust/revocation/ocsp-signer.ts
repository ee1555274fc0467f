import { readableOf, type Certificate } from '../certificate.ts';
import { checkKnownExtensions } from '../checks/known-extensions.ts';
import { checkValidityPeriod } from '../checks/validity-period.ts';
import { keyHashOf } from './certificate-id.ts';
import type { Decision, Question } from './decision.ts';
import type { OcspResponse, ResponderId } from './ocsp-response.ts';
import { doubtOfAlgorithm, doubtOfSignature } from './signed.ts';
import type { Doubt } from './status.ts';

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';

/**
 * What speaks against whoever signed a response: it has to be the issuer of the certificate itself, or one to whom the
 * issuer delegated it.
 *
 * @see RFC 6960 sections 3.2 and 4.2.2.2
 */
export async function doubtOfResponder(
  response: OcspResponse,
  question: Question,
  decision: Decision,
): Promise<Doubt | undefined> {
  const { issuer } = question;
  const direct = isNamed(response.responder, issuer)
    ? doubtOfSignature(response, issuer, decision)
    : 'forged';
  if (!direct) return undefined;
  const delegates = readableOf(response.certificates).filter((certificate) =>
    isNamed(response.responder, certificate),
  );
  const doubts: Doubt[] = [direct];
  for (const delegate of delegates) {
    const doubt =
      doubtOfSignature(response, delegate, decision) ??
      doubtOfDelegation(delegate, question, decision) ??
      (await doubtOfStanding(delegate, question, decision));
    if (!doubt) return undefined;
    doubts.push(doubt);
  }
  return doubts.find((doubt) => doubt !== 'forged') ?? 'forged';
}

const isNamed = (id: ResponderId, certificate: Certificate): boolean =>
  id.kind === 'name'
    ? id.name.comparable === certificate.subject.comparable
    : keyHashOf(certificate).equals(id.hash);

/** Directly by the issuer's key, for this end and no wider one, and still valid. */
function doubtOfDelegation(
  delegate: Certificate,
  { issuer }: Question,
  decision: Decision,
): Doubt | undefined {
  const { keyUsage, extendedKeyUsage } = delegate;
  const isForThis =
    extendedKeyUsage?.has(OCSP_SIGNING) === true &&
    (!keyUsage || keyUsage.has('digitalSignature')) &&
    delegate.issuer.comparable === issuer.subject.comparable;
  if (!isForThis) return 'forged';
  if (checkKnownExtensions(delegate)) return 'unsupported';
  const period = checkValidityPeriod(delegate, decision.now);
  if (period) return period === 'trust/expired' ? 'stale' : 'premature';
  return doubtOfAlgorithm(delegate, decision) ?? doubtOfSignature(delegate, issuer, decision);
}

/**
 * A delegate that the issuer exempts (id-pkix-ocsp-nocheck) need not be asked about. Any other is asked about as the
 * certificates of the path are, which RFC 6960 leaves to us: one that was revoked never counts, and one about which
 * nobody can say counts where certificates of the path would.
 *
 * @see RFC 6960 section 4.2.2.2.1
 */
const doubtOfStanding = async (
  delegate: Certificate,
  question: Question,
  decision: Decision,
): Promise<Doubt | undefined> =>
  delegate.ocspNoCheck ? undefined : decision.doubtOfSigner(delegate, question);
