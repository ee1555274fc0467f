import {
  sha256,
  type DirectAddress,
  type DocumentId,
  type MessageId,
  type PatientId,
  type PatientKey,
  type TransmissionId,
} from '../../../shared/ids.ts';
import type { Outcome } from '../../../shared/outcome.ts';
import type { PackageInput } from '../../../shared/package/package-record.ts';
import { readHeader } from '../../../shared/record/read-header.ts';
import type { Draft } from '../../../shared/secure/draft.ts';
import { Settings } from '../../../shared/settings.ts';
import { patientOfDocument } from '../../../infra/local/sample/patient-of-document.ts';

/** Of a step that may or may not have something to wait for: which of them do is no matter to the bench. */
export const eventually = async <T>(value: T | Promise<T>): Promise<T> => value;

export const valueOf = <T>(outcome: Outcome<T>): T => {
  if (outcome.ok) return outcome.value;
  throw new Error(`Refused: ${outcome.failure.code}`);
};

const KEY = 'pat_from-the-document' as PatientKey;
const SENDER = 'records@holder.example' as DirectAddress;

/** One of many. */
export const recipientAt = (at: number): DirectAddress =>
  `recipient-${at}@clinic.example` as DirectAddress;

const AT = new Date('2026-03-02T20:15:00Z');

/** A record as the intake left it, about the patient of its first document. */
export const recordInput = (documents: readonly Buffer[]): PackageInput => ({
  documents: documents.map((bytes, index) => ({
    bytes,
    document: {
      documentId: `document-${index + 1}` as DocumentId,
      patientKey: KEY,
      mimeType: 'text/xml',
      sha256: sha256(bytes),
      sizeBytes: bytes.length,
      receivedAt: AT.toISOString(),
      bytesAt: `document-${index + 1}`,
    },
  })),
  patient: {
    ...patientOfDocument(valueOf(readHeader(documents[0] ?? Buffer.of()))),
    id: 'from-the-document' as PatientId,
    key: KEY,
  },
  sender: {
    address: SENDER,
    name: 'Data holder',
    organizationOid: '1.3.6.1.4.1.32473.1',
    contact: 'Data holder',
  },
  recipient: recipientAt(0),
  language: 'en',
  submissionTime: AT,
  transmissionId: 'tx_aaaaaaaaaaaaaaaaaaaaaaaaaa' as TransmissionId,
  fallbacks: Settings.shape.fallbacks.parse(undefined),
  sensitive: Settings.shape.sensitive.parse(undefined),
});

export const draftOf = (zip: Uint8Array): Draft => ({
  from: SENDER,
  to: recipientAt(0),
  messageId: 'k3j5x7q2@holder.example' as MessageId,
  date: AT,
  holderName: 'Data holder',
  text: 'Data holder sends you this health record at the request of the patient.',
  zip,
});
