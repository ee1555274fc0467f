import { isDeepStrictEqual } from 'node:util';
import { patientKeyOf, type Keying, type PatientKey } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { normalIdentifiers } from '../../patient/identifier.ts';
import type { Patient } from '../../patient/patient.ts';
import type { PatientStore } from '../../patient/store.ts';
import { ALL, KEYS } from './keys.ts';
import type { Key, Table, Write } from './table.ts';
import { bodyOf, itemOf } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';

/**
 * Patients, each with one small item per identifier that says who holds it. All of a registration is one transaction,
 * so a patient may have some 45 identifiers at most: a transaction takes 100 writes.
 */
export const patientStore = (table: Table, keying: Keying): PatientStore => ({
  register: (patient) =>
    optimistically(table, () => register(table, keying, withNormalIdentifiers(patient))),

  get: (id) => read(table, patientKeyOf(id, keying)),

  async byIdentifier(identifier) {
    const holders = await table.query({ ...ALL.holders(identifier, keying), limit: 2 });
    if (holders.length > 1) return fail('patient/ambiguous');
    const [holder] = holders;
    if (!holder) return fail('patient/unknown');
    return read(table, bodyOf(holder, 'identifier').patientKey);
  },
});

async function read(table: Table, patient: PatientKey): Promise<Outcome<Patient>> {
  const item = await table.get(KEYS.patient(patient));
  return item ? done(bodyOf(item, 'patient')) : fail('patient/unknown');
}

type Change = Awaited<ReturnType<PatientStore['register']>>;

async function register(
  table: Table,
  keying: Keying,
  patient: Patient,
): Promise<Change | typeof AGAIN> {
  const key = KEYS.patient(patient.key);
  const item = await table.get(key);
  const before = item && bodyOf(item, 'patient');
  if (isDeepStrictEqual(before, patient)) return 'unchanged';

  const version = item ? Number(item['version']) : 0;
  const written = await table.write([
    {
      put: itemOf(key, 'patient', patient, { version: version + 1 }),
      when: [item ? { equals: [['version'], version] } : { absent: true }],
    },
    ...identifierWrites(before, patient, keying),
  ]);
  if (!written.ok) return AGAIN;
  return before ? 'changed' : 'registered';
}

/** Takes the identifiers that are new and releases those no longer named; what stays is not written again. */
function identifierWrites(before: Patient | undefined, after: Patient, keying: Keying): Write[] {
  const keysOf = (patient: Patient | undefined): Map<string, Key> =>
    new Map(
      (patient?.identifiers ?? [])
        .map((identifier) => KEYS.identifier(identifier, keying, after.key))
        .map((key) => [key.pk, key]),
    );
  const held = keysOf(before);
  const wanted = keysOf(after);
  return [
    ...[...wanted.values()]
      .filter(({ pk }) => !held.has(pk))
      .map((key) => ({ put: itemOf(key, 'identifier', { patientKey: after.key }) })),
    ...[...held.values()].filter(({ pk }) => !wanted.has(pk)).map((key) => ({ remove: key })),
  ];
}

const withNormalIdentifiers = (patient: Patient): Patient => ({
  ...patient,
  identifiers: normalIdentifiers(patient.identifiers),
});
