import type { FailureTable } from './failures.ts';

/** Refusals about who somebody is. */
export const PATIENT_FAILURES = {
  'patient/bad-id': {
    retry: false,
    status: 400,
    says: 'That is not a patient id.',
    actor: 'caller',
    remedy: 'Use 1 to 128 letters, digits, dots, dashes, tildes or underscores.',
  },
  'patient/unknown': {
    retry: false,
    status: 404,
    says: 'The patient is not registered here.',
    actor: 'data holder',
    remedy: 'Register the patient first.',
  },
  'patient/ambiguous': {
    retry: false,
    status: 409,
    says: 'The identifier belongs to more than one patient.',
    actor: 'data holder',
    remedy: 'Correct or merge the registrations.',
  },
  'patient/merged': {
    retry: false,
    status: 410,
    says: 'This registration was merged into another one of the same patient.',
    actor: 'data holder',
    remedy:
      'Use the id of the registration that stays; what was asked for under this one is asked for anew there.',
  },
  'patient/merged-elsewhere': {
    retry: false,
    status: 409,
    says: 'This registration was merged into a third one before.',
    actor: 'data holder',
    remedy: 'Merge the registration into which it was merged, if they are of one person too.',
  },
  'patient/same': {
    retry: false,
    status: 422,
    says: 'A registration cannot be merged into itself.',
    actor: 'caller',
    remedy: 'Name the registration that is given up, and in the path the one that stays.',
  },
  'patient/too-many-identifiers': {
    retry: false,
    status: 409,
    says: 'The patient would have more identifiers than are kept.',
    actor: 'data holder',
    remedy: 'Register both with the identifiers that are in use, 40 together at most, then merge.',
  },
  'patient/deceased': {
    retry: false,
    status: 409,
    says: 'It is on record that the patient has died, and only someone who acts for them may ask for copies.',
    actor: 'data holder',
    remedy: 'Correct the registration if that is wrong; then resume the requests that shall go on.',
  },
} as const satisfies FailureTable;
