import { oneLine } from '../../characters.ts';
import { all, first, type XmlElement } from '../../record/xml-tree.ts';
import { MAX_VALUE } from '../metadata/hl7v2.ts';

/** A DocumentEntry as the metadata has it, each value on one line and of bounded length. */
export interface DescribedDocument {
  readonly mimeType: string | undefined;
  readonly title: string | undefined;
  readonly uniqueId: string | undefined;
  readonly patientId: string | undefined;
  readonly uri: string | undefined;
  /** Lower-case hex. */
  readonly sha1: string | undefined;
  /** As written. */
  readonly size: string | undefined;
  readonly isInSet: boolean;
}

/** Who sent what to whom, and when: as the metadata has it, not checked. */
export interface SubmissionSet {
  readonly uniqueId: string | undefined;
  readonly sourceId: string | undefined;
  /** CX. */
  readonly patientId: string | undefined;
  /** DTM, UTC. */
  readonly submissionTime: string | undefined;
  readonly title: string | undefined;
  /** XON, XCN and XTN, with bars between. */
  readonly intendedRecipients: readonly string[];
  /** XTN; by the rules of Direct the address of the sender. */
  readonly authorTelecommunications: readonly string[];
}

const MAX_TITLE = 1024;
const IS_SUBMISSION_SET = 'urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd';
const SET_AUTHOR = 'urn:uuid:a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d';
const HAS_MEMBER = /(?:^|:)HasMember$/;

/** The package that is marked as submission set, beside it or within; else the first there is. */
export function submissionSetIn(
  list: XmlElement,
): { set: XmlElement; isMarked: boolean } | undefined {
  const packages = all(list, 'RegistryPackage');
  const marked = [...all(list, 'Classification'), ...all(list, 'RegistryPackage', 'Classification')]
    .filter(({ attributes }) => attributes['classificationNode'] === IS_SUBMISSION_SET)
    .map(({ attributes }) => attributes['classifiedObject']);
  const own = packages.find(({ attributes }) => marked.includes(attributes['id'] ?? ''));
  const set = own ?? packages[0];
  return set && { set, isMarked: own !== undefined };
}

export const readSubmissionSet = (set: XmlElement): SubmissionSet => ({
  uniqueId: identifier(set, 'XDSSubmissionSet.uniqueId'),
  sourceId: identifier(set, 'XDSSubmissionSet.sourceId'),
  patientId: identifier(set, 'XDSSubmissionSet.patientId'),
  submissionTime: slotValues(set, 'submissionTime')[0],
  title: titleOf(set),
  intendedRecipients: slotValues(set, 'intendedRecipient'),
  authorTelecommunications: all(set, 'Classification')
    .filter(({ attributes }) => attributes['classificationScheme'] === SET_AUTHOR)
    .flatMap((author) => slotValues(author, 'authorTelecommunication')),
});

/** All of them, in the order of the metadata. */
export function readDocuments(list: XmlElement, set: XmlElement | undefined): DescribedDocument[] {
  const members = new Set(
    all(list, 'Association')
      .filter(({ attributes }) => HAS_MEMBER.test(attributes['associationType'] ?? ''))
      .filter(({ attributes }) => attributes['sourceObject'] === set?.attributes['id'])
      .map(({ attributes }) => attributes['targetObject']),
  );
  return all(list, 'ExtrinsicObject').map((entry) => ({
    mimeType: mimeTypeOf(entry),
    title: titleOf(entry),
    uniqueId: identifier(entry, 'XDSDocumentEntry.uniqueId'),
    patientId: identifier(entry, 'XDSDocumentEntry.patientId'),
    uri: slotValues(entry, 'URI')[0],
    sha1: slotValues(entry, 'hash')[0]?.toLowerCase(),
    size: slotValues(entry, 'size')[0],
    isInSet: members.has(entry.attributes['id']),
  }));
}

function mimeTypeOf({ attributes }: XmlElement): string | undefined {
  const said = (attributes['mimeType'] ?? '').trim().toLowerCase();
  return /^[a-z0-9.+-]{1,64}\/[a-z0-9.+-]{1,64}$/.test(said) ? said : undefined;
}

const titleOf = (object: XmlElement): string | undefined =>
  oneLine(first(object, 'Name', 'LocalizedString')?.attributes['value'] ?? '', MAX_TITLE) ||
  undefined;

function slotValues(object: XmlElement, name: string): string[] {
  const values = all(object, 'Slot')
    .filter(({ attributes }) => attributes['name'] === name)
    .flatMap((slot) => all(slot, 'ValueList', 'Value'));
  return values.map(({ text }) => oneLine(text, MAX_VALUE)).filter((value) => value !== '');
}

const identifier = (object: XmlElement, name: string): string | undefined => {
  const found = all(object, 'ExternalIdentifier').find(
    (each) => first(each, 'Name', 'LocalizedString')?.attributes['value'] === name,
  );
  return oneLine(found?.attributes['value'] ?? '', MAX_VALUE) || undefined;
};
