import type { AnswerId, DirectAddress, MessageId } from '../../ids.ts';
import type { Outcome } from '../../outcome.ts';

/** What an answer says: that the letter came, or that nobody will read it. */
export type AnswerKind = 'processed' | 'failed';

/** One mail that answers a letter: written down by whoever reads mail, sent by whoever may send. */
export interface Answer {
  readonly id: AnswerId;
  readonly kind: AnswerKind;
  /** The sending address that was written to. */
  readonly from: DirectAddress;
  /** The author of the letter. */
  readonly to: DirectAddress;
  readonly originalMessageId: MessageId;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  /** ISO 8601 UTC: later than this it is not sent any more. */
  readonly expiresAt: string;
  readonly status: 'waiting' | 'sent' | 'given-up';
  /** Begun so far. */
  readonly attempts: number;
  /** ISO 8601 UTC, while somebody is sending it. */
  readonly leasedUntil?: string;
  /** Counts its changes. */
  readonly version: number;
}

export interface AnswerStore {
  /** Once: one that is there stays as it is. */
  add(answer: Answer): Promise<void>;
  /**
   * Reads it, decides, writes what was decided if nobody was faster, else decides again. A refusal changes nothing.
   *
   * @failure notification/unknown-answer, and what `decide` refuses
   */
  change(id: AnswerId, decide: (current: Answer) => Outcome<Answer>): Promise<Outcome<Answer>>;
}

/** Counts what is answered to whom. It may be lost at any moment, and then counts anew. */
export interface AnswerCounter {
  /**
   * Counts one more of this day, UTC, if fewer than `most` were counted. Who cannot count does not answer.
   *
   * @param whom stands for an address or a domain; no personal data
   */
  count(whom: string, day: Date, most: number): Promise<boolean>;
}
