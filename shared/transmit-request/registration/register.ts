import type { Patient } from '../../patient/patient.ts';
import type { PatientStore } from '../../patient/store.ts';
import { pauseAll, type PausePorts } from '../standing/pause.ts';

export interface RegisterPorts extends PausePorts {
  readonly patients: Pick<PatientStore, 'get' | 'register'>;
}

/**
 * Registers a patient. When the death of one becomes known, all that is running is paused first, once: what a
 * representative resumes later is not paused by the next registration. One that says nothing of a death any more
 * corrects it, and resumes nothing.
 *
 * @failure patient/merged
 */
export async function register(
  patient: Patient,
  ports: RegisterPorts,
): ReturnType<PatientStore['register']> {
  if (patient.death !== undefined) {
    const before = await ports.patients.get(patient.id);
    const wasKnown = before.ok && before.value.death !== undefined;
    if (before.ok && !wasKnown) await pauseAll(patient.key, 'patient/deceased', ports);
  }
  return ports.patients.register(patient);
}
