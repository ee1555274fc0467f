import { createHash } from 'node:crypto';
import type { DocumentId } from '../ids.ts';
import { done, type Outcome } from '../outcome.ts';
import type { Labels } from '../record/labels.ts';
import { keptOf } from '../record/kept.ts';
import { strictestOf } from '../record/sensitivity.ts';
import { describeDocument } from './describe/describe.ts';
import { fileNameOf, type PackagedDocument } from './documents.ts';
import { confidentialityCode } from './derive/codes.ts';
import { mintOid } from './derive/oids.ts';
import { documentMetadata } from './metadata/document-metadata.ts';
import { bundled, type Bundle, type PackageContext } from './package-record.ts';
import { isSensitive } from './sensitive.ts';
import { checkedParts, type CheckedPart } from './submission/checked-parts.ts';
import { chosenParts, type ChosenParts } from './submission/chosen-parts.ts';
import { objectsOf, objectsWithFiles, type SentFile } from './submission/sent-objects.ts';
import type { XdrSubmission } from './xdr/xdr.ts';
import { packed } from './zip.ts';

/**
 * Packages what came by XDR as a new IHE XDM: the metadata as it was given, with the names of the files; the documents
 * byte for byte. The same input gives the same bytes.
 *
 * @failure record/held, record/excluded, and the codes of `checkedParts`
 * @see IHE ITI-32, 3.32.4.1.2
 */
export function packageSubmission(
  submission: XdrSubmission,
  context: PackageContext,
): Outcome<Bundle> {
  const chosen = chosenOf(submission, context);
  if (!chosen.ok) return chosen;
  const { parts, excluded, notice } = chosen.value;
  const documents = parts.map((part, at) => packagedPart(part, at + 1, context));
  const patientId = documents.flatMap(({ description }) => description.sourcePatientId ?? [])[0];
  const confidentiality = strictestOf(parts.map(({ sensitivity }) => sensitivity.confidentiality));
  return done(
    bundled({
      documents,
      metadata: documents.map((document) => documentMetadata(document, patientId, 'xdm')),
      objects: objectsWithFiles(submission.objects, documents.map(fileOf)),
      submission: { ...context, patientId, confidentiality },
      excluded,
      notice,
    }),
  );
}

/**
 * What of a submission may go on as a request.
 *
 * @failure as `packageSubmission`
 */
export function sendableSubmission(
  submission: XdrSubmission,
  context: Pick<PackageContext, 'sensitive'>,
): Outcome<{ readonly submission: XdrSubmission; readonly excluded: number }> {
  const chosen = chosenOf(submission, context);
  if (!chosen.ok) return chosen;
  const { parts, excluded } = chosen.value;
  if (excluded === 0) return done({ submission, excluded });
  const ids = new Set(parts.map(({ given }) => given.id));
  return done({
    submission: {
      ...submission,
      objects: objectsOf(submission.objects, ids),
      documents: parts.map(({ given }) => given),
    },
    excluded,
  });
}

function chosenOf(
  submission: XdrSubmission,
  { sensitive }: Pick<PackageContext, 'sensitive'>,
): Outcome<ChosenParts> {
  const parts = checkedParts(submission);
  return parts.ok ? chosenParts(parts.value, sensitive) : parts;
}

type PackagedPart = PackagedDocument & Pick<SentFile, 'id'>;

/** In words it is described by itself, as a document of a record is: the pages are made of that. */
function packagedPart(
  { given, checked, sensitivity }: CheckedPart,
  position: number,
  context: PackageContext,
): PackagedPart {
  const { id, bytes, described } = given;
  const { sha256, mimeType } = checked;
  const description = describeDocument(
    {
      document: {
        documentId: id as DocumentId,
        patientKey: context.patient.key,
        ...keptOf(checked, labelsOf(given)),
        receivedAt: context.submissionTime.toISOString(),
        bytesAt: '',
      },
      header: 'header' in checked ? checked.header : undefined,
    },
    context,
  );
  return {
    id,
    fileName: fileNameOf(position, mimeType),
    bytes,
    packed: packed(bytes),
    sha1: createHash('sha1').update(bytes).digest('hex'),
    uniqueId: described.uniqueId ?? mintOid(sha256),
    mimeType,
    description: {
      ...description,
      confidentiality: confidentialityCode(sensitivity.confidentiality),
    },
    notice:
      context.sensitive.mode === 'send-with-notice' && isSensitive(sensitivity, context.sensitive),
  };
}

const fileOf = ({ id, fileName, sha1, bytes }: PackagedPart): SentFile => ({
  id,
  fileName,
  sha1,
  sizeBytes: bytes.length,
});

/** What the metadata says of a file that does not say it itself. */
const labelsOf = ({ described: { title } }: CheckedPart['given']): Labels => ({ title });
