import type { ConsentId, PatientId, PatientKey, Sha256 } from '../ids.ts';

/** Who did something: the kind and the subject of the token, never a name. */
export interface Actor {
  readonly kind: 'patient' | 'representative' | 'provider' | 'system' | 'admin';
  readonly subject: string;
  /** By what a representative acts, as the token said; the end that follows from it is kept beside what was done. */
  readonly authority?: {
    readonly relationship: string;
    /** ISO 8601 UTC. */
    readonly until?: string;
  };
}

/** A published consent text. Once published, a version never changes. */
export interface ConsentText {
  readonly language: string;
  /** YYYY-MM-DD; the latest is the current one. */
  readonly version: string;
  readonly sha256: Sha256;
  readonly text: string;
}

/** How the patient agreed when a provider records it: R1, R2. */
export interface OnBehalf {
  readonly method: 'oral' | 'written' | 'portal';
  readonly identityCheck: 'known' | 'id-document' | 'credential';
  /** Who else was there, as the provider's house calls them: a name or an id of staff. */
  readonly witness?: string;
  /** When the patient said it, ISO 8601 UTC; absent: when it was recorded. */
  readonly at?: string;
}

/** The patient's answer to a consent text, as it is kept for audit. Never changed, never removed. */
export interface Consent {
  readonly id: ConsentId;
  readonly patientId: PatientId;
  readonly patientKey: PatientKey;
  /** `rejected` says no to what is asked now and ends nothing; `withdrawn` takes back a yes and ends all that runs. */
  readonly decision: 'accepted' | 'rejected' | 'withdrawn';
  readonly text: { readonly language: string; readonly version: string; readonly sha256: Sha256 };
  readonly actor: Actor;
  /** When the authority of the representative who answered ends, ISO 8601 UTC: from then on nothing new rests on it. */
  readonly authorityEndsAt?: string;
  /** Present exactly when a provider answered for the patient. */
  readonly onBehalf?: OnBehalf;
  readonly signatureName?: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}
