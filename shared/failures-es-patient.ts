import type { PATIENT_FAILURES } from './failures-patient.ts';

/** What the refusals about who somebody is say in Spanish. */
export const PATIENT_SAYS = {
  'patient/bad-id': 'Eso no es un identificador de paciente.',
  'patient/unknown': 'El paciente no está registrado aquí.',
  'patient/ambiguous': 'El identificador pertenece a más de un paciente.',
  'patient/merged': 'Este registro se unió a otro del mismo paciente.',
  'patient/merged-elsewhere': 'Este registro ya se había unido a un tercero.',
  'patient/same': 'Un registro no se puede unir a sí mismo.',
  'patient/too-many-identifiers': 'El paciente tendría más identificadores de los que se guardan.',
  'patient/deceased':
    'El paciente consta como fallecido, y solo un representante puede pedir copias.',
} as const satisfies Record<keyof typeof PATIENT_FAILURES, string>;
