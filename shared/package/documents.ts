import { done, fail, type Outcome } from '../outcome.ts';
import type { DocumentType } from '../record/document-type.ts';
import type { Sensitivity } from '../record/sensitivity.ts';
import type { Settings } from '../settings.ts';
import { mintOid } from './derive/oids.ts';
import { describeDocument, type DescribeContext } from './describe/describe.ts';
import type { DocumentDescription } from './describe/description.ts';
import type { PreparedDocument } from './prepared.ts';
import { handlingOf } from './sensitive.ts';
import type { Packed } from './zip.ts';

/** ISO 9660 level 1 has room for three characters, so JSON loses one. */
const EXTENSIONS: Readonly<Record<DocumentType, string>> = {
  'text/xml': 'XML',
  'application/pdf': 'PDF',
  'text/plain': 'TXT',
  'application/fhir+json': 'JSO',
};

/** @param position from 1 */
export const fileNameOf = (position: number, type: DocumentType): string =>
  `DOC${String(position).padStart(5, '0')}.${EXTENSIONS[type]}`;

/** A document on its way into the package. */
export interface PackagedDocument {
  /** Beside METADATA.XML: DOC00001.XML and on; in a request it has no name. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly packed: Packed;
  /** Of the bytes as they go into the zip, hex. */
  readonly sha1: string;
  readonly uniqueId: string;
  readonly mimeType: DocumentType;
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
 * Describes the documents to be packaged, and makes sure that they may be sent.
 *
 * @failure record/held, record/excluded when nothing is left
 */
export function packagedDocuments(
  documents: readonly PreparedDocument[],
  context: DescribeContext & Pick<Settings, 'sensitive'>,
): Outcome<Chosen> {
  const chosen: PackagedDocument[] = [];
  const taken = new Set<string>();
  let excluded = 0;
  for (const each of documents) {
    const { document, bytes, packed, sha1 } = each;
    const description = describeDocument(each, context);
    const handling = handlingOf(document, sensitivityIn(description), context.sensitive);
    if (handling === 'hold') return fail('record/held');
    if (handling === 'exclude') {
      excluded += 1;
      continue;
    }
    const position = chosen.length + 1;
    const own = description.ownId ?? mintOid(document.sha256);
    // Vendors copy ids; two documents of one package must still be told apart.
    const uniqueId = taken.has(own) ? mintOid(`${document.sha256} ${position}`) : own;
    taken.add(uniqueId);
    chosen.push({
      fileName: fileNameOf(position, document.mimeType),
      bytes,
      packed,
      sha1,
      uniqueId,
      mimeType: document.mimeType,
      description,
      notice: handling === 'send-with-notice',
    });
  }
  return chosen.length > 0 ? done({ documents: chosen, excluded }) : fail('record/excluded');
}

const sensitivityIn = ({ confidentiality, typeCode }: DocumentDescription): Sensitivity => ({
  confidentiality: confidentiality.code,
  typeCode: typeCode?.code,
});
