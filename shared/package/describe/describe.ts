import { done, type Outcome } from '../../outcome.ts';
import type { Patient } from '../../patient/patient.ts';
import { readHeader } from '../../record/read-header.ts';
import type { DocumentWithBytes } from '../../record/record.ts';
import type { SenderSettings, Settings } from '../../settings.ts';
import { describeClinicalDocument } from './clinical-document.ts';
import type { DocumentDescription } from './description.ts';
import { describePlainFile } from './plain-file.ts';

/** What stands in where a document says nothing. */
export interface DescribeContext {
  readonly patient: Patient;
  readonly sender: SenderSettings;
  readonly fallbacks: Settings['fallbacks'];
}

/**
 * Describes a document by what it is: a CDA document by its own header, any other file by what was said of it.
 *
 * @failure the codes of `readHeader`
 */
export function describeDocument(
  { document, bytes }: DocumentWithBytes,
  context: DescribeContext,
): Outcome<DocumentDescription> {
  if (document.mimeType !== 'text/xml') return done(describePlainFile(document, context));
  const header = readHeader(bytes);
  return header.ok ? done(describeClinicalDocument(header.value, context)) : header;
}
