import { describe, expect, test } from '@jest/globals';
import { changed as changedIn, ownSoap, plain, read, refusalOf } from './requests.ts';
import { BAD_METADATA } from './refused/metadata.ts';
import { refusesAll } from './refused/refuses-all.ts';

const SOAP = ownSoap();
const changed = (from: string | RegExp, to: string): string => changedIn(SOAP, from, to);
const inDocument = (markup: string): string =>
  changed(/(?<=<xdsb:Document id="Document01">)[^<]*/, markup);
const HASH = /<Slot name="hash">.*?<\/Slot>/;

describe('metadata that is none, or contradicts itself', () => {
  refusesAll(BAD_METADATA);

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
