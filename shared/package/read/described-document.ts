import { oneLine } from '../../characters.ts';
import { all, type XmlElement } from '../../record/xml-tree.ts';
import type { Code } from '../derive/codes.ts';
import type { AuthorMetadata } from '../metadata/author-metadata.ts';
import type { DocumentMetadata } from '../metadata/document-metadata.ts';
import { MAX_VALUE } from '../metadata/hl7v2.ts';
import { SCHEMES } from '../metadata/schemes.ts';
import { classifiedAs, identifier, slotValue, slotValues, titleOf } from './values.ts';

/**
 * A DocumentEntry as the metadata of others has it: under the same names, each value on one line and of bounded length,
 * none of it checked, and any of it may be missing. Of several confidentiality codes it is the strictest.
 */
export type DescribedDocument = {
  readonly [Name in keyof DocumentMetadata]: Described<DocumentMetadata[Name]>;
};

type Described<T> = T extends readonly unknown[]
  ? T
  : (T extends Code ? DescribedCode : T) | undefined;

export interface DescribedCode {
  readonly code: string;
  readonly system: string | undefined;
  readonly display: string | undefined;
}

/** A description, and whether the submission set names it as its own. */
export interface Entry {
  readonly described: DescribedDocument;
  readonly isInSet: boolean;
}

const HAS_MEMBER = /(?:^|:)HasMember$/;

/** All of them, in the order of the metadata. */
export function readEntries(list: XmlElement, set: XmlElement | undefined): Entry[] {
  const members = new Set(
    all(list, 'Association')
      .filter(({ attributes }) => HAS_MEMBER.test(attributes['associationType'] ?? ''))
      .filter(({ attributes }) => attributes['sourceObject'] === set?.attributes['id'])
      .map(({ attributes }) => attributes['targetObject']),
  );
  return all(list, 'ExtrinsicObject').map((entry) => ({
    described: readEntry(entry),
    isInSet: members.has(entry.attributes['id']),
  }));
}

const readEntry = (entry: XmlElement): DescribedDocument => ({
  uniqueId: identifier(entry, 'XDSDocumentEntry.uniqueId'),
  mimeType: mimeTypeOf(entry),
  title: titleOf(entry),
  uri: slotValue(entry, 'URI'),
  hash: slotValue(entry, 'hash')?.toLowerCase(),
  size: sizeOf(slotValue(entry, 'size')),
  creationTime: slotValue(entry, 'creationTime'),
  serviceStartTime: slotValue(entry, 'serviceStartTime'),
  serviceStopTime: slotValue(entry, 'serviceStopTime'),
  languageCode: slotValue(entry, 'languageCode'),
  typeCode: codesOf(entry, SCHEMES.typeCode)[0],
  classCode: codesOf(entry, SCHEMES.classCode)[0],
  formatCode: codesOf(entry, SCHEMES.formatCode)[0],
  confidentialityCode: strictest(codesOf(entry, SCHEMES.confidentialityCode)),
  healthcareFacilityTypeCode: codesOf(entry, SCHEMES.healthcareFacilityTypeCode)[0],
  practiceSettingCode: codesOf(entry, SCHEMES.practiceSettingCode)[0],
  authors: classifiedAs(entry, SCHEMES.author).map(readAuthor),
  legalAuthenticator: slotValue(entry, 'legalAuthenticator'),
  patientId: identifier(entry, 'XDSDocumentEntry.patientId'),
  sourcePatientId: slotValue(entry, 'sourcePatientId'),
  sourcePatientInfo: slotValues(entry, 'sourcePatientInfo'),
});

const readAuthor = (author: XmlElement): AuthorMetadata => ({
  authorPerson: slotValue(author, 'authorPerson'),
  authorInstitution: slotValue(author, 'authorInstitution'),
  authorSpecialty: slotValue(author, 'authorSpecialty'),
  authorTelecommunication: slotValues(author, 'authorTelecommunication'),
});

const codesOf = (object: XmlElement, scheme: string): DescribedCode[] =>
  classifiedAs(object, scheme).map((classification) => ({
    code: oneLine(classification.attributes['nodeRepresentation'] ?? '', MAX_VALUE),
    system: slotValue(classification, 'codingScheme'),
    display: titleOf(classification),
  }));

const strictest = (codes: readonly DescribedCode[]): DescribedCode | undefined =>
  ['V', 'R'].map((strict) => codes.find(({ code }) => code === strict)).find((each) => each) ??
  codes[0];

const sizeOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

function mimeTypeOf({ attributes }: XmlElement): string | undefined {
  const said = (attributes['mimeType'] ?? '').trim().toLowerCase();
  return /^[a-z0-9.+-]{1,64}\/[a-z0-9.+-]{1,64}$/.test(said) ? said : undefined;
}
