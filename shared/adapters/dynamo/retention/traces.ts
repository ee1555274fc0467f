import type { PatientKey } from '../../../ids.ts';
import type { Subject } from '../../../report/retention/store.ts';
import type { Item } from '../table.ts';

/** Anything that is kept for nothing but to be looked up: it ages from when the index says. */
export const traceSubject = (item: Item): Subject => {
  const patientKey = patientOf(item);
  return { since: String(item['dueAt']), objects: [], ...(patientKey && { patientKey }) };
};

/** As it says itself, or as it lies. */
export function patientOf({ pk, body }: Item): PatientKey | undefined {
  const { patientKey } = (body ?? {}) as { readonly patientKey?: PatientKey };
  return patientKey ?? (pk.startsWith('P#') ? (pk.slice('P#'.length) as PatientKey) : undefined);
}
