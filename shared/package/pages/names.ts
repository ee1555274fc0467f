import type { Patient } from '../../patient/patient.ts';
import type { PersonName } from '../../record/header.ts';
import { registeredName } from '../derive/patient-info.ts';

/** A name as people read it. */
export const shownName = ({ prefix, given, family, suffix }: PersonName): string =>
  [prefix, ...given, family, suffix].filter(Boolean).join(' ');

/** The name under which the patient is registered. */
export const patientName = (patient: Patient): string => shownName(registeredName(patient));
