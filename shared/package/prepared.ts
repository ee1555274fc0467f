import { createHash } from 'node:crypto';
import { sha256 } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { DocumentHeader } from '../record/header.ts';
import { readHeader } from '../record/read-header.ts';
import type { DocumentWithBytes } from '../record/record.ts';
import { packed, type Packed } from './zip.ts';

/** A document, and of packaging it all that is the same for every recipient: much the larger part. */
export interface PreparedDocument extends DocumentWithBytes {
  /** Of the bytes as they go into the zip, hex. */
  readonly sha1: string;
  readonly packed: Packed;
  /** Of a CDA document. */
  readonly header: DocumentHeader | undefined;
}

/**
 * Prepares a document, and makes sure that these are the bytes that were checked.
 *
 * @failure record/unchecked, and the codes of `readHeader`
 */
export function prepareDocument({ document, bytes }: DocumentWithBytes): Outcome<PreparedDocument> {
  if (sha256(bytes) !== document.sha256) return fail('record/unchecked');
  const sha1 = createHash('sha1').update(bytes).digest('hex');
  if (document.mimeType !== 'text/xml') {
    return done({ document, bytes, sha1, packed: packed(bytes), header: undefined });
  }
  const header = readHeader(bytes);
  if (!header.ok) return header;
  return done({ document, bytes, sha1, packed: packed(bytes), header: header.value });
}
