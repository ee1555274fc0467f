import type { Patient } from '../../patient/patient.ts';
import type { SenderSettings, Settings } from '../../settings.ts';
import type { PreparedDocument } from '../prepared.ts';
import { describeClinicalDocument } from './clinical-document.ts';
import type { DocumentDescription } from './description.ts';
import { describePlainFile } from './plain-file.ts';

/** What stands in where a document says nothing. */
export interface DescribeContext {
  readonly patient: Patient;
  readonly sender: SenderSettings;
  readonly fallbacks: Settings['fallbacks'];
}

/** Describes a document by what it is: a CDA document by its own header, any other file by what was said of it. */
export const describeDocument = (
  { document, header }: Pick<PreparedDocument, 'document' | 'header'>,
  context: DescribeContext,
): DocumentDescription =>
  header ? describeClinicalDocument(header, context) : describePlainFile(document, context);
