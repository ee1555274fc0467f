import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { DirectAddress, TransmissionId } from '../../shared/ids.ts';
import { packageRecord, type PackageInput } from '../../shared/package/package-record.ts';
import { sampleCcda, sampleCcdaText } from '../support/ccda.ts';
import { entryOf, packageAndRead } from './read-package.ts';
import { inputOf } from './sample-input.ts';

const refusal = (input: PackageInput): string | undefined => {
  const bundle = packageRecord(input);
  return bundle.ok ? undefined : bundle.failure.code;
};

const DISCHARGE = sampleCcda({
  title: 'Discharge summary',
  documentId: { root: '2.16.840.1.113883.19.5.77.1', extension: 'DS-1' },
});

describe('an XDM package', () => {
  const bundle = packageRecord(inputOf(sampleCcda(), DISCHARGE));
  const documents = bundle.ok ? bundle.value.documents : [];
  const { files, entries, set } = packageAndRead(inputOf(sampleCcda(), DISCHARGE));

  test('holds the files where a recipient looks for them, directories as entries', () => {
    const expected = [
      'README.TXT',
      'INDEX.HTM',
      'IHE_XDM/',
      'IHE_XDM/SUBSET01/',
      'IHE_XDM/SUBSET01/METADATA.XML',
      'IHE_XDM/SUBSET01/DOC00001.XML',
      'IHE_XDM/SUBSET01/DOC00002.XML',
    ];
    expect(Object.keys(files)).toEqual(expected);
    expect(bundle).toMatchObject({ ok: true, value: { entries: expected } });
    expect(documents).toHaveLength(2);
  });

  test('holds the documents byte for byte, and their hash and size', () => {
    for (const { slots } of entries) {
      const bytes = files[`IHE_XDM/SUBSET01/${slots['URI']?.[0]}`] ?? new Uint8Array();
      expect(slots['hash']).toEqual([createHash('sha1').update(bytes).digest('hex')]);
      expect(slots['size']).toEqual([String(bytes.length)]);
    }
    expect(Buffer.from(files['IHE_XDM/SUBSET01/DOC00002.XML'] ?? '')).toEqual(DISCHARGE);
  });

  test('names sender, recipient, time and source in the submission set', () => {
    expect(set.slots).toEqual({
      intendedRecipient: ['||^^Internet^Dr.Kim@clinic.example'],
      submissionTime: ['20260303101112'],
    });
    expect(set.authors).toEqual([
      {
        authorPerson: ['^Green Street Pharmacy'],
        authorInstitution: ['Green Street Pharmacy^^^^^^^^^2.16.840.1.113883.19.5.77'],
        authorTelecommunication: ['^^Internet^records@green.example'],
      },
    ]);
    expect(set.identifiers).toEqual({
      'XDSSubmissionSet.patientId': 'MRN-0001^^^&2.16.840.1.113883.19.5.77&ISO',
      'XDSSubmissionSet.sourceId': '2.16.840.1.113883.19.5.77',
      'XDSSubmissionSet.uniqueId': expect.stringMatching(/^2\.25\.[1-9][0-9]{30,38}$/),
    });
    expect(set.codes).toEqual({
      contentTypeCode: '34133-9 2.16.840.1.113883.6.1 Summarization of episode note',
    });
  });

  test('describes a document with everything that its header says', () => {
    expect(entries[0]).toMatchObject({
      title: 'Summary of care',
      slots: {
        creationTime: ['20260302201500'],
        languageCode: ['en-US'],
        legalAuthenticator: ['1234567893^Morgan^Lee^^^^^^&2.16.840.1.113883.4.6&ISO'],
        serviceStartTime: ['20250101'],
        serviceStopTime: ['20260302'],
        sourcePatientId: ['MRN-0001^^^&2.16.840.1.113883.19.5.77&ISO'],
        sourcePatientInfo: expect.arrayContaining(['PID-5|Rivera^Ana^Lucia']),
        URI: ['DOC00001.XML'],
      },
      codes: {
        classCode: '34133-9 2.16.840.1.113883.6.1 Summarization of episode note',
        confidentialityCode: 'N 2.16.840.1.113883.5.25 normal',
        facilityType: '1060-3 2.16.840.1.113883.6.259 Medical Ward',
        formatCode:
          'urn:hl7-org:sdwg:ccda-structuredBody:2.1 1.3.6.1.4.1.19376.1.2.3 ccda-structuredBody:2.1',
        practiceSetting: '408443003 2.16.840.1.113883.6.96 General medical practice',
        typeCode: '34133-9 2.16.840.1.113883.6.1 Summarization of episode note',
      },
      authors: [
        {
          authorPerson: ['1234567893^Morgan^Lee^^PharmD^^^^&2.16.840.1.113883.4.6&ISO'],
          authorInstitution: ['Green Street Pharmacy^^^^^^^^^2.16.840.1.113883.19.5.77'],
          authorSpecialty: ['Pharmacist'],
          authorTelecommunication: ['^^Internet^lee.morgan@pharmacy.example'],
        },
      ],
      identifiers: {
        'XDSDocumentEntry.patientId': 'MRN-0001^^^&2.16.840.1.113883.19.5.77&ISO',
        'XDSDocumentEntry.uniqueId': '2.16.840.1.113883.19.5.77.1^CCD-0001',
      },
    });
  });
});

