import type { DocumentHeader, Interval, RecordTarget } from './header.ts';
import {
  addressOf,
  attributeOf,
  codedOf,
  idsOf,
  nameOf,
  organizationOf,
  participantOf,
} from './header-parts.ts';
import { oneLine } from '../characters.ts';
import { all, first, type XmlElement } from './xml-tree.ts';

/** More recordTargets or authors than this in one document are not read. */
const MAX_PEOPLE = 10;
const MAX_TITLE = 256;

/** The children of a document of which `headerOf` asks anything; a reader may leave out the others. */
export const ASKED_FOR = new Set([
  'id',
  'code',
  'title',
  'effectiveTime',
  'confidentialityCode',
  'languageCode',
  'templateId',
  'recordTarget',
  'author',
  'custodian',
  'legalAuthenticator',
  'documentationOf',
  'componentOf',
]);

/** Picks the header's fields out of the tree of a document; the tree holds what stands before the body. */
export function headerOf(tree: XmlElement, body: DocumentHeader['body']): DocumentHeader {
  const document = tree.children[0];
  const encounter = first(document, 'componentOf', 'encompassingEncounter');
  const custodian = ['custodian', 'assignedCustodian', 'representedCustodianOrganization'];
  return {
    id: idsOf(document, 'id')[0],
    code: codedOf(first(document, 'code')),
    title: oneLine(first(document, 'title')?.text ?? '', MAX_TITLE) || undefined,
    effectiveTime: attributeOf(first(document, 'effectiveTime'), 'value'),
    confidentiality: codedOf(first(document, 'confidentialityCode')),
    language: attributeOf(first(document, 'languageCode'), 'code'),
    templateIds: idsOf(document, 'templateId'),
    patients: all(document, 'recordTarget', 'patientRole').slice(0, MAX_PEOPLE).map(recordTargetOf),
    authors: all(document, 'author', 'assignedAuthor').slice(0, MAX_PEOPLE).map(participantOf),
    custodian: organizationOf(first(document, ...custodian)),
    legalAuthenticator: all(document, 'legalAuthenticator', 'assignedEntity').map(participantOf)[0],
    serviceEvent: intervalOf(first(document, 'documentationOf', 'serviceEvent', 'effectiveTime')),
    encounter: intervalOf(first(encounter, 'effectiveTime')),
    facility: codedOf(first(encounter, 'location', 'healthCareFacility', 'code')),
    body,
  };
}

function recordTargetOf(role: XmlElement): RecordTarget {
  const patient = first(role, 'patient');
  const addresses = all(role, 'addr');
  const home = addresses.find(({ attributes }) => /^HP?$/.test(attributes['use'] ?? ''));
  return {
    ids: idsOf(role, 'id'),
    names: legalFirst(all(patient, 'name')).flatMap((name) => nameOf(name) ?? []),
    birthTime: attributeOf(first(patient, 'birthTime'), 'value'),
    gender: attributeOf(first(patient, 'administrativeGenderCode'), 'code'),
    address: addressOf(home ?? addresses[0]),
    provider: organizationOf(first(role, 'providerOrganization')),
  };
}

const legalFirst = (names: readonly XmlElement[]): XmlElement[] => [
  ...names.filter(isLegal),
  ...names.filter((name) => !isLegal(name)),
];

const isLegal = ({ attributes }: XmlElement): boolean => attributes['use'] === 'L';

/** A single time stands for both ends. */
function intervalOf(element: XmlElement | undefined): Interval | undefined {
  const value = attributeOf(element, 'value');
  const low = attributeOf(first(element, 'low'), 'value') ?? value;
  const high = attributeOf(first(element, 'high'), 'value') ?? value;
  return (low ?? high) ? { low, high } : undefined;
}
