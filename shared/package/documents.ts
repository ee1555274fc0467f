import { createHash } from 'node:crypto';
import { sha256 } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Patient } from '../patient/patient.ts';
import { readHeader } from '../record/header.ts';
import type { DocumentWithBytes, RecordDocument } from '../record/record.ts';
import { sensitivityOf } from '../record/sensitivity.ts';
import type { Settings } from '../settings.ts';
import { mintOid } from './derive/oids.ts';
import { describeClinicalDocument } from './describe/clinical-document.ts';
import type { DocumentDescription } from './describe/description.ts';
import { handlingOf } from './sensitive.ts';

/** A document on its way into the package. */
export interface PackagedDocument {
  /** Beside METADATA.XML, ISO 9660 level 1: DOC00001.XML and on. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** Of the bytes as they go into the zip, hex. */
  readonly sha1: string;
  readonly uniqueId: string;
  readonly mimeType: RecordDocument['mimeType'];
  readonly description: DocumentDescription;
  /** Whether its recipient is to be told that the law may forbid to pass it on. */
  readonly notice: boolean;
}

/** What of a record goes into a package, and how much was left out of it. */
export interface Chosen {
  readonly documents: readonly PackagedDocument[];
  readonly excluded: number;
}

/**
 * Describes the documents to be packaged, and makes sure that these are the bytes that were checked and that they may
 * be sent.
 *
 * @failure record/unchecked, record/held, record/excluded when nothing is left, and the codes of `readHeader`
 */
export function packagedDocuments(
  documents: readonly DocumentWithBytes[],
  patient: Patient,
  { fallbacks, sensitive }: Pick<Settings, 'fallbacks' | 'sensitive'>,
): Outcome<Chosen> {
  const packaged: PackagedDocument[] = [];
  const taken = new Set<string>();
  let excluded = 0;
  for (const { document, bytes } of documents) {
    if (sha256(bytes) !== document.sha256) return fail('record/unchecked');
    const header = readHeader(bytes);
    if (!header.ok) return header;
    const handling = handlingOf(document, sensitivityOf(header.value), sensitive);
    if (handling === 'hold') return fail('record/held');
    if (handling === 'exclude') {
      excluded += 1;
      continue;
    }
    const position = packaged.length + 1;
    const description = describeClinicalDocument(header.value, patient, fallbacks);
    const own = description.ownId ?? mintOid(document.sha256);
    // Vendors copy ids; two documents of one package must still be told apart.
    const uniqueId = taken.has(own) ? mintOid(`${document.sha256} ${position}`) : own;
    taken.add(uniqueId);
    packaged.push({
      fileName: `DOC${String(position).padStart(5, '0')}.XML`,
      bytes,
      sha1: createHash('sha1').update(bytes).digest('hex'),
      uniqueId,
      mimeType: document.mimeType,
      description,
      notice: handling === 'send-with-notice',
    });
  }
  return packaged.length > 0 ? done({ documents: packaged, excluded }) : fail('record/excluded');
}
