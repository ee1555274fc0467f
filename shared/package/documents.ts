import { createHash } from 'node:crypto';
import { sha256 } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Patient } from '../patient/patient.ts';
import { readHeader, type DocumentHeader, type RecordTarget } from '../record/header.ts';
import type { DocumentWithBytes } from '../record/record.ts';
import { uniqueIdOf } from './derive/identifiers.ts';
import { mintOid } from './derive/oids.ts';
import { targetOf } from './derive/patient-info.ts';

/** A document on its way into the package. */
export interface PackagedDocument {
  /** Beside METADATA.XML, ISO 9660 level 1: DOC00001.XML and on. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** Of the bytes as they go into the zip, hex. */
  readonly sha1: string;
  readonly uniqueId: string;
  readonly header: DocumentHeader;
  /** The part of the header that is about the patient. */
  readonly target: RecordTarget | undefined;
}

/**
 * Reads the headers of the documents to be packaged, and makes sure that these are the bytes that were checked.
 *
 * @failure record/unchecked, and the codes of `readHeader`
 */
export function packagedDocuments(
  documents: readonly DocumentWithBytes[],
  patient: Patient,
): Outcome<readonly PackagedDocument[]> {
  const packaged: PackagedDocument[] = [];
  const taken = new Set<string>();
  for (const { document, bytes } of documents) {
    if (sha256(bytes) !== document.sha256) return fail('record/unchecked');
    const header = readHeader(bytes);
    if (!header.ok) return header;
    const position = packaged.length + 1;
    const own = uniqueIdOf(header.value, document.sha256);
    // Vendors copy ids; two documents of one package must still be told apart.
    const uniqueId = taken.has(own) ? mintOid(`${document.sha256} ${position}`) : own;
    taken.add(uniqueId);
    packaged.push({
      fileName: `DOC${String(position).padStart(5, '0')}.XML`,
      bytes,
      sha1: createHash('sha1').update(bytes).digest('hex'),
      uniqueId,
      header: header.value,
      target: targetOf(header.value, patient),
    });
  }
  return done(packaged);
}
