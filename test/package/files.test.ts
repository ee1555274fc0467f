import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { describePlainFile } from '../../shared/package/describe/plain-file.ts';
import { packageRecord, type PackageInput } from '../../shared/package/package-record.ts';
import type { Labels } from '../../shared/record/labels.ts';
import type { RecordDocument } from '../../shared/record/record.ts';
import { sampleCcda } from '../support/ccda.ts';
import { SAMPLE_TEXT, sampleBundle, samplePdf } from '../support/files.ts';
import { describeWith } from '../support/needs.ts';
import { entryOf, packageAndRead, textOf } from './read-package.ts';
import { inputOf, stored } from './sample-input.ts';
import { unzips, validates } from './tools.ts';

const kept = (bytes: Uint8Array, more: Partial<RecordDocument> = {}) => {
  const { document } = stored(bytes);
  return { bytes, document: { ...document, mimeType: 'application/pdf' as const, ...more } };
};

const inputWith = (...documents: PackageInput['documents']): PackageInput => ({
  ...inputOf(),
  documents,
});

const RECORD = inputWith(
  stored(sampleCcda()),
  kept(samplePdf()),
  kept(SAMPLE_TEXT, { mimeType: 'text/plain' }),
  kept(sampleBundle(), { mimeType: 'application/fhir+json' }),
  kept(samplePdf('Another')),
);

describe('files of several kinds in one package', () => {
  const { files, entries, metadata } = packageAndRead(RECORD);

  test('have names that say their kind, and lie there byte for byte', () => {
    const names = ['DOC00001.XML', 'DOC00002.PDF', 'DOC00003.TXT', 'DOC00004.JSO', 'DOC00005.PDF'];
    expect(entries.map(({ slots }) => slots['URI']?.[0])).toEqual(names);
    for (const [index, name] of names.entries()) {
      const { bytes } = RECORD.documents[index]!;
      const inside = files[`IHE_XDM/SUBSET01/${name}`] ?? new Uint8Array();
      expect(Buffer.compare(inside, bytes)).toBe(0);
      expect(entries[index]?.slots).toMatchObject({
        hash: [createHash('sha1').update(bytes).digest('hex')],
        size: [String(bytes.length)],
      });
    }
  });

  test('have one entry and one association each, of their media type', () => {
    const types = [...metadata.matchAll(/ mimeType="([^"]*)"/g)].map(([, type]) => type);
    expect(types).toEqual([
      'text/xml',
      'application/pdf',
      'text/plain',
      'application/fhir+json',
      'application/pdf',
    ]);
    const members = [...metadata.matchAll(/ targetObject="([^"]*)"/g)].map(([, id]) => id);
    expect(members).toEqual(['01', '02', '03', '04', '05'].map((number) => `Document${number}`));
  });

  test('are all told apart, and about one patient', () => {
    const ids = entries.map(({ identifiers }) => identifiers);
    expect(new Set(ids.map((each) => each['XDSDocumentEntry.uniqueId'])).size).toBe(5);
    const patients = new Set(ids.map((each) => each['XDSDocumentEntry.patientId']));
    expect([...patients]).toEqual(['MRN-0001^^^&2.16.840.1.113883.19.5.77&ISO']);
  });

  test('are linked from the page', () => {
    const page = textOf(files['INDEX.HTM']);
    for (const { slots } of entries) expect(page).toContain(`SUBSET01/${slots['URI']?.[0]}"`);
  });

  test('are described beside the zip too', () => {
    const bundle = packageRecord(RECORD);
    expect(bundle.ok && bundle.value.documents.map(({ mimeType, uri }) => [uri, mimeType])).toEqual(
      [
        ['DOC00001.XML', 'text/xml'],
        ['DOC00002.PDF', 'application/pdf'],
        ['DOC00003.TXT', 'text/plain'],
        ['DOC00004.JSO', 'application/fhir+json'],
        ['DOC00005.PDF', 'application/pdf'],
      ],
    );
  });
});

const entryWith = (labels: Labels, more: Partial<RecordDocument> = {}) =>
  entryOf(inputWith(kept(samplePdf(), { labels, ...more })));

