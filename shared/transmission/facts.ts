import type { FailureCode } from '../failures.ts';
import type { MessageId, Sha256 } from '../ids.ts';

/** All that can happen to a transmission. `source` tells two facts of one kind apart; adding the same one twice is one fact. */
export type FactBody =
  /** It was decided that this copy shall be sent. */
  | {
      readonly kind: 'requested';
      readonly trigger: string;
      /** The record is older than the event that is the reason to send, and was waited for in vain. */
      readonly recordOlderThanEvent?: true;
    }
  /** The probe that went before it has arrived: all time counts from here. */
  | { readonly kind: 'reached' }
  /** An attempt ended without anything leaving; the next one is not before `nextAttemptAt`. */
  | {
      readonly kind: 'deferred';
      readonly attempt: number;
      readonly code: FailureCode;
      readonly nextAttemptAt: string;
    }
  /** What is about to leave, on record before it leaves. */
  | {
      readonly kind: 'intent';
      readonly attempt: number;
      readonly messageId: MessageId;
      /** ENVID that the relay is given; absent in what was kept before there was one. */
      readonly envelopeId?: MessageId;
      readonly messageSha256: Sha256;
      readonly messageBytes: number;
      /**
       * It goes to somebody else's HISP, as mail or by XDR, which finds, judges and secures the way to the recipient.
       * Absent: all that is done here.
       */
      readonly hisp?: 'clear' | 'xdr';
      /** Fingerprints of the certificates it is encrypted to: SHA-256, hex. None of what goes to a HISP. */
      readonly certificates: readonly string[];
      /** Absent of what goes to a HISP. */
      readonly proved?: 'mailbox' | 'service';
      /**
       * Why it is not known of all of them that they were not revoked: no source answered, or they name none. Absent: it
       * is known.
       */
      readonly revocation?: 'unknown' | 'not-named';
      readonly documents: number;
      /** How many more the record has that are sensitive and were left out; absent: none. */
      readonly excluded?: number;
    }
  /** The relay took it; `receipt` is the relay's own id, for its log. */
  | { readonly kind: 'accepted'; readonly attempt: number; readonly receipt: string }
  /** It is not known whether the copy of this attempt left. */
  | { readonly kind: 'uncertain'; readonly attempt: number }
  /** An operator decided what became of an uncertain attempt. */
  | { readonly kind: 'resolved'; readonly attempt: number; readonly as: 'sent' | 'not-sent' }
  /** An operator asked for the next attempt before its time; `attempt` is the one that was deferred. */
  | { readonly kind: 'hastened'; readonly attempt: number }
  /** An operator has stopped all sending: it waits, and its time with it. `stop` is when that was. */
  | { readonly kind: 'halted'; readonly stop: string }
  /** Sending goes on: all time counts from here. */
  | { readonly kind: 'continued'; readonly stop: string }
  /** The relay, or a server behind it, says where the copy is: so it left, whatever the relay's answer was. */
  | {
      readonly kind: 'relayed';
      readonly noticeId: string;
      readonly what: 'taken' | 'delivered' | 'delayed';
    }
  /** The relay, or a server behind it, gave the copy up. */
  | { readonly kind: 'bounced'; readonly noticeId: string; readonly code: FailureCode }
  /** Somebody else's HISP, to which the copy was handed over, says that it delivered it. */
  | { readonly kind: 'confirmed'; readonly noticeId: string }
  | Notice<'processed'>
  | Notice<'dispatched'>
  | Notice<'recipient-failed'>
  /** A notice that came after the end. It is shown and changes nothing. */
  | { readonly kind: 'late-notice'; readonly noticeId: string; readonly disposition: string }
  | { readonly kind: 'ended'; readonly end: 'delivered' }
  | {
      readonly kind: 'ended';
      readonly end: 'failed' | 'stopped';
      readonly code: FailureCode;
      /** Of the refusal that ended it: ids and numbers, for operators. */
      readonly detail?: string;
    };

/** A notice of the recipient's side, authenticated. */
interface Notice<Kind> {
  readonly kind: Kind;
  readonly noticeId: string;
  /** Whether it carries X-DIRECT-FINAL-DESTINATION-DELIVERY. */
  readonly final: boolean;
}

/** `sequence` is given by the transaction that adds the fact; `at` is ISO 8601 UTC. */
export type Fact = FactBody & { readonly sequence: number; readonly at: string };

/** What makes a fact the same fact, beside its transmission. There is one end. */
export function factSource(fact: FactBody): string {
  switch (fact.kind) {
    case 'requested':
    case 'reached':
    case 'ended':
      return 'one';
    case 'deferred':
    case 'intent':
    case 'accepted':
    case 'uncertain':
    case 'resolved':
    case 'hastened':
      return String(fact.attempt).padStart(4, '0');
    case 'halted':
    case 'continued':
      return fact.stop;
    case 'relayed':
    case 'bounced':
    case 'confirmed':
    case 'processed':
    case 'dispatched':
    case 'recipient-failed':
    case 'late-notice':
      return fact.noticeId;
  }
}
