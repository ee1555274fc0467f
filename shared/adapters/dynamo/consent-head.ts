import type { PatientKey } from '../../ids.ts';
import { KEYS } from './keys.ts';
import type { Condition, Item, Table } from './table.ts';
import { bodyOf, itemOf } from './table/items.ts';

/** Zero where no answer was kept yet. */
export async function consentVersion(table: Table, patient: PatientKey): Promise<number> {
  const item = await table.get(KEYS.consentHead(patient));
  return item ? bodyOf(item, 'consent-head').version : 0;
}

export const consentHead = (patient: PatientKey, version: number): Item =>
  itemOf(KEYS.consentHead(patient), 'consent-head', { version });

/** That no answer was kept since this version was read. */
export const atVersion = (version: number): readonly Condition[] => [
  version === 0 ? { absent: true } : { equals: [['body', 'version'], version] },
];
