import type { Certificate } from '../certificate.ts';
import { ALL_REASONS, type Reasons } from '../reasons.ts';
import type { Crl } from './crl.ts';
import { signerOf } from './crl-signer.ts';
import type { Decision, Question } from './decision.ts';
import { isListed } from './entries.ts';
import { reasonsFor } from './scope.ts';
import { GOOD, nearest, REVOKED, unknown, type Doubt, type Status } from './status.ts';
import { doubtOfCrlWindow } from './window.ts';

/** Whether a list may speak of a certificate, and for which reasons. */
export type JudgedCrl = { readonly crl: Crl } & (
  | { readonly kind: 'usable'; readonly signer: Certificate; readonly reasons: Reasons }
  | { readonly kind: 'doubt'; readonly why: Doubt }
);

/** Whether a list is by the issuer of the certificate; what others say of it is not heard. */
export const isOfIssuer = ({ issuer }: Crl, { certificate }: Question): boolean =>
  issuer.comparable === certificate.issuer.comparable;

/**
 * Judges one list by the issuer of a certificate: whether it speaks of it, is understood and current, and is signed by
 * one who may. A delta list need not be current, for it only ever speaks against a certificate.
 *
 * @see RFC 5280 section 6.3.3
 */
export async function judgeCrl(
  crl: Crl,
  question: Question,
  decision: Decision,
): Promise<JudgedCrl> {
  const reasons = reasonsFor(crl.scope, question.certificate);
  const doubt =
    (reasons === 0 ? 'out-of-scope' : undefined) ??
    (crl.isDelta ? undefined : doubtOfCrlWindow(crl, decision.now)) ??
    (crl.isUnderstood ? undefined : 'unsupported');
  if (doubt) return { crl, kind: 'doubt', why: doubt };
  const signer = await signerOf(crl, question, decision);
  return signer.kind === 'doubt'
    ? { crl, kind: 'doubt', why: signer.why }
    : { crl, kind: 'usable', signer: signer.certificate, reasons };
}

/**
 * What all lists say together of a certificate.
 *
 * It is revoked when any of them lists it, and good when lists that do not are there for all reasons. Of lists with the
 * same scope by the same key only the newest counts.
 *
 * Lists that are not processed wholly may revoke and never clear: indirect ones, delta lists, and full ones that point
 * to a delta list (freshestCRL). RFC 5280 leaves it open whether delta lists are asked for; but what was revoked since
 * the full list stands on the delta list alone, so wherever there is one, or the certificate points to one, the full
 * list is not believed to clear it. That a delta list takes a certificate off hold is not heeded either.
 */
export function verdictOf(judged: readonly JudgedCrl[], certificate: Certificate): Status {
  const usable = judged.filter((each) => each.kind === 'usable');
  const current = usable.filter((one) => !usable.some((other) => supersedes(other, one)));
  if (current.some(({ crl }) => isListed(crl.entries, certificate.serial))) return REVOKED;
  const clearing = current.filter(({ crl }) => mayClear(crl));
  const reasons = clearing.reduce((all, each) => all | each.reasons, 0);
  const hasDelta = certificate.hasFreshestCrl || judged.some(isDeltaInScope);
  if (reasons === ALL_REASONS && !hasDelta) return GOOD;
  const doubts = judged.flatMap((each) => (each.kind === 'doubt' ? [each.why] : []));
  if (reasons !== 0 && reasons !== ALL_REASONS) doubts.push('some-reasons');
  if (current.length > clearing.length || (hasDelta && judged.length > 0))
    doubts.push('unsupported');
  return unknown(nearest(doubts));
}

const mayClear = ({ hasFreshestCrl, scope }: Crl): boolean => !hasFreshestCrl && !scope.isIndirect;

const isDeltaInScope = (each: JudgedCrl): boolean =>
  each.crl.isDelta && (each.kind === 'usable' || each.why === 'unsupported');

type Usable = Extract<JudgedCrl, { kind: 'usable' }>;

/** When date and number disagree about which is newer, both count. */
function supersedes(newer: Usable, older: Usable): boolean {
  const [one, other] = [newer.crl, older.crl];
  const sameScope = one.scopeKey === other.scopeKey && one.isDelta === other.isDelta;
  const sameKey = Buffer.from(newer.signer.publicKeyInfo).equals(older.signer.publicKeyInfo);
  const later = one.thisUpdate.getTime() - other.thisUpdate.getTime();
  const higher = Number((one.number ?? 0n) > (other.number ?? 0n));
  const lower = Number((one.number ?? 0n) < (other.number ?? 0n));
  return sameScope && sameKey && later >= 0 && lower === 0 && (later > 0 || higher > 0);
}
