import type { Keying } from '../../ids.ts';
import type { RecordDocument } from '../../record/record.ts';
import type { RecordStore } from '../../record/store.ts';
import { ALL, KEYS } from './keys.ts';
import type { Table } from './table.ts';
import { bodyOf, itemOf, whole } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';

export const recordStore = (table: Table, keying: Keying): RecordStore => ({
  keep: (document) => optimistically(table, () => keep(table, keying, document)),

  async list(patient) {
    const items = await whole(table, ALL.documents(patient));
    return items.map((item) => bodyOf(item, 'document')).sort(byArrival);
  },

  async remove(patient, document) {
    await table.write([{ remove: KEYS.document(patient, document, keying) }]);
  },
});

async function keep(
  table: Table,
  keying: Keying,
  document: RecordDocument,
): Promise<Awaited<ReturnType<RecordStore['keep']>> | typeof AGAIN> {
  const key = KEYS.document(document.patientKey, document.documentId, keying);
  const item = await table.get(key);
  const kept = item && bodyOf(item, 'document');
  if (kept?.sha256 === document.sha256) return { change: 'unchanged', kept };

  const written = await table.write([
    {
      put: itemOf(key, 'document', document),
      when: [kept ? { equals: [['body', 'sha256'], kept.sha256] } : { absent: true }],
    },
  ]);
  if (!written.ok) return AGAIN;
  return { change: kept ? 'changed' : 'new', kept: document };
}

const byArrival = (one: RecordDocument, other: RecordDocument): number =>
  one.receivedAt.localeCompare(other.receivedAt) || one.documentId.localeCompare(other.documentId);
