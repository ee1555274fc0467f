import type { DirectAddress, TransmissionId } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Patient } from '../patient/patient.ts';
import { strictestOf } from '../record/sensitivity.ts';
import type { XmlElement } from '../record/xml-tree.ts';
import type { SenderSettings, Settings } from '../settings.ts';
import { checkPackage } from './check.ts';
import { packagedDocuments, type PackagedDocument } from './documents.ts';
import {
  documentMetadata,
  type DocumentMetadata,
  type MetadataForm,
} from './metadata/document-metadata.ts';
import { registryObjects } from './metadata/metadata.ts';
import type { Submission } from './metadata/submission-set.ts';
import type { PreparedDocument } from './prepared.ts';

export interface RecordInput<Document> {
  /** The current record, whole; what is made of it is in this order. */
  readonly documents: readonly Document[];
  readonly patient: Patient;
  readonly sender: SenderSettings;
  readonly recipient: DirectAddress;
  readonly submissionTime: Date;
  readonly transmissionId: TransmissionId;
  readonly fallbacks: Settings['fallbacks'];
  readonly sensitive: Settings['sensitive'];
}

/** What of a record goes out, and the metadata that describes it. */
export interface DescribedRecord<Input> {
  readonly documents: readonly PackagedDocument[];
  readonly metadata: readonly DocumentMetadata[];
  /** The RegistryObjectList. */
  readonly objects: XmlElement;
  readonly submission: Input & Submission;
  /** How many documents of the record were left out because they are sensitive. */
  readonly excluded: number;
  /** Whether the recipient is to be told that the law may forbid to pass a document on. */
  readonly notice: boolean;
}

/**
 * Chooses of a record what may be sent, and describes it, as a package and a request have it in common.
 *
 * @failure record/none, record/held, record/excluded, package/failed-check
 */
export function describeRecord<Input extends RecordInput<PreparedDocument>>(
  input: Input,
  form: MetadataForm,
): Outcome<DescribedRecord<Input>> {
  if (input.documents.length === 0) return fail('record/none');
  const chosen = packagedDocuments(input.documents, input);
  if (!chosen.ok) return chosen;
  const { documents, excluded } = chosen.value;
  const notice = documents.some((document) => document.notice);
  const confidentiality = strictestOf(
    documents.map(({ description }) => description.confidentiality.code),
  );
  const patientId = documents.flatMap(({ description }) => description.sourcePatientId ?? [])[0];
  const submission = { ...input, patientId, confidentiality };
  const metadata = documents.map((document) => documentMetadata(document, patientId, form));
  const objects = registryObjects(metadata, submission);
  const checked = checkPackage(objects, documents, form);
  return checked.ok
    ? done({ documents, metadata, objects, submission, excluded, notice })
    : checked;
}
