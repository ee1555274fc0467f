import type { Code } from '../derive/codes.ts';
import type { Assigned } from '../derive/oids.ts';
import type { PackagedDocument } from '../documents.ts';
import { authorMetadata, type AuthorMetadata } from './author-metadata.ts';
import { cx, pid, xcn } from './hl7v2.ts';

/**
 * The attributes of a DocumentEntry, under the names that IHE gives them and with values as they stand in METADATA.XML.
 *
 * @see IHE ITI TF-3, table 4.3.1-3
 */
export interface DocumentMetadata {
  readonly uniqueId: string;
  readonly mimeType: string;
  readonly title: string;
  /** Beside METADATA.XML; a request has its documents elsewhere. */
  readonly uri: string | undefined;
  /** SHA-1 of the bytes as they are sent, hex. */
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
  /** DTM, as all times. */
  readonly creationTime: string | undefined;
  readonly serviceStartTime: string | undefined;
  readonly serviceStopTime: string | undefined;
  readonly languageCode: string;
  readonly typeCode: Code | undefined;
  readonly classCode: Code | undefined;
  readonly formatCode: Code | undefined;
  readonly confidentialityCode: Code;
  readonly healthcareFacilityTypeCode: Code;
  readonly practiceSettingCode: Code;
  readonly authors: readonly AuthorMetadata[];
  /** XCN. */
  readonly legalAuthenticator: string | undefined;
  /** CX; the same for all documents of a submission set. */
  readonly patientId: string | undefined;
  /** CX. */
  readonly sourcePatientId: string | undefined;
  /** `PID-n|value` each. */
  readonly sourcePatientInfo: readonly string[];
}

/** Whether it describes files of a package, or documents of a request. */
export type MetadataForm = 'xdm' | 'xdr';

/** @param patientId the one patient id of the whole submission set */
export function documentMetadata(
  { fileName, bytes, sha1, uniqueId, mimeType, description }: PackagedDocument,
  patientId: Assigned | undefined,
  form: MetadataForm,
): DocumentMetadata {
  const { legalAuthenticator, sourcePatientId } = description;
  return {
    uniqueId,
    mimeType,
    title: description.title,
    uri: form === 'xdm' ? fileName : undefined,
    hash: sha1,
    size: bytes.length,
    creationTime: description.creationTime,
    serviceStartTime: description.service.start,
    serviceStopTime: description.service.stop,
    languageCode: description.language,
    typeCode: description.typeCode,
    classCode: description.classCode,
    formatCode: description.formatCode,
    confidentialityCode: description.confidentiality,
    healthcareFacilityTypeCode: description.facilityType,
    practiceSettingCode: description.practiceSetting,
    authors: description.authors.flatMap((author) => authorMetadata(author) ?? []),
    legalAuthenticator: legalAuthenticator && xcn(legalAuthenticator),
    patientId: patientId && cx(patientId),
    sourcePatientId: sourcePatientId && cx(sourcePatientId),
    sourcePatientInfo: pid(sourcePatientId, description.patientInfo),
  };
}
