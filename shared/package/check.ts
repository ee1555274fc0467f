import { isOid, OID, UUID } from '../oid.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import { all, first, within, type XmlElement } from '../record/xml-tree.ts';
import type { PackagedDocument } from './documents.ts';
import type { MetadataForm } from './metadata/document-metadata.ts';
import { NEED_IDS } from './metadata/ebrim.ts';
import { MAX_VALUE } from './metadata/hl7v2.ts';

/** What the schema does not see. A claim, and whether the package keeps it. */
type Claim = readonly [says: string, holds: boolean];

/**
 * Holds the objects of METADATA.XML against the files they describe, and against each other: whatever went wrong in
 * making them, no package leaves that contradicts itself.
 *
 * @param objects the RegistryObjectList
 * @failure package/failed-check
 */
export function checkPackage(
  objects: XmlElement,
  documents: readonly PackagedDocument[],
  form: MetadataForm,
): Outcome<void> {
  const elements = within(objects);
  const broken = [
    ...identityClaims(elements),
    ...submissionClaims(objects),
    ...documentClaims(objects, documents, form),
    ...lengthClaims(elements),
  ].find(([, holds]) => !holds);
  return broken ? fail('package/failed-check', broken[0]) : done(undefined);
}

const REFERENCES = ['classifiedObject', 'registryObject', 'sourceObject', 'targetObject'];

function identityClaims(elements: readonly XmlElement[]): Claim[] {
  const ids = new Set<string>();
  const references: string[] = [];
  let named = 0;
  let isAllNamed = true;
  for (const { name, attributes } of elements) {
    const id = attributes['id'];
    if (id === undefined) isAllNamed &&= !NEED_IDS.has(name);
    else {
      ids.add(id);
      named += 1;
    }
    for (const key of REFERENCES)
      if (attributes[key] !== undefined) references.push(attributes[key]);
  }
  return [
    ['an object has no id', isAllNamed],
    ['an id is used twice', ids.size === named],
    ['a reference leads nowhere', references.every((reference) => ids.has(reference))],
  ];
}

function submissionClaims(objects: XmlElement): Claim[] {
  const sets = all(objects, 'RegistryPackage');
  const set = sets[0];
  if (!set || sets.length !== 1) return [['there is not one submission set', false]];
  return [
    [
      'the unique id of the set is no OID',
      isOid(identifier(set, 'XDSSubmissionSet.uniqueId') ?? ''),
    ],
    ['the source id is no OID', isOid(identifier(set, 'XDSSubmissionSet.sourceId') ?? '')],
    ['the submission time is no DTM', /^\d{14}$/.test(slotValues(set, 'submissionTime')[0] ?? '')],
    ['no recipient is named', slotValues(set, 'intendedRecipient').length === 1],
    [
      'the patient ids differ',
      all(objects, 'ExtrinsicObject').every(
        (entry) =>
          identifier(entry, 'XDSDocumentEntry.patientId') ===
          identifier(set, 'XDSSubmissionSet.patientId'),
      ),
    ],
  ];
}

function documentClaims(
  objects: XmlElement,
  documents: readonly PackagedDocument[],
  form: MetadataForm,
): Claim[] {
  const entries = all(objects, 'ExtrinsicObject');
  const uniqueIds = entries.map((entry) => identifier(entry, 'XDSDocumentEntry.uniqueId') ?? '');
  const members = all(objects, 'Association').map(({ attributes }) => attributes['targetObject']);
  const described = documents.every(({ fileName, sha1, bytes }, index) => {
    const said = ['URI', 'hash', 'size'].flatMap((name) => slotValues(entries[index], name));
    const is = [...(form === 'xdm' ? [fileName] : []), sha1, String(bytes.length)];
    return said.join(' ') === is.join(' ');
  });
  return [
    ['not every document has its entry', entries.length === documents.length],
    ['a name, hash or size is not that of the file', described],
    [
      'a media type is not that of the file',
      documents.every(({ mimeType }, index) => entries[index]?.attributes['mimeType'] === mimeType),
    ],
    [
      'a file name is not ISO 9660 level 1',
      documents.every(({ fileName }) => ISO_9660.test(fileName)),
    ],
    ['a unique id is of no known form', uniqueIds.every((id) => UNIQUE_ID.test(id))],
    ['a unique id is used twice', new Set(uniqueIds).size === uniqueIds.length],
    [
      'an entry is not in the set',
      entries.every(
        ({ attributes }) => members.filter((id) => id === attributes['id']).length === 1,
      ),
    ],
  ];
}

const ISO_9660 = /^[A-Z0-9_]{1,8}\.[A-Z0-9_]{1,3}$/;
const UNIQUE_ID = new RegExp(`^(?:${OID}(?:\\^[^|^~&\\\\]+)?|urn:uuid:${UUID})$`);

function lengthClaims(elements: readonly XmlElement[]): Claim[] {
  const slots = elements.filter(({ name }) => name === 'Value').map(({ text }) => text);
  const others = elements
    .filter(({ name }) => name !== 'LocalizedString')
    .map(({ attributes }) => attributes['value'] ?? attributes['nodeRepresentation'] ?? '');
  return [
    ['a value is too long', [...slots, ...others].every(({ length }) => length <= MAX_VALUE)],
    ['a slot has an empty value', !slots.includes('')],
  ];
}

const slotValues = (object: XmlElement | undefined, name: string): string[] =>
  all(object, 'Slot')
    .filter(({ attributes }) => attributes['name'] === name)
    .flatMap((slot) => all(slot, 'ValueList', 'Value').map(({ text }) => text));

const identifier = (object: XmlElement, name: string): string | undefined =>
  all(object, 'ExternalIdentifier').find(
    (each) => first(each, 'Name', 'LocalizedString')?.attributes['value'] === name,
  )?.attributes['value'];
