import type { Certificate } from '../certificate.ts';
import type { Crl } from './crl.ts';
import type { Decision, Question } from './decision.ts';
import { doubtOfSignature } from './signed.ts';
import type { Doubt } from './status.ts';

export type Signer =
  | { readonly kind: 'signer'; readonly certificate: Certificate }
  | { readonly kind: 'doubt'; readonly why: Doubt };

/** More certificates of one name were made to waste time. */
const MAX_CANDIDATES = 10;

/**
 * Finds the certificate whose key signed a list: the issuer's own, or another of the same name that leads to the same
 * anchor, for authorities may keep a key for lists alone and change their keys. Its key usage, when there is one, has
 * to allow signing lists. One that is not on the path has to be unrevoked itself, and not by its own word.
 *
 * @see RFC 5280 section 6.3.3 (f) and (g)
 */
export async function signerOf(crl: Crl, question: Question, decision: Decision): Promise<Signer> {
  const doubts: Doubt[] = [];
  for (const certificate of candidatesFor(crl, question, decision)) {
    const doubt =
      doubtOfSignature(crl, certificate, decision) ??
      (await decision.doubtOfSigner(certificate, question));
    if (!doubt) return { kind: 'signer', certificate };
    doubts.push(doubt);
  }
  // That another certificate did not sign it says less than why one that may have done so does not count.
  return { kind: 'doubt', why: doubts.find((doubt) => doubt !== 'forged') ?? 'forged' };
}

/** Those to which the key identifier points come first; the others too, for in many lists of the field it is wrong. */
function candidatesFor(
  { issuer, authorityKeyId }: Crl,
  { issuer: itsIssuer }: Question,
  { path, validIssuersOfCrl }: Decision,
): readonly Certificate[] {
  const all = [itsIssuer, ...path, ...validIssuersOfCrl(issuer.comparable)]
    .filter(({ subject }) => subject.comparable === issuer.comparable)
    .filter(({ keyUsage }) => !keyUsage || keyUsage.has('cRLSign'));
  const distinct = [...new Map(all.map((each) => [each.fingerprint, each])).values()];
  const isNamed = ({ subjectKeyId }: Certificate): number =>
    authorityKeyId !== undefined && subjectKeyId === authorityKeyId ? 0 : 1;
  return distinct.toSorted((one, other) => isNamed(one) - isNamed(other)).slice(0, MAX_CANDIDATES);
}
