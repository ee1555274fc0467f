import type { AuthorityEnd } from '../consent/authority-end.ts';
import type { Actor, OnBehalf } from '../consent/consent.ts';
import type { FailureCode } from '../failures.ts';
import type {
  AddressKey,
  ConsentId,
  DirectAddress,
  PatientId,
  PatientKey,
  RequestId,
  Sha256,
} from '../ids.ts';
import type { Language } from '../language.ts';

/** A kind of event by name. Which there are, the trigger says: it comes later on the path. */
export type EventKind = string;

/**
 * How often. `once` sends one copy; `on-update` one for every change of the record and every event, or for those that
 * its filter names; the others one at each slot of a schedule.
 */
export type Frequency = 'once' | 'on-update' | ScheduledFrequency;

export type ScheduledFrequency = 'daily' | 'weekly' | 'monthly';

/** When a request of a scheduled frequency sends, by the clock on the wall of one place. */
export interface Schedule {
  /** `HH:MM`, 00:00 to 23:59. Where that minute does not exist or comes twice, the later or the first one. */
  readonly at: string;
  /** A name of the IANA time zone database. */
  readonly timeZone: string;
  /** 1 (Monday) to 7; present exactly when weekly. */
  readonly dayOfWeek?: number;
  /** 1 to 31, the last day of months that are shorter; present exactly when monthly. */
  readonly dayOfMonth?: number;
}

export interface RequestAddress {
  readonly address: DirectAddress;
  readonly status: 'active' | 'paused' | 'revoked';
  readonly revokedAt?: string;
  /** Why it is paused, since when, and when it is looked at again. */
  readonly paused?: {
    readonly code: FailureCode;
    readonly at: string;
    /** Absent once the request itself is over. */
    readonly recheckAt?: string;
  };
  /** When it last went from paused to active: failures before count no more. */
  readonly resumedAt?: string;
  /** When it was last added; absent where it was named from the first. What was before counts no more. */
  readonly addedAt?: string;
  /**
   * The version of the request that adding it made; absent likewise. Copies that were opened before it was stopped and
   * added again are not of this asking, and stay stopped.
   */
  readonly addedWith?: number;
}

/**
 * What was asked for at the press of Share, word for word, with its own hash: the evidence. Of a change it says all that is
 * asked for from then on.
 */
export interface Directive extends AuthorityEnd {
  /** Absent exactly when the basis is another, or when it narrows. */
  readonly consentId?: ConsentId;
  /** The patient asked for nothing: a system of the data holder, the actor, asserts that it may be sent. */
  readonly basis?: 'holder-attested';
  /** Of a change that asks for nothing more than before: it needs no consent. */
  readonly narrows?: true;
  readonly addresses: readonly DirectAddress[];
  readonly frequency: Frequency;
  /** Present exactly when the frequency is a scheduled one. */
  readonly schedule?: Schedule;
  /** Only of `on-update`: which events are a reason to send; absent: all. */
  readonly triggers?: readonly EventKind[];
  /** ISO 8601 UTC; nothing is sent after it. */
  readonly until?: string;
  readonly signatureName?: string;
  readonly actor: Actor;
  /** How the patient asked a provider for it, unless the consent says so. */
  readonly onBehalf?: OnBehalf;
  /** Whether a first copy was to go at once; absent in what was recorded before this was asked. */
  readonly sendNow?: boolean;
  readonly at: string;
  /**
   * Of consent, or else of basis or `narrows`, addresses, frequency, until, sender, signature name, subject and sendNow
   * as JSON in this order, and behind them schedule, triggers and on whose behalf where there are any; not of the time.
   */
  readonly sha256: Sha256;
}

/** Who said that a request shall go on, and by what right. */
export interface Resumption extends AuthorityEnd {
  readonly actor: Actor;
  /** How the patient asked a provider for it. */
  readonly onBehalf?: OnBehalf;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** A standing order of the patient: what is sent where, until it is revoked. */
export interface TransmitRequest {
  readonly id: RequestId;
  readonly patientId: PatientId;
  readonly patientKey: PatientKey;
  readonly status: 'active' | 'paused' | 'revoked';
  readonly frequency: Frequency;
  readonly schedule?: Schedule;
  readonly triggers?: readonly EventKind[];
  readonly addresses: Readonly<Record<AddressKey, RequestAddress>>;
  readonly sender: DirectAddress;
  /** Of the consent text that was accepted for it; absent in what was kept before it was asked: English. */
  readonly language?: Language;
  readonly until?: string;
  readonly directive: Directive;
  /** What was asked for since, oldest first. */
  readonly amendments?: readonly Directive[];
  /** Who let it go on when it was paused or reviewed: the last 20, oldest first. */
  readonly resumptions?: readonly Resumption[];
  /**
   * When the authority ends of whoever asked for it, widened it or let it go on last, ISO 8601 UTC; absent: the patient's
   * own, or one without an end.
   */
  readonly authorityEndsAt?: string;
  /** The caller's own name for it; comes back in everything about it. */
  readonly clientReference?: string;
  /** It is another one than at first, which nobody keeps. */
  readonly renamed?: true;
  readonly createdAt: string;
  readonly revokedAt?: string;
  /** A representative asked for it, or said that it shall go on, after the patient's death was known. */
  readonly afterDeath?: true;
  /** Why the whole of it is paused, and since when; present exactly when the status says so. */
  readonly paused?: { readonly code: FailureCode; readonly at: string };
  /** When its copies were opened, of `once`: it asks for nothing more and counts against no limit. */
  readonly servedAt?: string;
  /** The next slot of the schedule, in UTC; present exactly while one is to come. */
  readonly nextRunAt?: string;
  /** When somebody has to say that it shall go on; absent for `once`. */
  readonly reviewAt?: string;
  /** When that was reported; absent again when somebody has said so. */
  readonly reviewReportedAt?: string;
  /** When it is paused, unless somebody says so until then; comes with `reviewReportedAt`. */
  readonly pausesAt?: string;
  /** Counts changes; the ETag. */
  readonly version: number;
}
