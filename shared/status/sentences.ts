import { ruleOf, type FailureCode } from '../failures.ts';
import type { Fact } from '../transmission/facts.ts';

/**
 * What a fact means, in one sentence that a patient may read. Names no address: the reader knows which copy it is.
 *
 * @param among all facts of its copy
 */
export function sentenceOf(fact: Fact, among: readonly Fact[] = []): string {
  switch (fact.kind) {
    case 'requested':
      return fact.recordOlderThanEvent
        ? 'A copy of the record was asked for. The record is older than what happened.'
        : 'A copy of the record was asked for.';
    case 'reached':
      return 'A message without health data has arrived at the address; the copy follows.';
    case 'deferred':
      return `${ruleOf(fact.code).says} Another attempt follows.`;
    case 'intent':
      return `${aboutToLeave(fact)}${omission(fact)}`;
    case 'accepted':
      return HANDED_OVER[wentToHisp(among, fact.attempt) ? 'hisp' : 'relay'];
    case 'uncertain':
      return 'The connection was lost while the copy was handed over; it may have left.';
    case 'resolved':
      return fact.as === 'sent'
        ? 'An operator found out that the copy left.'
        : 'An operator found out that this attempt did not leave.';
    case 'hastened':
      return 'An operator asked for the next attempt at once.';
    case 'relayed':
      return RELAYED[fact.what === 'taken' && wentToHisp(among) ? 'taken-by-hisp' : fact.what];
    case 'bounced':
      return ruleOf(fact.code).says;
    case 'confirmed':
      return 'The mail service to which the copy was handed over says that it delivered the copy.';
    case 'processed':
      return "The recipient's mail service has received, decrypted and checked the copy.";
    case 'dispatched':
      return fact.final
        ? "The copy has arrived in the recipient's mailbox."
        : "The recipient's mail service has passed the copy on.";
    case 'recipient-failed':
      return "The recipient's mail service could not deliver the copy.";
    case 'late-notice':
      return 'A notice came after the end; it is kept and changes nothing.';
    case 'ended':
      return fact.end === 'delivered' ? 'The copy was delivered.' : reasonOf(fact.code);
  }
}

/** @param attempt absent: any of them */
const wentToHisp = (facts: readonly Fact[], attempt?: number): boolean =>
  facts.some(
    (fact) =>
      fact.kind === 'intent' &&
      fact.hisp !== undefined &&
      (attempt === undefined || fact.attempt === attempt),
  );

/** What might have succeeded at another attempt ended because there was no time for one. */
function reasonOf(code: FailureCode): string {
  const { says, retry } = ruleOf(code);
  return retry ? `${says} The time for attempts is over.` : says;
}

const HANDED_OVER = {
  hisp: 'The copy was handed over to the mail service of another organisation.',
  relay: 'The copy was handed over to the mail relay.',
} as const;

const RELAYED = {
  'taken-by-hisp':
    'The mail service to which the copy was handed over has confirmed that it took the copy.',
  taken: 'The mail relay has confirmed that it took the copy.',
  delivered: "The copy has reached the recipient's mail server.",
  delayed: 'A mail server on the way says that the copy is delayed; it goes on trying.',
} as const;

type Intent = Extract<Fact, { kind: 'intent' }>;

const aboutToLeave = (fact: Intent): string =>
  fact.hisp
    ? "The copy was packaged, and is about to leave for another organisation's mail service, which finds and checks the recipient and encrypts the copy."
    : `The copy was packaged, signed and encrypted, and is about to leave.${doubt(fact)}`;

/** Who uses a certificate of which nobody knows whether it was revoked says so to the patient. */
const doubt = ({ revocation }: Intent): string =>
  revocation === 'unknown'
    ? " Nobody could say whether the recipient's certificate was revoked."
    : '';

function omission({ excluded = 0 }: Intent): string {
  if (excluded === 0) return '';
  return excluded === 1
    ? ' One document was left out because it is sensitive.'
    : ` ${excluded} documents were left out because they are sensitive.`;
}
