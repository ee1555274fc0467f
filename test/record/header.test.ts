import { describe, expect, test } from '@jest/globals';
import type { DocumentHeader } from '../../shared/record/header.ts';
import { readHeader } from '../../shared/record/read-header.ts';
import { sampleCcda, sampleCcdaText } from '../support/ccda.ts';

const headerOf = (document: string | Uint8Array): DocumentHeader => {
  const header = readHeader(typeof document === 'string' ? Buffer.from(document) : document);
  if (!header.ok) throw new Error(header.failure.code);
  return header.value;
};

const clinical = (header: string): string =>
  `<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc">${header}<component><structuredBody/></component></ClinicalDocument>`;

const patient = (xml: string): DocumentHeader['patients'][number] | undefined =>
  headerOf(clinical(`<recordTarget><patientRole>${xml}</patientRole></recordTarget>`)).patients[0];

describe('the header of a C-CDA', () => {
  const header = headerOf(sampleCcda());

  test('says what the document is', () => {
    expect(header).toMatchObject({
      id: { root: '2.16.840.1.113883.19.5.77.1', extension: 'CCD-0001' },
      code: { code: '34133-9', codeSystem: '2.16.840.1.113883.6.1' },
      title: 'Summary of care',
      effectiveTime: '20260302141500-0600',
      confidentiality: { code: 'N' },
      language: 'en-US',
      body: 'structured',
    });
    expect(header.templateIds).toContainEqual({
      root: '2.16.840.1.113883.10.20.22.1.1',
      extension: '2015-08-01',
    });
  });

  test('says whom it is about', () => {
    expect(header.patients).toEqual([
      {
        ids: [{ root: '2.16.840.1.113883.19.5.77', extension: 'MRN-0001' }],
        names: [
          { family: 'Rivera', given: ['Ana', 'Lucia'], prefix: undefined, suffix: undefined },
        ],
        birthTime: '19840309',
        gender: 'F',
        address: {
          lines: ['12 Sample Street'],
          city: 'Springfield',
          state: 'IL',
          postalCode: '62701',
          country: 'US',
        },
        provider: {
          ids: [{ root: '2.16.840.1.113883.19.5.77', extension: undefined }],
          name: 'Green Street Pharmacy',
        },
      },
    ]);
  });

  test('says who wrote it, keeps it, signed it, and when the care was', () => {
    expect(header).toMatchObject({
      authors: [
        {
          ids: [{ root: '2.16.840.1.113883.4.6', extension: '1234567893' }],
          name: { family: 'Morgan', given: ['Lee'], suffix: 'PharmD' },
          specialty: { code: '183500000X', displayName: 'Pharmacist' },
          emails: ['lee.morgan@pharmacy.example'],
          organization: { name: 'Green Street Pharmacy' },
        },
      ],
      custodian: { name: 'Green Street Pharmacy' },
      legalAuthenticator: { name: { family: 'Morgan' } },
      serviceEvent: { low: '20250101', high: '20260302' },
      encounter: { low: '202603021400-0600', high: '202603021430-0600' },
      facility: { code: '1060-3', codeSystem: '2.16.840.1.113883.6.259' },
    });
  });
});

/** Microseconds of fifty readings. */
const costOf = (document: Uint8Array): number => {
  const before = process.cpuUsage();
  for (let round = 0; round < 50; round += 1) readHeader(document);
  return process.cpuUsage(before).user;
};

describe('the header is read and the body is not', () => {
  test('nothing behind the first tag of the body is looked at', () => {
    const document = sampleCcdaText().replace(
      /<structuredBody>[^]*/,
      '<structuredBody>&broken; <<',
    );
    expect(headerOf(document).title).toBe('Summary of care');
  });

  test('a header takes as long before 10 MB as before nothing', () => {
    const [small, large] = [sampleCcda(), sampleCcda({ filling: 10_000_000 })];
    costOf(small);
    expect(costOf(large)).toBeLessThan(4 * costOf(small) + 50_000);
  });

  test.each([
    ['structured', '<component><structuredBody/></component>'],
    ['unstructured', '<component><nonXMLBody><text/></nonXMLBody></component>'],
    ['structured', '<component><templateId root="1.2"/><structuredBody/></component>'],
    ['none', ''],
    ['none', '<component/><title/>'],
  ])('a body is %s: %s', (kind, xml) => {
    const document = `<ClinicalDocument xmlns="urn:hl7-org:v3">${xml}</ClinicalDocument>`;
    expect(headerOf(document).body).toBe(kind);
  });

  test('a component of another namespace is no body', () => {
    const document = clinical('<sdtc:component><structuredBody/></sdtc:component><title>T</title>');
    expect(headerOf(document).title).toBe('T');
  });

  test('a title of another namespace, or deeper down, is not the title', () => {
    const document = clinical('<sdtc:title>no</sdtc:title><author><title>no</title></author>');
    expect(headerOf(document).title).toBeUndefined();
  });
});

describe('texts of others are made harmless', () => {
  test.each([
    ['a line break', 'A&#10;B', 'A B'],
    ['a carriage return and a tab', 'A&#13;&#9;B', 'A B'],
    ['a separator of lines', 'A\u2028B', 'A B'],
    ['marks that turn the text around', 'A\u202eB', 'A B'],
    ['many blanks', '  A    B  ', 'A B'],
    ['markup in disguise', '&lt;b&gt;', '<b>'],
    ['a CDATA section', '<![CDATA[<i>]]>', '<i>'],
  ])('%s', (_, written, read) => {
    expect(headerOf(clinical(`<title>${written}</title>`)).title).toBe(read);
  });

  test('a text without end is cut, and not through a character', () => {
    const title = headerOf(clinical(`<title>x${'😀'.repeat(500)}</title>`)).title ?? '';
    expect(title.length).toBe(255);
    expect(title.isWellFormed()).toBe(true);
  });

  test.each([
    ['too long', `root="1.2" extension="${'9'.repeat(129)}"`],
    ['of more than one line', 'root="1.2" extension="a&#10;b"'],
    ['unknown', 'root="1.2" nullFlavor="UNK"'],
    ['without a root', 'extension="a"'],
  ])(
    'an identifier that is %s is no identifier: cut short it would be another',
    (_, attributes) => {
      expect(patient(`<id ${attributes}/>`)?.ids).toEqual([]);
    },
  );
});

describe('names', () => {
  test('the legal name comes first', () => {
    const names = patient(`<patient>
      <name use="P"><given>Nick</given></name>
      <name use="L"><given>Nicholas</given><family>Legal</family></name>
      <name nullFlavor="UNK"/></patient>`)?.names;
    expect(names?.map(({ given }) => given[0])).toEqual(['Nicholas', 'Nick']);
  });

  test('a name that is not cut into parts is all family', () => {
    expect(patient('<patient><name>Rivera, Ana</name></patient>')?.names).toMatchObject([
      { family: 'Rivera, Ana', given: [] },
    ]);
  });

  test('empty parts are no parts', () => {
    const names = patient(
      '<patient><name><given/><given>A</given><family/></name></patient>',
    )?.names;
    expect(names).toMatchObject([{ family: undefined, given: ['A'] }]);
  });
});
