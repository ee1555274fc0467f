import type { Now } from '../clock.ts';
import type { Outcome } from '../outcome.ts';
import type { Patient } from '../patient/patient.ts';
import { registered } from '../patient/registered.ts';
import type { PatientStore } from '../patient/store.ts';
import type { AuthoritySettings } from '../settings-authority.ts';
import { authorityOf } from './authority.ts';
import type { Actor } from './consent.ts';

/** A call, as far as it says who acts for whom. */
export interface ActingCall {
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly principal: Actor;
}

export interface ActedForPorts {
  readonly patients: Pick<PatientStore, 'get'>;
  readonly settings: { readonly authority: AuthoritySettings };
  readonly now: Now;
}

/**
 * The patient that the path names, for somebody who may act for him now: whose authority has ended may not look either.
 *
 * @failure patient/bad-id, patient/unknown, patient/merged, consent/authority-missing, consent/authority-ended
 */
export async function actedFor(
  { params, principal }: ActingCall,
  { patients, settings, now }: ActedForPorts,
): Promise<Outcome<Patient>> {
  const patient = await registered(params['patientId'], patients);
  if (!patient.ok) return patient;
  const authority = authorityOf(principal, patient.value, settings.authority, now());
  return authority.ok ? patient : authority;
}
