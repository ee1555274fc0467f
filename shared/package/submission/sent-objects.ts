import { oneLine } from '../../characters.ts';
import type { XmlElement } from '../../record/xml-tree.ts';
import { RIM, slot } from '../metadata/ebrim.ts';
import { MAX_VALUE } from '../metadata/hl7v2.ts';

/** Of a document that goes out, what metadata says of its file. */
export interface SentFile {
  /** Of its ExtrinsicObject. */
  readonly id: string;
  readonly fileName: string;
  readonly sha1: string;
  readonly sizeBytes: number;
}

/** Said of a document by where it lies, and so by whoever packages it. */
const OF_THE_FILE = ['URI', 'hash', 'size'];

const POINTING = ['classifiedObject', 'registryObject', 'sourceObject', 'targetObject'] as const;

/**
 * The RegistryObjectList of a submission without what belongs to documents that are left out; all other objects as they
 * were given, with their ids.
 *
 * @param ids of the documents that go on
 */
export function objectsOf(list: XmlElement, ids: ReadonlySet<string>): XmlElement {
  const omitted = new Set(
    list.children
      .filter(({ name, attributes }) => name === 'ExtrinsicObject' && !ids.has(idOf(attributes)))
      .map(({ attributes }) => idOf(attributes)),
  );
  const children = list.children
    .filter(({ attributes }) => !omitted.has(idOf(attributes)))
    .filter(({ attributes }) => POINTING.every((key) => !omitted.has(attributes[key] ?? '')));
  return { ...list, children };
}

/** The same as METADATA.XML has it: with the name, hash and size of each file. */
export function objectsWithFiles(list: XmlElement, files: readonly SentFile[]): XmlElement {
  const byId = new Map(files.map((file) => [file.id, file]));
  const children = objectsOf(list, new Set(byId.keys())).children.map((object) =>
    withFile(tidied(object), byId.get(idOf(object.attributes))),
  );
  return { name: list.name, attributes: { xmlns: RIM }, children, text: '' };
}

const idOf = (attributes: XmlElement['attributes']): string => attributes['id'] ?? '';

/** Each value on one line, and nothing between elements: how others indent means nothing. */
const tidied = ({ name, attributes, children, text }: XmlElement): XmlElement => ({
  name,
  attributes,
  children: children.map(tidied),
  text: children.length > 0 ? '' : oneLine(text, MAX_VALUE),
});

/** Slots come first in every object. */
function withFile(object: XmlElement, file: SentFile | undefined): XmlElement {
  if (!file || object.name !== 'ExtrinsicObject') return object;
  const others = object.children.filter(
    ({ name, attributes }) => name !== 'Slot' || !OF_THE_FILE.includes(attributes['name'] ?? ''),
  );
  const said = [
    ...slot('URI', file.fileName),
    ...slot('hash', file.sha1),
    ...slot('size', String(file.sizeBytes)),
  ];
  return { ...object, children: [...said, ...others] };
}
