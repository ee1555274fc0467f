import { done, fail, type Outcome } from '../../outcome.ts';

/** Readers look for the beginning and for the end of a PDF within so many bytes of those of the file. */
const LOOKED_AT_BYTES = 1024;

/**
 * Whether a file has the beginning and the end of a PDF: what was cut off on its way, or is something else under this
 * name, shows there. What lies between is for the recipient's viewer.
 *
 * @failure record/not-pdf
 * @see ISO 32000-1, 7.5.2 and 7.5.5
 */
export function checkPdf(bytes: Uint8Array): Outcome<void> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begins = file.subarray(0, LOOKED_AT_BYTES).includes('%PDF-');
  const ends = file.subarray(-LOOKED_AT_BYTES).includes('%%EOF');
  return begins && ends ? done(undefined) : fail('record/not-pdf');
}
