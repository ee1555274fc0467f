import { randomUUID } from 'node:crypto';
import { callerAs } from '../../../infra/local/api-client.ts';
import type { LocalSystem } from '../../../infra/local/local-system.ts';
import { registerWithRecord } from '../../../infra/local/demo/steps.ts';
import { progressTo } from '../../../infra/local/demo/progress.ts';
import { sampleRecord, type SamplePatient } from '../../../infra/local/sample/record.ts';
import type { TokenRequest } from '../../../infra/local/world/token-request.ts';
import { PassThrough } from 'node:stream';

/** Who is at the screen. */
export interface User {
  readonly kind: 'patient' | 'representative' | 'provider';
  /** The data holder's id of whom it is about. */
  readonly patient: string;
  /** By what a representative acts. @default mother */
  readonly relationship?: string;
}

export const patientUser = (patient: string): User => ({ kind: 'patient', patient });
export const providerUser = (patient: string): User => ({ kind: 'provider', patient });
export const representativeUser = (patient: string, relationship = 'mother'): User => ({
  kind: 'representative',
  patient,
  relationship,
});

export const tokenRequestFor = ({ kind, patient, relationship }: User): TokenRequest => ({
  kind,
  patient,
  ...(kind === 'representative' && { authority: { relationship: relationship ?? 'mother' } }),
});

const SILENT = progressTo(new PassThrough().resume());

/** As the data holder's EHR does it. */
export async function register(system: LocalSystem, patient: SamplePatient): Promise<void> {
  const ehr = await callerAs(system, { kind: 'system' });
  await registerWithRecord(ehr, patient, sampleRecord(patient), SILENT);
}

/** Somebody of whom nothing is known yet: what one test does is not in the way of another. */
export function newPatient(like: SamplePatient): SamplePatient {
  const id = `sample-${randomUUID().slice(0, 8)}`;
  const [identifier] = like.identifiers;
  return { ...like, id, identifiers: [{ system: identifier?.system ?? '2.999.1.4', value: id }] };
}
