import { describe, expect, test } from '@jest/globals';
import { changed as changedIn, ownSoap, plain, read, refusalOf } from './requests.ts';

const SOAP = ownSoap();
const changed = (from: string | RegExp, to: string): string => changedIn(SOAP, from, to);
const inDocument = (markup: string): string =>
  changed(/(?<=<xdsb:Document id="Document01">)[^<]*/, markup);
const HASH = /<Slot name="hash">.*?<\/Slot>/;

describe('metadata that is none, or contradicts itself', () => {
  test.each([
    ['no list', changed(/<RegistryObjectList[^]*<\/RegistryObjectList>/, '')],
    ['of another version', changed('rim:3.0', 'rim:4.0')],
    ['no set', changed(/<RegistryPackage[^]*<\/RegistryPackage>/, '')],
    ['a set that is not marked', changed('a54d6aa5', 'a54d6aa6')],
    ['two sets', changed('<RegistryPackage', '<RegistryPackage id="a"/><RegistryPackage')],
    ['an entry without a document', changed(/<xdsb:Document[^]*<\/xdsb:Document>/, '')],
    [
      'a document without an entry',
      changed('</xdsb:Document>', '</xdsb:Document><xdsb:Document id="b"></xdsb:Document>'),
    ],
    [
      'a document twice',
      changed(
        '</xdsb:Document>',
        '</xdsb:Document><xdsb:Document id="Document01"></xdsb:Document>',
      ),
    ],
    [
      'a document of another entry',
      changed('<xdsb:Document id="Document01">', '<xdsb:Document id="b">'),
    ],
    [
      'an entry that is not in the set',
      changed('AssociationType:HasMember', 'AssociationType:RPLC'),
    ],
    ['an object without an id', changed(/ id="[^"]*\.marker"/, '')],
    ['an id twice', changed(/id="[^"]*\.author1"/, 'id="Document01.typeCode"')],
    ['a value that is too long', changed('||^^Internet^', `${'x'.repeat(257)}||^^Internet^`)],
    ['a set id that is no OID', changed(/"2\.25\.\d+"/, '"TODO"')],
    ['two patients', changed('value="MRN-0001^', 'value="MRN-0002^')],
    ['no type', changed('mimeType="text/xml"', 'mimeType="xml"')],
  ])('%s', (_, soap) => {
    expect(refusalOf(plain(soap))).toBe('package/bad-metadata');
  });

  test('package/hash-mismatch: a document that is not the one described', () => {
    expect(refusalOf(plain(inDocument('QUJD')))).toBe('package/hash-mismatch');
    const unhashed = SOAP.replace(HASH, '');
    expect(
      refusalOf(plain(unhashed.replace(/(?<=<xdsb:Document id="Document01">)[^<]*/, 'QUJD'))),
    ).toBe('package/hash-mismatch');
    expect(refusalOf(plain(unhashed))).toBe('read');
  });

  test('package/over-limits: more documents than two hundred', () => {
    const [entry = ''] = /<ExtrinsicObject[^]*?<\/ExtrinsicObject>/.exec(SOAP) ?? [];
    const more = Array.from({ length: 200 }, (_, at) => entry.replaceAll('Document01', `d${at}`));
    const soap = changed('<ExtrinsicObject', `${more.join('')}<ExtrinsicObject`);
    expect(refusalOf(plain(soap))).toBe('package/over-limits');
  });

  test('what others add in namespaces of their own is left out', () => {
    const added =
      '<x:Slot xmlns:x="urn:other" name="URI" x:id="a"/><ExtrinsicObject xmlns="urn:other"/>';
    const soap = changed('<Slot name="languageCode">', `${added}<Slot name="languageCode">`);
    expect(read(plain(soap)).contents).toEqual(read(plain(SOAP)).contents);
  });
});
