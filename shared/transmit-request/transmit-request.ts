import type { Actor } from '../consent/consent.ts';
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

/** How often. `once` sends one copy; `on-update` one for every change of the record and every event. */
export type Frequency = 'once' | 'on-update';

export interface RequestAddress {
  readonly address: DirectAddress;
  readonly status: 'active' | 'revoked';
  readonly revokedAt?: string;
}

/** What was asked for at the press of Share, word for word, with its own hash: the evidence. */
export interface Directive {
  readonly consentId: ConsentId;
  readonly addresses: readonly DirectAddress[];
  readonly frequency: Frequency;
  /** ISO 8601 UTC; nothing is sent after it. */
  readonly until?: string;
  readonly signatureName?: string;
  readonly actor: Actor;
  /** Whether a first copy was to go at once; absent in what was recorded before this was asked. */
  readonly sendNow?: boolean;
  readonly at: string;
  /** Of consent, addresses, frequency, until, sender, signature name, subject and sendNow as JSON in this order; not of the time. */
  readonly sha256: Sha256;
}

/** A standing order of the patient: what is sent where, until it is revoked. */
export interface TransmitRequest {
  readonly id: RequestId;
  readonly patientId: PatientId;
  readonly patientKey: PatientKey;
  readonly status: 'active' | 'revoked';
  readonly frequency: Frequency;
  readonly addresses: Readonly<Record<AddressKey, RequestAddress>>;
  readonly sender: DirectAddress;
  /** Of the consent text that was accepted for it; absent in what was kept before it was asked: English. */
  readonly language?: Language;
  readonly until?: string;
  readonly directive: Directive;
  /** The caller's own name for it; comes back in everything about it. */
  readonly clientReference?: string;
  readonly createdAt: string;
  readonly revokedAt?: string;
  /** Counts changes; the ETag. */
  readonly version: number;
}
