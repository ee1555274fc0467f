import { describe, expect, test } from '@jest/globals';
import { packageRecord } from '../../shared/package/package-record.ts';
import { sampleCcda, sampleCcdaText } from '../support/ccda.ts';
import { entryOf, packageAndRead } from './read-package.ts';
import { inputOf } from './sample-input.ts';

const DISCHARGE = sampleCcda({
  title: 'Discharge summary',
  documentId: { root: '2.16.840.1.113883.19.5.77.1', extension: 'DS-1' },
});

describe('what is handed back beside the zip', () => {
  test('is the metadata of each document as METADATA.XML has it', () => {
    const bundle = packageRecord(inputOf(sampleCcda(), DISCHARGE));
    const { entries } = packageAndRead(inputOf(sampleCcda(), DISCHARGE));
    const said = bundle.ok ? bundle.value.documents : [];
    for (const [index, { slots, title, codes, identifiers, authors }] of entries.entries()) {
      const one = said[index]!;
      expect([one.uri, one.hash, String(one.size)]).toEqual(
        ['URI', 'hash', 'size'].flatMap((name) => slots[name]),
      );
      expect({
        'XDSDocumentEntry.patientId': one.patientId,
        'XDSDocumentEntry.uniqueId': one.uniqueId,
      }).toEqual(identifiers);
      expect(one.title).toBe(title);
      expect(one.sourcePatientInfo).toEqual(slots['sourcePatientInfo']);
      expect(one.authors.map(({ authorPerson }) => [authorPerson])).toEqual(
        authors.map(({ authorPerson }) => authorPerson),
      );
      expect(`${one.typeCode?.code} ${one.typeCode?.system} ${one.typeCode?.display}`).toBe(
        codes['typeCode'],
      );
    }
    expect(said.map(({ title }) => title)).toEqual(['Summary of care', 'Discharge summary']);
  });
});

const withoutId = (title: string) =>
  Buffer.from(
    sampleCcdaText({ title }).replace(/<id root="2.16.840.1.113883.19.5.77.1"[^>]*>/, ''),
  );

describe('several documents', () => {
  test('an id that a vendor copied from one document to the next is not copied on', () => {
    const { entries } = packageAndRead(
      inputOf(sampleCcda(), sampleCcda({ title: 'Another' }), sampleCcda()),
    );
    const ids = entries.map(({ identifiers }) => identifiers['XDSDocumentEntry.uniqueId']);
    expect(ids[0]).toBe('2.16.840.1.113883.19.5.77.1^CCD-0001');
    expect(new Set(ids).size).toBe(3);
  });

  test('a document without an id gets one that only these bytes can have', () => {
    const [one, again, another] = ['One', 'One', 'Another'].map(
      (title) => entryOf(inputOf(withoutId(title))).identifiers['XDSDocumentEntry.uniqueId'],
    );
    expect(one).toMatch(/^2\.25\.[1-9][0-9]{30,38}$/);
    expect(again).toBe(one);
    expect(another).not.toBe(one);
  });

  test('an author of whom nothing can be said is left out', () => {
    const faceless =
      '<author><time value="2026"/><assignedAuthor><id nullFlavor="NI"/></assignedAuthor></author>';
    const nameless = (text: string): string =>
      text
        .replace(/<name>Green Street Pharmacy<\/name>/g, '')
        .replace('<author>', `${faceless}<author>`);
    const { authors } = entryOf(inputOf(Buffer.from(nameless(sampleCcdaText()))));
    expect(authors).toEqual([
      expect.objectContaining({ authorPerson: [expect.stringContaining('^Morgan^Lee')] }),
    ]);
  });

  test('one patient id stands for all of them', () => {
    const other = sampleCcda({
      patientIds: [{ root: '1.2.3', extension: 'X' }],
      documentId: { root: '1.2.4' },
    });
    const { entries, set } = packageAndRead(inputOf(other, sampleCcda()));
    expect(entries.map(({ identifiers }) => identifiers['XDSDocumentEntry.patientId'])).toEqual([
      set.identifiers['XDSSubmissionSet.patientId'],
      set.identifiers['XDSSubmissionSet.patientId'],
    ]);
    expect(entries[1]?.slots['sourcePatientId']).toEqual([
      'MRN-0001^^^&2.16.840.1.113883.19.5.77&ISO',
    ]);
  });
});