describe('the same input gives the same bytes', () => {
  test('whenever and wherever it is packaged', () => {
    const zone = process.env['TZ'];
    const one = packageAndRead(inputOf(sampleCcda()));
    process.env['TZ'] = 'Pacific/Auckland';
    const other = packageAndRead(inputOf(sampleCcda()));
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect(Buffer.compare(one.zip, other.zip)).toBe(0);
  });

  test('another transmission is another submission set, of the same documents', () => {
    const other = { ...inputOf(sampleCcda()), transmissionId: 'tx_other' as TransmissionId };
    const [first, second] = [packageAndRead(inputOf(sampleCcda())), packageAndRead(other)];
    expect(first.set.identifiers['XDSSubmissionSet.uniqueId']).not.toBe(
      second.set.identifiers['XDSSubmissionSet.uniqueId'],
    );
    expect(first.entries).toEqual(second.entries);
  });
});

describe('text of others stays text', () => {
  test('HL7 separators are escaped, then XML', () => {
    const entry = entryOf(inputOf(sampleCcda({ family: 'O^Neil|&~\\', given: ['<A>'] })));
    expect(entry.slots['sourcePatientInfo']).toContain('PID-5|O\\S\\Neil\\F\\\\T\\\\R\\\\E\\^<A>');
  });

  test('no value is longer than 256 characters, and none ends inside an escape', () => {
    const entry = entryOf(
      inputOf(
        sampleCcda({
          family: '&|^~\\'.repeat(40),
          given: Array.from({ length: 9 }, () => '&'.repeat(120)),
        }),
      ),
    );
    const name = entry.slots['sourcePatientInfo']?.find((value) => value.startsWith('PID-5')) ?? '';
    expect(name.length).toBeLessThanOrEqual(256);
    expect(name).toMatch(/^PID-5\|(?:\\[EFSTR]\\|\^)+$/);
  });

  test('an address with the separators of HL7 in it is escaped', () => {
    const recipient = 'a|b^c~d&e@clinic.example' as DirectAddress;
    const { set } = packageAndRead({ ...inputOf(sampleCcda()), recipient });
    expect(set.slots['intendedRecipient']).toEqual([
      '||^^Internet^a\\F\\b\\S\\c\\R\\d\\T\\e@clinic.example',
    ]);
  });
});

describe('what is not packaged', () => {
  test('record/none: a record without documents', () => {
    expect(refusal(inputOf())).toBe('record/none');
  });

  test('record/unchecked: bytes that are not those that were checked', () => {
    const input = inputOf(sampleCcda());
    const changed = input.documents.map(({ document }) => ({
      document,
      bytes: sampleCcda({ family: 'Else' }),
    }));
    expect(refusal({ ...input, documents: changed })).toBe('record/unchecked');
  });

  test('record/not-clinical-document: bytes with the right hash that nobody can read', () => {
    expect(refusal(inputOf(Buffer.from('<a/>')))).toBe('record/not-clinical-document');
  });

  test('package/failed-check: an address that does not fit into the metadata', () => {
    const recipient =
      `dr@${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example` as DirectAddress;
    expect(refusal({ ...inputOf(sampleCcda()), recipient })).toBe('package/failed-check');
  });

  test('the body is not read again: what was checked is packaged whatever is in it', () => {
    const broken = Buffer.from(sampleCcdaText().replace('</structuredBody>', '<'));
    expect(refusal(inputOf(broken))).toBeUndefined();
  });
});
