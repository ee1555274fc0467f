/** Small files of the kinds that are no CDA documents; all of it is made up. */

/** One page with one line on it, as a PDF of the least. */
export function samplePdf(line = 'Explanation of benefits'): Uint8Array {
  const stream = `BT /F1 12 Tf 72 720 Td (${line}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text + table + trailer, 'latin1');
}

export const SAMPLE_TEXT: Uint8Array = Buffer.from(
  'Progress note\r\n\tBlood pressure 120/80. Señora Rivera se siente bien.\r\n\fPage 2\r\n',
);

/** @param identifiers of the one patient in it */
export const sampleBundle = (
  identifiers: readonly object[] = [
    { system: 'urn:oid:2.16.840.1.113883.19.5.77', value: 'MRN-0001' },
  ],
): Uint8Array =>
  json({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      { resource: { resourceType: 'ExplanationOfBenefit', id: 'eob-1', status: 'active' } },
      { resource: { resourceType: 'Patient', id: 'p-1', identifier: identifiers } },
    ],
  });

export const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
