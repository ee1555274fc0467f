import type { Outcome } from '../../outcome.ts';
import type { Patient } from '../../patient/patient.ts';
import { registered } from '../../patient/registered.ts';
import type { PatientStore } from '../../patient/store.ts';
import type { Answer, Call } from './call.ts';

/** A call about the patient whose id stands in its path. */
export interface PatientCall extends Call {
  readonly patient: Patient;
}

/** What a function does for such a call, with its ports and whatever body there is. */
export type PatientAction<Ports, Body extends readonly unknown[] = []> = (
  ports: Ports,
  call: PatientCall,
  ...body: Body
) => Promise<Outcome<Answer>>;

/**
 * Makes actions on the patient that the path names.
 *
 * @failure patient/bad-id, patient/unknown
 */
export const ofPatient =
  <Ports extends { readonly patients: PatientStore }>(ports: Ports) =>
  <Body extends readonly unknown[]>(run: PatientAction<Ports, Body>) =>
  async (call: Call, ...body: Body): Promise<Outcome<Answer>> => {
    const patient = await registered(call.params['patientId'], ports.patients);
    return patient.ok ? run(ports, { ...call, patient: patient.value }, ...body) : patient;
  };
