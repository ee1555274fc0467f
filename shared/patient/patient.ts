import type { PatientId, PatientKey } from '../ids.ts';

/** An identifier as HL7 knows it: a system (an OID in dotted form, or a URI) and a value in it. */
export interface Identifier {
  readonly system: string;
  readonly value: string;
}

export interface Patient {
  readonly id: PatientId;
  readonly key: PatientKey;
  readonly identifiers: readonly Identifier[];
  readonly name: { readonly family: string; readonly given: readonly string[] };
  /** YYYY-MM-DD. */
  readonly birthDate: string;
  readonly sex: 'female' | 'male' | 'other' | 'unknown';
  /** BCP 47 language of what the patient reads. */
  readonly language: string;
  /** That the patient has died, and when, as far as that is known: YYYY-MM-DD, or RFC 3339 with the time. */
  readonly death?: { readonly at?: string };
  /** The registration that this one was merged into: it stands for nobody any more, and holds no identifier. */
  readonly mergedInto?: PatientId;
}
