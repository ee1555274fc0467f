import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { sha256 } from '../../shared/ids.ts';
import { readHeader } from '../../shared/record/read-header.ts';
import { checkClinicalDocument, MAX_DOCUMENT_BYTES } from '../../shared/record/intake.ts';
import { sampleCcda, sampleCcdaText } from '../support/ccda.ts';
import { describeWith, SHARED } from '../support/needs.ts';

const verdictOn = (document: string | Uint8Array): string => {
  const checked = checkClinicalDocument(
    typeof document === 'string' ? Buffer.from(document) : document,
  );
  return checked.ok ? 'accepted' : checked.failure.code;
};

const wrapped = (body: string): string =>
  `<ClinicalDocument xmlns="urn:hl7-org:v3">${body}</ClinicalDocument>`;
const numbered = (count: number, one: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => one(at)).join(' ');
const nested = (levels: number): string => '<a>'.repeat(levels) + '</a>'.repeat(levels);
const body = (xml: string): string =>
  `<component><structuredBody>${xml}</structuredBody></component>`;

describe('a document is checked once, when it arrives', () => {
  test('what is kept is the hash, the size, and the header', () => {
    const bytes = sampleCcda();
    const checked = checkClinicalDocument(bytes);
    expect(checked).toMatchObject({
      ok: true,
      value: {
        sha256: sha256(bytes),
        sizeBytes: bytes.length,
        header: { title: 'Summary of care' },
      },
    });
  });

  test.each([
    ['record/not-well-formed', 'nothing at all', ''],
    ['record/not-well-formed', 'no XML', 'MSH|^~\\&|'],
    ['record/not-well-formed', 'something before the document', `junk${sampleCcdaText()}`],
    ['record/not-well-formed', 'a blank before the declaration', ` ${sampleCcdaText()}`],
    ['record/not-well-formed', 'something behind the document', `${sampleCcdaText()}<more/>`],
    ['record/not-well-formed', 'the end missing', sampleCcdaText().slice(0, -200)],
    ['record/not-well-formed', 'a NUL', wrapped('\0')],
    ['record/not-well-formed', 'a control character', wrapped('\u0001')],
    ['record/not-well-formed', 'a control character by number', wrapped('&#1;')],
    ['record/not-well-formed', 'an entity that nobody declared', wrapped('&nbsp;')],
    [
      'record/not-well-formed',
      'an entity named as what every object has',
      wrapped('&constructor;'),
    ],
    ['record/not-well-formed', 'a prefix without a namespace', wrapped('<x:a/>')],
    ['record/not-well-formed', 'an attribute twice', wrapped('<a b="1" b="2"/>')],
    ['record/not-well-formed', 'two marks', `\ufeff\ufeff${wrapped('')}`],
    ['record/bad-encoding', 'bytes of another encoding', Buffer.from(wrapped('é'), 'latin1')],
    ['record/doctype', 'an empty DOCTYPE', `<!DOCTYPE ClinicalDocument>${wrapped('')}`],
    [
      'record/doctype',
      'a DOCTYPE behind a comment',
      `<!-- c --><!DOCTYPE a [<!ENTITY b "c">]>${wrapped('&b;')}`,
    ],
    ['record/doctype', 'a DOCTYPE in the wrong place', wrapped('<!DOCTYPE a>')],
    ['record/too-deep', 'a body nested too deeply', wrapped(body(nested(198)))],
    ['record/too-deep', 'a header nested too deeply', wrapped(nested(200))],
    [
      'record/too-complex',
      'more attributes than any real element',
      wrapped(`<a ${numbered(129, (at) => `a${at}=""`)}/>`),
    ],
    ['record/too-complex', 'the name of an element without end', wrapped(`<${'a'.repeat(257)}/>`)],
    [
      'record/too-complex',
      'the name of an attribute without end',
      wrapped(`<a ${'b'.repeat(257)}=""/>`),
    ],
    [
      'record/too-complex',
      'more elements than any real document',
      wrapped(body('<a/>'.repeat(1_000_000))),
    ],
    [
      'record/header-too-large',
      'a megabyte before the body',
      wrapped(`<!--${'x'.repeat(1_048_576)}-->${body('')}`),
    ],
    [
      'record/header-too-large',
      'a header of very many elements',
      wrapped('<id/>'.repeat(20_000) + body('')),
    ],
    ['record/not-clinical-document', 'another root', '<Bundle xmlns="http://hl7.org/fhir"/>'],
    ['record/not-clinical-document', 'no namespace', '<ClinicalDocument/>'],
    [
      'record/not-clinical-document',
      'another version of the namespace',
      '<ClinicalDocument xmlns="urn:hl7-org:v2"/>',
    ],
    ['record/too-large', 'a byte over the limit', Buffer.alloc(MAX_DOCUMENT_BYTES + 1, ' ')],
  ])('%s: %s', (code, _, document) => {
    expect(verdictOn(document)).toBe(code);
  });

  test.each([
    ['depth', wrapped(body(nested(197)))],
    ['attributes', wrapped(`<a ${numbered(128, (at) => `a${at}=""`)}/>`)],
    ['the length of a name', wrapped(`<${'a'.repeat(256)}/>`)],
    ['a large body behind a small header', wrapped(body('x'.repeat(3_000_000)))],
    ['a prefix for the whole document', '<c:ClinicalDocument xmlns:c="urn:hl7-org:v3"/>'],
    ['DOCTYPE as text', wrapped('<title><![CDATA[<!DOCTYPE a>]]></title>')],
    [
      'a stylesheet, which is not followed',
      `<?xml-stylesheet href="http://127.0.0.1:9/a.xsl"?>${wrapped('')}`,
    ],
  ])('at the bound of what is accepted: %s', (_, document) => {
    expect(verdictOn(document)).toBe('accepted');
  });
});

