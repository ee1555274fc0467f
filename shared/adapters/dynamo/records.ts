import { isDeepStrictEqual } from 'node:util';
import type { Keying } from '../../ids.ts';
import { fail, type Outcome } from '../../outcome.ts';
import type { RecordDocument } from '../../record/record.ts';
import type { RecordList, RecordStore } from '../../record/store.ts';
import { agingAttributes, ALL, KEYS } from './keys.ts';
import type { Key, Table, Write } from './table.ts';
import { bodyOf, itemOf, whole } from './table/items.ts';
import { AGAIN, optimistically } from './table/optimistic.ts';

/** What anybody may read who has the patient's key: to find one document takes the pepper, all of them none. */
export const recordList = (table: Table): RecordList => ({
  async list(patient) {
    const items = await whole(table, ALL.documents(patient));
    return items.map((item) => bodyOf(item, 'document')).sort(byArrival);
  },
});

export const recordStore = (table: Table, keying: Keying): RecordStore => ({
  ...recordList(table),

  keep: (document) => optimistically(table, () => keep(table, keying, document)),

  change: (patient, document, decide) =>
    optimistically(table, () => change(table, KEYS.document(patient, document, keying), decide)),

  remove: (patient, document, now) =>
    optimistically(table, async () => {
      const key = KEYS.document(patient, document, keying);
      const item = await table.get(key);
      if (!item) return undefined;
      const kept = bodyOf(item, 'document');
      const when = [{ equals: [['body', 'receivedAt'], kept.receivedAt] }] as const;
      const written = await table.write([{ remove: key, when }, superseded(kept, now)]);
      return written.ok ? undefined : AGAIN;
    }),
});

async function keep(
  table: Table,
  keying: Keying,
  document: RecordDocument,
): Promise<Awaited<ReturnType<RecordStore['keep']>> | typeof AGAIN> {
  const key = KEYS.document(document.patientKey, document.documentId, keying);
  const item = await table.get(key);
  const kept = item && bodyOf(item, 'document');
  const at = new Date(document.receivedAt);
  if (kept && isSame(kept, document)) {
    // Two brought the same at once, each to a place of its own.
    if (kept.bytesAt !== document.bytesAt) await table.write([superseded(document, at)]);
    return { change: 'unchanged', kept };
  }

  const written = await table.write([
    {
      put: itemOf(key, 'document', document),
      when: [kept ? { equals: [['body', 'bytesAt'], kept.bytesAt] } : { absent: true }],
    },
    ...(kept && kept.bytesAt !== document.bytesAt ? [superseded(kept, at)] : []),
  ]);
  if (!written.ok) return AGAIN;
  return { change: kept ? 'changed' : 'new', kept: document };
}

async function change(
  table: Table,
  key: Key,
  decide: (current: RecordDocument) => Outcome<RecordDocument>,
): Promise<Outcome<RecordDocument> | typeof AGAIN> {
  const item = await table.get(key);
  if (!item) return fail('record/unknown-document');
  const current = bodyOf(item, 'document');
  const decided = decide(current);
  if (!decided.ok || decided.value === current) return decided;
  const written = await table.write([
    {
      put: itemOf(key, 'document', decided.value),
      when: [
        { equals: [['body', 'sha256'], current.sha256] },
        { equals: [['body', 'receivedAt'], current.receivedAt] },
      ],
    },
  ]);
  return written.ok ? decided : AGAIN;
}

/** Its bytes are those of the record no more: from now on they age. */
function superseded({ patientKey, bytesAt }: RecordDocument, now: Date): Write {
  const body = { patientKey, bytesAt, at: now.toISOString() };
  const aging = agingAttributes('record', bytesAt, now);
  return { put: itemOf(KEYS.superseded(patientKey, bytesAt), 'superseded', body, aging) };
}

/** The same bytes under another type or with other labels are sent otherwise, so that is a change. */
const isSame = (one: RecordDocument, other: RecordDocument): boolean =>
  one.sha256 === other.sha256 &&
  one.mimeType === other.mimeType &&
  isDeepStrictEqual(one.labels, other.labels);

const byArrival = (one: RecordDocument, other: RecordDocument): number =>
  one.receivedAt.localeCompare(other.receivedAt) || one.documentId.localeCompare(other.documentId);
