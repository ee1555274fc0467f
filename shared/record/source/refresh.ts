import type { DocumentId } from '../../ids.ts';
import { done, type Outcome } from '../../outcome.ts';
import type { Patient } from '../../patient/patient.ts';
import { keepDocument, type KeepDocumentPorts } from '../keep-document.ts';

/** Where clinical documents of a patient lie, outside of here. */
export interface RecordSource {
  /**
   * The current ones, as they are now, the newest first; none when the source has none or does not know the patient.
   * @failure record/source-unavailable, record/source-refused
   */
  current(patient: Patient): Promise<Outcome<readonly Uint8Array[]>>;
}

/**
 * Makes the record that is kept here the current one, before it is read to be sent.
 *
 * @failure record/source-unavailable, record/source-refused, and the codes of `keepDocument`
 */
export type RefreshRecord = (patient: Patient) => Promise<Outcome<void>>;

/** What is uploaded is current. */
export const uploadedRecord: RefreshRecord = () => Promise.resolve(done(undefined));

/** Of what lies outside. The newest is always the first, so that two copies that are made at once agree about its place. */
const idAt = (at: number): DocumentId => `source-${at + 1}` as DocumentId;
const FROM_SOURCE = /^source-([1-9][0-9]?)$/;

/**
 * Fetches the record where it lies, and takes it in as if it had been uploaded: fully checked, and this patient's. That is
 * no reason to send anything. What the source had once and has no more is not current any more; what was uploaded beside
 * it stays.
 */
export const recordFrom =
  (source: RecordSource, ports: KeepDocumentPorts): RefreshRecord =>
  async (patient) => {
    const found = await source.current(patient);
    if (!found.ok) return found;
    for (const [at, bytes] of found.value.entries()) {
      const arrived = {
        bytes,
        type: 'text/xml',
        labels: {},
        documentId: idAt(at),
        patient,
      } as const;
      const kept = await keepDocument(arrived, ports);
      if (!kept.ok) return kept;
    }
    for (const { documentId } of await ports.records.list(patient.key)) {
      const place = Number(FROM_SOURCE.exec(documentId)?.[1] ?? 0);
      if (place > found.value.length) {
        await ports.records.remove(patient.key, documentId, ports.now());
      }
    }
    return done(undefined);
  };