describe('hostile documents cost little', () => {
  const MB = 1024 * 1024;
  test.each([
    ['nesting', wrapped('<a>'.repeat(1_000_000)), 'record/too-deep'],
    ['one attribute', wrapped(body(`<a b="${'x'.repeat(3 * MB)}"/>`)), 'accepted'],
    ['attributes', wrapped(`<a ${numbered(250_000, (at) => `a${at}=""`)}/>`), 'record/too-complex'],
    ['one name', wrapped(body(`<${'a'.repeat(3 * MB)}/>`)), 'record/too-complex'],
    ['one comment', wrapped(body(`<!--${'-x'.repeat(2.3 * MB)}-->`)), 'accepted'],
    ['errors', wrapped(body('&x;'.repeat(1_000_000))), 'record/not-well-formed'],
    [
      'declared namespaces',
      wrapped(body(numbered(120_000, (at) => `<a xmlns:p${at}="u"/>`))),
      'accepted',
    ],
    [
      'DOCTYPE without an end',
      `<!DOCTYPE a [${'<!ENTITY b "c">'.repeat(200_000)}`,
      'record/header-too-large',
    ],
  ])('3 MB of %s', (_, document, verdict) => {
    const bytes = Buffer.from(document);
    const before = process.cpuUsage();
    expect(verdictOn(bytes)).toBe(verdict);
    // A harmless document of this size takes a tenth of this; a quadratic reader would take minutes.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(4_000);
  });
});

describeWith(['shared'], 'documents that others made', () => {
  const CODES: Readonly<Record<string, string>> = {
    'bad_malformed_onc_NT_BadXml.xml': 'record/not-well-formed',
    'deep_nesting.xml': 'record/too-deep',
    'dtd_benign_empty.xml': 'record/doctype',
    'dtd_billion_laughs.xml': 'record/doctype',
    'dtd_external_subset.xml': 'record/doctype',
    'dtd_xxe_file.xml': 'record/doctype',
    'dtd_xxe_http.xml': 'record/doctype',
    'empty.xml': 'record/not-well-formed',
    'leading_blank_before_decl.xml': 'record/not-well-formed',
    'no_namespace.xml': 'record/not-clinical-document',
    'not_cda.xml': 'record/not-clinical-document',
    'nul_byte.xml': 'record/not-well-formed',
    'truncated.xml': 'record/not-well-formed',
    'utf8_bytes_declared_utf16.xml': 'record/bad-encoding',
    'win1252_bytes_declared_utf8.xml': 'record/bad-encoding',
    'wrong_namespace.xml': 'record/not-clinical-document',
  };

  const rows = ['ccda', 'ccda-nasty'].flatMap((folder) =>
    read(`${folder}/EXPECTED.tsv`)
      .toString()
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split('\t'))
      .map(([file = '', outcome = '']) => [folder, file, outcome] as const),
  );

  test.each(rows)('%s/%s is %s', (folder, file, outcome) => {
    const bytes = read(`${folder}/${file}`);
    expect(verdictOn(bytes)).toBe(outcome === 'sent' ? 'accepted' : CODES[file]);
  });

  test.each(rows.filter(([, , outcome]) => outcome === 'sent'))(
    '%s/%s shows the same header to the check and to the sender',
    (folder, file) => {
      const bytes = read(`${folder}/${file}`);
      const checked = checkClinicalDocument(bytes);
      expect(checked.ok && checked.value.header).toEqual(
        expect.objectContaining({ body: expect.any(String) }),
      );
      expect(readHeader(bytes)).toEqual({ ok: true, value: checked.ok && checked.value.header });
    },
  );
});

function read(path: string): Buffer {
  try {
    return readFileSync(`${SHARED}/vectors/${path}`);
  } catch {
    // Without the foreign data the rows are none, and the block is skipped with a notice.
    return Buffer.from('file\toutcome\nnone\tsent');
  }
}
