import { describe, expect, test } from '@jest/globals';
import { checkDocument } from '../../../shared/record/intake.ts';
import { samplePdf } from '../../support/files.ts';

const verdictOn = (...parts: readonly (string | Uint8Array)[]): string => {
  const checked = checkDocument(
    Buffer.concat(parts.map((part) => Buffer.from(part))),
    'application/pdf',
  );
  return checked.ok ? 'accepted' : checked.failure.code;
};

const pdf = samplePdf();

describe('a PDF', () => {
  test.each([
    ['as it is', [pdf]],
    ['behind what a mail program put in front', ['\n'.repeat(1019), pdf]],
    ['with some rest behind it', [pdf, '\0'.repeat(1018)]],
  ])('is accepted %s', (_, parts) => {
    expect(verdictOn(...parts)).toBe('accepted');
  });

  test.each([
    ['nothing', ['']],
    ['another kind of file', ['PK\u0003\u0004 and so on']],
    ['XML', ['<ClinicalDocument xmlns="urn:hl7-org:v3"/>']],
    ['a beginning too late', [' '.repeat(1020), pdf]],
    ['an end too early', [pdf, '\0'.repeat(1021)]],
    ['a file that was cut off', [pdf.subarray(0, -10)]],
    ['an end without a beginning', ['%%EOF']],
  ])('record/not-pdf: %s', (_, parts) => {
    expect(verdictOn(...parts)).toBe('record/not-pdf');
  });

  test('record/too-large: a byte over the limit', () => {
    expect(verdictOn(pdf, Buffer.alloc(20 * 1024 * 1024))).toBe('record/too-large');
  });

  test('names nobody, and nothing is known of it but its hash and size', () => {
    expect(checkDocument(pdf, 'application/pdf')).toEqual({
      ok: true,
      value: {
        mimeType: 'application/pdf',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        sizeBytes: pdf.length,
        identifiers: undefined,
        sensitivity: { confidentiality: 'N' },
      },
    });
  });
});
