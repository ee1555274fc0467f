import type { Language } from '../language.ts';
import { done, type Outcome } from '../outcome.ts';
import type { DocumentWithBytes } from '../record/record.ts';
import type { Confidentiality } from '../record/sensitivity.ts';
import { describeRecord, type DescribedRecord, type RecordInput } from './describe-record.ts';
import { SET_FOLDER } from './folder.ts';
import type { DocumentMetadata } from './metadata/document-metadata.ts';
import { metadataXml } from './metadata/metadata.ts';
import { indexPage } from './pages/index-page.ts';
import { readmeText } from './pages/readme.ts';
import type { DocumentFiles, PageMaker } from './rendering/document-files.ts';
import { prepareDocument, type PreparedDocument } from './prepared.ts';
import { packed, zip, type Packed, type ZipEntry } from './zip.ts';

export interface PackageInput<Document = DocumentWithBytes> extends RecordInput<Document> {
  /** Makes a page for reading beside each clinical document. It is handed in, so that its parser is loaded only then. */
  readonly makePages?: PageMaker | undefined;
  /** In which the patient and the recipient are written to. */
  readonly language: Language;
  /** The patient did not ask for it: a system of the data holder asserts that it may be sent. */
  readonly attested?: boolean;
}

/** A record ready to be attached: an XDM zip. */
export interface Bundle {
  readonly zip: Uint8Array;
  /** The names in the zip, in order. */
  readonly entries: readonly string[];
  readonly documents: readonly DocumentMetadata[];
  /** How many documents of the record were left out because they are sensitive. */
  readonly excluded: number;
  /** Whether the recipient is to be told that the law may forbid to pass a document on. */
  readonly notice: boolean;
  /** The strictest of the documents. */
  readonly confidentiality: Confidentiality;
}

/**
 * Packages a record as IHE XDM, with the documents byte for byte as they came. The same input gives the same bytes.
 *
 * @failure the codes of `prepareDocument` and of `packagePrepared`
 */
export function packageRecord(input: PackageInput): Outcome<Bundle> {
  const prepared: PreparedDocument[] = [];
  for (const document of input.documents) {
    const each = prepareDocument(document);
    if (!each.ok) return each;
    prepared.push(each.value);
  }
  return packagePrepared({ ...input, documents: prepared });
}

/**
 * Packages a record of which every document is prepared: what is left is what differs from recipient to recipient.
 *
 * @failure record/none, record/held, record/excluded, package/failed-check
 * @see IHE ITI-32, 3.32.4.1.2
 */
export function packagePrepared(input: PackageInput<PreparedDocument>): Outcome<Bundle> {
  const described = describeRecord(input, 'xdm');
  return described.ok ? done(bundled(described.value)) : described;
}

/** What a package says and does not hold. */
export type PackageContext = Omit<PackageInput, 'documents'>;

/** Puts what is described into a zip. */
export function bundled(described: DescribedRecord<PackageContext>): Bundle {
  const { documents, metadata, objects, submission, excluded, notice } = described;
  const { makePages, language, sender, submissionTime, confidentiality } = submission;
  const shown = makePages?.(documents, language) ?? documents.map((document) => ({ document }));
  const files = layout(shown, {
    readme: readmeText(sender, notice),
    index: indexPage({ ...submission, documents: shown, excluded, notice }),
    metadata: metadataXml(objects),
  });
  return {
    zip: zip(files, submissionTime),
    entries: files.map(({ name }) => name),
    documents: metadata,
    excluded,
    notice,
    confidentiality,
  };
}

/**
 * Everything in upper case, and the directories as entries of their own: a widely used reader finds the
 * submission sets by these entries alone.
 */
function layout(
  documents: readonly DocumentFiles[],
  pages: { readonly readme: string; readonly index: string; readonly metadata: string },
): ZipEntry[] {
  return [
    { name: 'README.TXT', content: packedText(pages.readme) },
    { name: 'INDEX.HTM', content: packedText(pages.index) },
    { name: 'IHE_XDM/', content: 'directory' },
    { name: SET_FOLDER, content: 'directory' },
    { name: `${SET_FOLDER}METADATA.XML`, content: packedText(pages.metadata) },
    ...documents
      .flatMap(({ document, page }) => [
        { fileName: document.fileName, content: document.packed },
        ...(page ? [{ fileName: page.fileName, content: packedText(page.text) }] : []),
      ])
      .map(({ fileName, content }) => ({ name: `${SET_FOLDER}${fileName}`, content })),
  ];
}

const packedText = (text: string): Packed => packed(Buffer.from(text));
