import type { DirectAddress, TransmissionId } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Patient } from '../patient/patient.ts';
import type { DocumentWithBytes } from '../record/record.ts';
import type { SenderSettings, Settings } from '../settings.ts';
import { checkPackage } from './check.ts';
import { packagedDocuments, type PackagedDocument } from './documents.ts';
import { documentMetadata, type DocumentMetadata } from './metadata/document-metadata.ts';
import { metadataXml } from './metadata/metadata.ts';
import { indexPage } from './pages/index-page.ts';
import { readmeText } from './pages/readme.ts';
import { zip, type ZipFile } from './zip.ts';

export interface PackageInput {
  /** The current record, whole; the files of the zip are in this order. */
  readonly documents: readonly DocumentWithBytes[];
  readonly patient: Patient;
  readonly sender: SenderSettings;
  readonly recipient: DirectAddress;
  readonly submissionTime: Date;
  readonly transmissionId: TransmissionId;
  readonly fallbacks: Settings['fallbacks'];
}

/** A record ready to be attached: an XDM zip. */
export interface Bundle {
  readonly zip: Uint8Array;
  /** The names in the zip, in order. */
  readonly entries: readonly string[];
  readonly documents: readonly DocumentMetadata[];
}

/**
 * Packages a record as IHE XDM, with the documents byte for byte as they came. The same input gives the same bytes.
 *
 * @failure record/none, record/unchecked, package/failed-check, and the codes of `readHeader`
 * @see IHE ITI-32, 3.32.4.1.2
 */
export function packageRecord(input: PackageInput): Outcome<Bundle> {
  if (input.documents.length === 0) return fail('record/none');
  const read = packagedDocuments(input.documents, input.patient, input.fallbacks);
  if (!read.ok) return read;
  const documents = read.value;
  const patientId = documents.flatMap(({ description }) => description.sourcePatientId ?? [])[0];
  const submission = { ...input, patientId };
  const described = documents.map((document) => documentMetadata(document, patientId));
  const metadata = metadataXml(described, submission);
  const checked = checkPackage(metadata, documents);
  if (!checked.ok) return checked;
  const files = layout(documents, {
    readme: readmeText(input.sender),
    index: indexPage({ ...submission, documents }),
    metadata,
  });
  return done({
    zip: zip(files, input.submissionTime),
    entries: files.map(({ name }) => name),
    documents: described,
  });
}

/**
 * Everything in upper case, and the directories as entries of their own: a widely used reader finds the
 * submission sets by these entries alone.
 */
function layout(
  documents: readonly PackagedDocument[],
  pages: { readonly readme: string; readonly index: string; readonly metadata: string },
): ZipFile[] {
  const none = new Uint8Array();
  return [
    { name: 'README.TXT', bytes: Buffer.from(pages.readme) },
    { name: 'INDEX.HTM', bytes: Buffer.from(pages.index) },
    { name: 'IHE_XDM/', bytes: none },
    { name: 'IHE_XDM/SUBSET01/', bytes: none },
    { name: 'IHE_XDM/SUBSET01/METADATA.XML', bytes: Buffer.from(pages.metadata) },
    ...documents.map(({ fileName, bytes }) => ({ name: `IHE_XDM/SUBSET01/${fileName}`, bytes })),
  ];
}
