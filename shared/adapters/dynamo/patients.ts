import { isDeepStrictEqual } from 'node:util';
import { patientKeyOf, type Keying, type PatientKey } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { normalIdentifiers } from '../../patient/identifier.ts';
import { type Merge, mergeOf, type Merging } from '../../patient/merge.ts';
import type { Patient } from '../../patient/patient.ts';
import type { PatientStore } from '../../patient/store.ts';
import { ALL, KEYS } from './keys.ts';
import type { Key, Table, Write } from './table.ts';
import { bodyOf, itemOf } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';

/**
 * Patients, each with one small item per identifier that says who holds it. All of a registration is one transaction,
 * and so is all of a merge: a transaction takes 100 writes, which is why there is a bound on identifiers (`mergeOf`).
 */
export const patientStore = (table: Table, keying: Keying): PatientStore => ({
  register: (patient) =>
    optimistically(table, () => register(table, keying, withNormalIdentifiers(patient))),

  merge: (merging) => optimistically(table, () => merge(table, keying, merging)),

  async get(id) {
    const kept = await read(table, patientKeyOf(id, keying));
    return kept ? done(kept.patient) : fail('patient/unknown');
  },

  async byIdentifier(identifier) {
    const holders = await table.query({ ...ALL.holders(identifier, keying), limit: 2 });
    if (holders.length > 1) return fail('patient/ambiguous');
    const [holder] = holders;
    const kept = holder && (await read(table, bodyOf(holder, 'identifier').patientKey));
    return kept ? done(kept.patient) : fail('patient/unknown');
  },
});

/** As it lies in the table; zero counts what is not there yet. */
interface Kept {
  readonly patient: Patient;
  readonly version: number;
}

async function read(table: Table, patient: PatientKey): Promise<Kept | undefined> {
  const item = await table.get(KEYS.patient(patient));
  return item && { patient: bodyOf(item, 'patient'), version: Number(item['version']) };
}

/** What a patient becomes, if nobody changed it since it was read. */
const patientPut = (patient: Patient, version: number): Write => ({
  put: itemOf(KEYS.patient(patient.key), 'patient', patient, { version: version + 1 }),
  when: [version === 0 ? { absent: true } : { equals: [['version'], version] }],
});

async function register(
  table: Table,
  keying: Keying,
  patient: Patient,
): Promise<Awaited<ReturnType<PatientStore['register']>> | typeof AGAIN> {
  const kept = await read(table, patient.key);
  if (kept?.patient.mergedInto !== undefined) return fail('patient/merged');
  if (isDeepStrictEqual(kept?.patient, patient)) return done('unchanged');

  const written = await table.write([
    patientPut(patient, kept?.version ?? 0),
    ...identifierWrites(kept?.patient, patient, keying),
  ]);
  if (!written.ok) return AGAIN;
  return done(kept ? 'changed' : 'registered');
}

/** 82 writes at most: both patients, and forty identifiers that change hands. */
async function merge(
  table: Table,
  keying: Keying,
  { from, into }: Merging,
): Promise<Outcome<Merge['change']> | typeof AGAIN> {
  const [one, other] = [
    await read(table, patientKeyOf(from, keying)),
    await read(table, patientKeyOf(into, keying)),
  ];
  if (!one || !other) return fail('patient/unknown');
  const merged = mergeOf(one.patient, other.patient);
  if (!merged.ok) return merged;
  if (merged.value.change === 'unchanged') return done('unchanged');
  const { given, survivor } = merged.value;
  const released = [...keysOf(given, keying).values()].map((key): Write => ({ remove: key }));
  const written = await table.write([
    patientPut(given, one.version),
    patientPut(survivor, other.version),
    ...released,
    ...identifierWrites(other.patient, survivor, keying),
  ]);
  return written.ok ? done('merged') : AGAIN;
}

/** Takes the identifiers that are new and releases those no longer named; what stays is not written again. */
function identifierWrites(before: Patient | undefined, after: Patient, keying: Keying): Write[] {
  const held = before ? keysOf(before, keying) : new Map<string, Key>();
  const wanted = keysOf(after, keying);
  return [
    ...[...wanted.values()]
      .filter(({ pk }) => !held.has(pk))
      .map((key) => ({ put: itemOf(key, 'identifier', { patientKey: after.key }) })),
    ...[...held.values()].filter(({ pk }) => !wanted.has(pk)).map((key) => ({ remove: key })),
  ];
}

/** Where it lies that a patient holds its identifiers, by partition. */
const keysOf = ({ identifiers, key }: Patient, keying: Keying): ReadonlyMap<string, Key> =>
  new Map(
    identifiers
      .map((identifier) => KEYS.identifier(identifier, keying, key))
      .map((each) => [each.pk, each]),
  );

const withNormalIdentifiers = (patient: Patient): Patient => ({
  ...patient,
  identifiers: normalIdentifiers(patient.identifiers),
});
