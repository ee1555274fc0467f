import type {
  DirectAddress,
  DocumentId,
  PatientId,
  PatientKey,
  TransmissionId,
} from '../../shared/ids.ts';
import { sha256 } from '../../shared/ids.ts';
import type { PackageInput } from '../../shared/package/package-record.ts';
import type { DocumentWithBytes } from '../../shared/record/record.ts';
import { parseSettings } from '../../shared/settings.ts';
import { SAMPLE } from '../support/ccda.ts';

/** Bytes as the intake stored them. */
export const stored = (bytes: Uint8Array): DocumentWithBytes => ({
  document: {
    documentId: 'document-1' as DocumentId,
    patientKey: 'pat_sample' as PatientKey,
    mimeType: 'text/xml',
    sha256: sha256(bytes),
    sizeBytes: bytes.length,
    receivedAt: '2026-03-02T20:15:00.000Z',
    bytesAt: 'somewhere',
  },
  bytes,
});

const { fallbacks, sensitive } = parseSettings({
  stage: 'test',
  holderName: 'Green Street Pharmacy',
  senders: [{ address: 'a@b.example', name: 'A', organizationOid: '1.2.3', contact: 'c' }],
  anchors: ['-----BEGIN CERTIFICATE-----'],
  consentTexts: [{ language: 'en', version: '2026-01-01', text: 'Yes.' }],
});

export const inputOf = (...documents: readonly Uint8Array[]): PackageInput => ({
  documents: documents.map(stored),
  patient: {
    id: 'ana' as PatientId,
    key: 'pat_sample' as PatientKey,
    identifiers: [{ system: SAMPLE.patientIds[0]?.root ?? '', value: 'MRN-0001' }],
    name: { family: 'Rivera', given: ['Ana', 'Lucia'] },
    birthDate: '1984-03-09',
    sex: 'female',
    language: 'en',
  },
  sender: {
    address: 'records@green.example' as DirectAddress,
    name: 'Green Street Pharmacy',
    organizationOid: '2.16.840.1.113883.19.5.77',
    contact: 'Privacy desk, privacy@green.example',
  },
  recipient: 'Dr.Kim@clinic.example' as DirectAddress,
  submissionTime: new Date('2026-03-03T10:11:12.345Z'),
  transmissionId: 'tx_abcdefghijklmnopqrstuvwxyz' as TransmissionId,
  fallbacks,
  sensitive,
  language: 'en',
});