describe('a file that is no clinical document', () => {
  test('is described by neutral words, the sender, and the registered patient', () => {
    expect(entryWith({})).toEqual({
      title: 'Document',
      slots: {
        creationTime: ['20260302201500'],
        hash: [expect.any(String)],
        languageCode: ['en-US'],
        size: [String(samplePdf().length)],
        sourcePatientId: ['MRN-0001^^^&2.16.840.1.113883.19.5.77&ISO'],
        sourcePatientInfo: [
          'PID-3|MRN-0001^^^&2.16.840.1.113883.19.5.77&ISO',
          'PID-5|Rivera^Ana^Lucia',
          'PID-7|19840309',
          'PID-8|F',
        ],
        URI: ['DOC00001.PDF'],
      },
      codes: {
        confidentialityCode: 'N 2.16.840.1.113883.5.25 normal',
        facilityType: '264372000 2.16.840.1.113883.6.96 Pharmacy',
        formatCode:
          'urn:ihe:iti:xds:2017:mimeTypeSufficient 1.3.6.1.4.1.19376.1.2.3 mimeType Sufficient',
        practiceSetting: '408443003 2.16.840.1.113883.6.96 General medical practice',
      },
      authors: [{ authorInstitution: ['Green Street Pharmacy^^^^^^^^^2.16.840.1.113883.19.5.77'] }],
      identifiers: {
        'XDSDocumentEntry.patientId': 'MRN-0001^^^&2.16.840.1.113883.19.5.77&ISO',
        'XDSDocumentEntry.uniqueId': expect.stringMatching(/^2\.25\.[1-9][0-9]{30,38}$/),
      },
    });
  });

  test('is described by what the data holder says of it', () => {
    const labels: Labels = {
      title: 'Benefits & <costs>',
      type: { code: '11488-4', display: 'A consult' },
      createdAt: '2026-01-31T22:30:00-06:00',
      language: 'es-MX',
    };
    const entry = entryWith(labels, { sensitivity: { confidentiality: 'R' } });
    expect(entry).toMatchObject({
      title: 'Benefits & <costs>',
      slots: { creationTime: ['20260201043000'], languageCode: ['es-MX'] },
      codes: {
        typeCode: '11488-4 2.16.840.1.113883.6.1 Consult note',
        classCode: '11488-4 2.16.840.1.113883.6.1 Consult note',
        confidentialityCode: 'R 2.16.840.1.113883.5.25 restricted',
      },
    });
  });

  test.each([
    ['the name of its type', { type: { code: '11506-3' } }, 'Progress note'],
    ['the name that its type brings', { type: { code: '64290-0', display: 'EOB' } }, 'EOB'],
    ['its own title', { type: { code: '11506-3' }, title: 'Visit' }, 'Visit'],
  ])('without more is titled by %s', (_, labels, title) => {
    expect(entryWith(labels).title).toBe(title);
  });

  test('of the same bytes has the same unique id, whatever it is called', () => {
    const [one, other] = [entryWith({}), entryWith({ title: 'Another' })];
    expect(one.identifiers).toEqual(other.identifiers);
    expect(entryOf(inputWith(kept(samplePdf('x')))).identifiers).not.toEqual(one.identifiers);
  });

  test.each([
    ['a day', '2026-01-31', '20260131', '2026-01-31'],
    [
      'a moment, whose day is that of its own zone',
      '2026-01-31T22:30:00-06:00',
      '20260201043000',
      '2026-01-31',
    ],
  ])('made on %s', (_, createdAt, creationTime, createdOn) => {
    const { document } = kept(samplePdf(), { labels: { createdAt } });
    expect(describePlainFile(document, inputOf())).toMatchObject({ creationTime, createdOn });
  });

  test('record/unchecked: its bytes changed in the bucket', () => {
    const { document } = kept(samplePdf());
    const bundle = packageRecord(inputWith({ document, bytes: samplePdf('Changed') }));
    expect(bundle).toMatchObject({ failure: { code: 'record/unchecked' } });
  });
});

describe('a patient none of whose identifiers has an OID', () => {
  const known = inputWith(kept(samplePdf()));
  const patient = {
    ...known.patient,
    identifiers: [{ system: 'https://holder.example/mrn', value: 'MRN-0001' }],
  };

  test('goes without a number', () => {
    const { identifiers, slots } = entryOf({ ...known, patient });
    expect(identifiers['XDSDocumentEntry.patientId']).toBeUndefined();
    expect(slots['sourcePatientId']).toBeUndefined();
  });

  test('has the data holder’s own where it is configured whose numbers they are', () => {
    const fallbacks = { ...known.fallbacks, sourceOid: '1.3.6.1.4.1.32473.7' };
    const { identifiers, slots } = entryOf({ ...known, patient, fallbacks });
    const own = 'ana^^^&1.3.6.1.4.1.32473.7&ISO';
    expect(identifiers['XDSDocumentEntry.patientId']).toBe(own);
    expect(slots['sourcePatientId']).toEqual([own]);
  });

  test('and one that has keeps it', () => {
    const fallbacks = { ...known.fallbacks, sourceOid: '1.3.6.1.4.1.32473.7' };
    expect(entryOf({ ...known, fallbacks }).slots['sourcePatientId']?.[0]).toMatch(/^MRN-0001/);
  });
});

describeWith(['shared', 'xmllint'], 'the schema of ebRIM', () => {
  test('takes the metadata of files of all kinds', () => {
    expect(validates('metadata', packageAndRead(RECORD).metadata)).toBe('good');
  });
});

describeWith(['unzip'], 'another zip reader', () => {
  test('finds no error in files of all kinds', () => {
    expect(unzips(packageAndRead(RECORD).zip)).toBe('good');
  });
});
