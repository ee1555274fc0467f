import { describe, expect, test } from '@jest/globals';
import { checkPackage } from '../../shared/package/check.ts';
import { packagedDocuments } from '../../shared/package/documents.ts';
import { prepareDocument } from '../../shared/package/prepared.ts';
import { valueOf } from '../secure/support/people.ts';
import { first, type XmlElement } from '../../shared/record/xml-tree.ts';
import { LCM, RIM } from '../../shared/package/metadata/ebrim.ts';
import { sampleCcda } from '../support/ccda.ts';
import { packageAndRead, parseXml } from './read-package.ts';
import { inputOf } from './sample-input.ts';

const input = inputOf(sampleCcda(), sampleCcda({ documentId: { root: '1.2.3' } }));
const { metadata } = packageAndRead(input);
const prepared = input.documents.map((document) => valueOf(prepareDocument(document)));
const packaged = packagedDocuments(prepared, input);
const documents = packaged.ok ? packaged.value.documents : [];

/** As a recipient reads them. */
function objectsIn(xml: string): XmlElement {
  const list = first(parseXml(xml, LCM, RIM), 'SubmitObjectsRequest', 'RegistryObjectList');
  if (!list) throw new Error('There is no list of objects');
  return list;
}

describe('a package is held against its metadata before it leaves', () => {
  test('what we write passes', () => {
    expect(checkPackage(objectsIn(metadata), documents, 'xdm')).toEqual({ ok: true });
  });

  test.each([
    ['an object has no id', ' id="Document01.typeCode"', ''],
    ['an id is used twice', 'id="Document01.typeCode"', 'id="Document01.classCode"'],
    ['a reference leads nowhere', 'classifiedObject="Document01"', 'classifiedObject="Document09"'],
    [
      'there is not one submission set',
      /<RegistryPackage[^]*<\/RegistryPackage>/,
      '<ObjectRef id="SubmissionSet01"/>',
    ],
    ['the unique id of the set is no OID', /value="2\.25\.\d+"/, 'value="urn:uuid:1"'],
    ['the source id is no OID', 'value="2.16.840.1.113883.19.5.77"', 'value="Green"'],
    ['the submission time is no DTM', '20260303101112', '2026-03-03'],
    ['no recipient is named', 'name="intendedRecipient"', 'name="urn:other"'],
    ['the patient ids differ', /value="MRN-0001\^/, 'value="MRN-0002^'],
    [
      'not every document has its entry',
      /<ExtrinsicObject id="Document02"[^]*?<\/ExtrinsicObject>/,
      '<ObjectRef id="Document02"/><ObjectRef id="Document02.uniqueId"/>',
    ],
    ['a name, hash or size is not that of the file', documents[0]?.sha1 ?? '', '0'.repeat(40)],
    ['a name, hash or size is not that of the file', 'DOC00002.XML', 'DOC00001.XML'],
    [
      'a name, hash or size is not that of the file',
      `<Value>${documents[0]?.bytes.length}</Value>`,
      '<Value>1</Value>',
    ],
    ['a media type is not that of the file', 'mimeType="text/xml"', 'mimeType="text/plain"'],
    ['a unique id is of no known form', 'value="1.2.3"', 'value="urn:oid:1.2.3"'],
    ['a unique id is used twice', 'value="1.2.3"', `value="${documents[0]?.uniqueId}"`],
    ['an entry is not in the set', 'targetObject="Document02"', 'targetObject="Document01"'],
    ['a value is too long', '<Value>en-US</Value>', `<Value>${'e'.repeat(257)}</Value>`],
    ['a slot has an empty value', '<Value>en-US</Value>', '<Value></Value>'],
  ])('package/failed-check: %s', (claim, from, to) => {
    const broken = metadata.replace(from, to);
    expect(broken).not.toBe(metadata);
    expect(checkPackage(objectsIn(broken), documents, 'xdm')).toEqual({
      ok: false,
      failure: { code: 'package/failed-check', detail: claim },
    });
  });

  test('package/failed-check: a file name that is not ISO 9660 level 1', () => {
    const renamed = documents.map((document) => ({
      ...document,
      fileName: document.fileName.toLowerCase(),
    }));
    const lower = metadata.replaceAll(/DOC0000(\d)\.XML/g, 'doc0000$1.xml');
    expect(checkPackage(objectsIn(lower), renamed, 'xdm')).toMatchObject({
      failure: { detail: 'a file name is not ISO 9660 level 1' },
    });
  });
});
