import type { FailureCode } from '../failures.ts';
import { ruleOf } from '../failures.ts';
import type { Language } from '../language.ts';
import { saysOf } from '../says-of.ts';
import type { Fact } from '../transmission/facts.ts';
import type { History } from '../transmission/transmission.ts';
import { sentenceOf } from './sentences.ts';
import { statusOf, type Status } from './status.ts';

/** A transmission as the API and the portal show it. */
export interface TransmissionView {
  readonly id: string;
  readonly requestId: string;
  readonly clientReference?: string;
  readonly address: string;
  readonly createdAt: string;
  /** Of what came by XDR: its WS-Addressing MessageID. */
  readonly submittedAs?: string;
  /** The patient did not ask for it: a system of the data holder asserted that it may be sent. */
  readonly basis?: 'holder-attested';
  /** It carries no health data: it goes before the first copy to this address. */
  readonly isProbe?: true;
  /** The transmission that has to arrive before this one leaves. */
  readonly after?: string;
  readonly status: Status;
  readonly code?: FailureCode;
  /** What the code means. */
  readonly sentence?: string;
  readonly timeline: readonly TimelineEntry[];
}

/** One fact, with its sentence; codes, attempts and numbers as they were recorded. */
export interface TimelineEntry {
  readonly at: string;
  readonly kind: Fact['kind'];
  readonly sentence: string;
  readonly code?: FailureCode;
  /** Why it was asked for: a kind of event, or `xdr`. */
  readonly trigger?: string;
  /** The numbers of a refusal that the data holder can do something about; others are for operators, and stay inside. */
  readonly detail?: string;
  readonly attempt?: number;
  readonly messageId?: string;
  readonly messageBytes?: number;
  /** What the certificates proved that it is encrypted to: the mailbox itself, or the service that holds it. */
  readonly proved?: 'mailbox' | 'service';
  /** It goes to somebody else's HISP, in this form. */
  readonly hisp?: 'clear' | 'xdr';
  /** Why it is not known that none of them was revoked: no source answered, or they name none. Absent: it is known. */
  readonly revocation?: 'unknown' | 'not-named';
  /** How many sensitive documents were left out. */
  readonly excluded?: number;
  readonly nextAttemptAt?: string;
}

/** @param language of its sentences */
export function viewOf({ transmission, facts }: History, language: Language): TransmissionView {
  const { id, requestId, clientReference, address, createdAt, submission, isProbe, after } =
    transmission;
  const { status, code } = statusOf(facts);
  return {
    id,
    requestId,
    ...(clientReference === undefined ? {} : { clientReference }),
    address,
    createdAt,
    ...(submission && { submittedAs: submission.messageId }),
    ...(submission?.basis && { basis: submission.basis }),
    ...(isProbe && { isProbe }),
    ...(after && { after }),
    status,
    ...(code === undefined ? {} : { code, sentence: saysOf(code, language) }),
    timeline: facts.map((fact) => entryOf(fact, language, facts)),
  };
}

const entryOf = (fact: Fact, language: Language, among: readonly Fact[]): TimelineEntry => ({
  at: fact.at,
  kind: fact.kind,
  sentence: sentenceOf(fact, language, among),
  ...('code' in fact ? { code: fact.code } : {}),
  ...('detail' in fact && ruleOf(fact.code).actor === 'data holder' ? { detail: fact.detail } : {}),
  ...('trigger' in fact ? { trigger: fact.trigger } : {}),
  ...('attempt' in fact ? { attempt: fact.attempt } : {}),
  ...('messageId' in fact ? { messageId: fact.messageId, messageBytes: fact.messageBytes } : {}),
  ...('proved' in fact ? { proved: fact.proved } : {}),
  ...('hisp' in fact ? { hisp: fact.hisp } : {}),
  ...('revocation' in fact ? { revocation: fact.revocation } : {}),
  ...('excluded' in fact ? { excluded: fact.excluded } : {}),
  ...('nextAttemptAt' in fact ? { nextAttemptAt: fact.nextAttemptAt } : {}),
});
