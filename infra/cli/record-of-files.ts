import { extname } from 'node:path';
import type { DocumentId, PatientId, PatientKey } from '../../shared/ids.ts';
import type { Refused } from '../../shared/outcome.ts';
import type { Patient } from '../../shared/patient/patient.ts';
import { belongsTo } from '../../shared/record/belongs.ts';
import type { DocumentType } from '../../shared/record/document-type.ts';
import { checkDocument, type CheckedDocument } from '../../shared/record/intake.ts';
import { keptOf } from '../../shared/record/kept.ts';
import type { DocumentWithBytes } from '../../shared/record/record.ts';
import { patientOfDocument } from '../local/sample/patient-of-document.ts';

export interface NamedBytes {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** A record as it would be kept, without any system around it. */
export interface RecordOfFiles {
  readonly patient: Patient;
  readonly documents: readonly DocumentWithBytes[];
}

/** By the ending of its name; what has another ending is taken for a CDA document. */
const TYPES: Readonly<Record<string, DocumentType>> = {
  '.pdf': 'application/pdf',
  '.txt': 'text/plain',
  '.json': 'application/fhir+json',
};

/**
 * Checks files as the intake would. The patient is the one whom the first CDA document is about, else whoever has the
 * identifiers of the first file that names any; a file about somebody else is refused.
 *
 * @returns a refusal names its file
 * @failure the codes of `checkDocument`, record/patient-mismatch
 */
export function recordOf(
  files: readonly NamedBytes[],
  now: Date,
): { readonly ok: true; readonly value: RecordOfFiles } | (Refused & { readonly file: string }) {
  const read: (NamedBytes & { readonly checked: CheckedDocument })[] = [];
  for (const { file, bytes } of files) {
    const checked = checkDocument(bytes, TYPES[extname(file).toLowerCase()] ?? 'text/xml');
    if (!checked.ok) return { ...checked, file };
    read.push({ file, bytes, checked: checked.value });
  }
  const patient = patientOf(read.map(({ checked }) => checked));
  for (const { file, checked } of read) {
    const belongs = checked.identifiers && belongsTo(checked.identifiers, patient);
    if (belongs && !belongs.ok) return { ...belongs, file };
  }
  const documents = read.map(({ bytes, checked }, index) => ({
    bytes,
    document: {
      ...keptOf(checked, {}),
      documentId: `document-${index + 1}` as DocumentId,
      patientKey: patient.key,
      receivedAt: now.toISOString(),
      bytesAt: checked.sha256,
    },
  }));
  return { ok: true, value: { patient, documents } };
}

function patientOf(read: readonly CheckedDocument[]): Patient {
  const document = read.find((each) => each.mimeType === 'text/xml');
  const named = document ?? read.find(({ identifiers }) => identifiers !== undefined);
  return {
    ...patientOfDocument(document?.header ?? { patients: [], language: undefined }),
    identifiers: named?.identifiers ?? [],
    id: 'from-the-document' as PatientId,
    key: 'pat_from-the-document' as PatientKey,
  };
}
