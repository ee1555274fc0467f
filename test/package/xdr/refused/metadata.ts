import { changed as changedIn, ownSoap, plain } from '../requests.ts';
import { refusedAs, type RefusedRequest } from './refused-request.ts';

const SOAP = ownSoap();
const changed = (from: string | RegExp, to: string): string => changedIn(SOAP, from, to);

/** Metadata that is none, or contradicts itself. */
export const BAD_METADATA: readonly RefusedRequest[] = refusedAs('package/bad-metadata', plain, [
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
    changed('</xdsb:Document>', '</xdsb:Document><xdsb:Document id="Document01"></xdsb:Document>'),
  ],
  [
    'a document of another entry',
    changed('<xdsb:Document id="Document01">', '<xdsb:Document id="b">'),
  ],
  ['an entry that is not in the set', changed('AssociationType:HasMember', 'AssociationType:RPLC')],
  ['an object without an id', changed(/ id="[^"]*\.marker"/, '')],
  ['an id twice', changed(/id="[^"]*\.author1"/, 'id="Document01.typeCode"')],
  ['a value that is too long', changed('||^^Internet^', `${'x'.repeat(257)}||^^Internet^`)],
  ['a set id that is no OID', changed(/"2\.25\.\d+"/, '"TODO"')],
  ['two patients', changed('value="MRN-0001^', 'value="MRN-0002^')],
  ['no type', changed('mimeType="text/xml"', 'mimeType="xml"')],
]);
