import type { ConsentId, PatientId, PatientKey, Sha256 } from '../ids.ts';

/** Who did something: the kind and the subject of the token, never a name. */
export interface Actor {
  readonly kind: 'patient' | 'representative' | 'provider' | 'system' | 'admin';
  readonly subject: string;
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
}

/** The patient's answer to a consent text, as it is kept for audit. Never changed, never removed. */
export interface Consent {
  readonly id: ConsentId;
  readonly patientId: PatientId;
  readonly patientKey: PatientKey;
  readonly decision: 'accepted' | 'rejected';
  readonly text: { readonly language: string; readonly version: string; readonly sha256: Sha256 };
  readonly actor: Actor;
  /** Present exactly when a provider answered for the patient. */
  readonly onBehalf?: OnBehalf;
  readonly signatureName?: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}
