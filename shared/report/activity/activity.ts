import type { Actor } from '../../consent/consent.ts';
import type { FailureCode } from '../../failures.ts';

/** All that the log of a patient tells of. */
export const ACTIONS = [
  'consent-accepted',
  'consent-rejected',
  'consent-withdrawn',
  'request-made',
  'request-changed',
  'request-paused',
  'request-resumed',
  'request-stopped',
  'review-due',
  'address-added',
  'address-paused',
  'address-resumed',
  'address-stopped',
  'probe-sent',
  'probe-failed',
  'copy-sent',
  'copy-uncertain',
  'copy-delivered',
  'copy-failed',
  'copy-stopped',
  'document-released',
] as const;

export type Action = (typeof ACTIONS)[number];

/** One line of the log: what was done, when, by whom, and who was to receive something by it. */
export interface Activity {
  /** Of what is told: told again, it is the same line. */
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly action: Action;
  /** Absent: nobody, this system did it by what it was told before. */
  readonly by?: Actor;
  readonly addressees: readonly string[];
  readonly requestId?: string;
  readonly clientReference?: string;
  readonly transmissionId?: string;
  readonly code?: FailureCode;
}
